"""The coverage of a day kept in the user's cache folder, so that it is worked out once for all workers of a site.

The file is named by the day and by a hash of everything that the answers come from: the packed law, the data of the
areas, and the source of law and services. Whatever changes, another file is read or made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yibao
from yibao.law.parameters.loading import FOLDER, cache_folder

KEPT_MAX = 6
"""Days kept; the oldest files go."""


@lru_cache(maxsize=1)
def source_hash() -> str:
    """A hash of the source and the tables behind the answers; the parameter files have a hash of their own."""
    package = Path(yibao.__file__).parent
    files = [
        file
        for floor in ("law", "services")
        for file in package.joinpath(floor).rglob("*")
        if file.suffix in (".py", ".json") and FOLDER not in file.parents
    ]
    files += FOLDER.glob("*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(package)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _file(on: date, pack: str) -> Path:
    name = hashlib.sha256(f"{pack} {source_hash()}".encode()).hexdigest()[:24]
    return cache_folder() / f"coverage-{on.isoformat()}-{name}.json"


def read(on: date, pack: str) -> Any:
    """What is kept for a day and a state of law and source, or None."""
    try:
        return json.loads(_file(on, pack).read_bytes())
    except (OSError, ValueError):
        return None


def write(on: date, pack: str, rows: Sequence[Any]) -> None:
    """Keeps the rows of a day; a folder that cannot be written to is no reason to show nothing."""
    file = _file(on, pack)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        beside.replace(file)  # another process sees the whole file or none
        kept = sorted(file.parent.glob("coverage-*.json"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-KEPT_MAX]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
