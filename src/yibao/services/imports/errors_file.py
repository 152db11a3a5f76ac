"""Where does an operator read which rows were not taken, and why? In `FILE.errors.csv`, beside the file."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from yibao.services.imports.columns import COLUMNS
from yibao.services.imports.loading import Refusal

HEADER = ("行号 line", "代码 code", "列 column", "原因 reason")


def errors_file_of(file: Path) -> Path:
    """The errors file of a file."""
    return file.with_name(file.name + ".errors.csv")


def write_errors(file: Path, kind: str, encoding: str, refused: Sequence[Refusal]) -> Path | None:
    """Write the errors file, whole or not at all; without errors none is left of an earlier run.

    It is in the encoding of the file itself, so that the program that shows the one shows the other. Cells of people
    are not repeated: the line tells where they are.
    """
    target = errors_file_of(file)
    if not refused:
        target.unlink(missing_ok=True)
        return None
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    for row in sorted(refused):
        writer.writerow((row.line, row.code, COLUMNS[kind].get(row.field, ""), row.message))
    descriptor, draft = tempfile.mkstemp(prefix=".errors-", dir=file.parent)
    with open(descriptor, "wb") as opened:
        opened.write(written.getvalue().encode(encoding, "replace"))
    os.replace(draft, target)
    return target
