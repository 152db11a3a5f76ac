"""`_run.json`: what a run folder holds, what it was made of, and what is still to be done.

A run is the same run if chain, day, area, law and columns are the same. A file that was finished from the same input
is not run again; an input that has changed since is.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yibao.law
from yibao.law.parameters.loading import tree
from yibao.population.errors import PopulationError
from yibao.population.totals import Totals, together

NAME = "_run.json"  # programs that read a folder of Parquet pass over names that begin so
VERSION = 1
SAME = ("chain", "on", "area", "law", "kept", "outputs")
WORDS = {
    "chain": "算的内容", "on": "日期", "area": "地区", "law": "规定或程序", "kept": "保留的列", "outputs": "要的数",
}  # fmt: skip


@lru_cache(maxsize=1)
def law_hash() -> str:
    """The hash of the whole law as it is here: parameter files, rules and what works them out.

    >>> len(law_hash())
    32
    """
    digest = hashlib.sha256(tree()["pack"].encode())
    folder = Path(yibao.law.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"\0{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


@dataclass
class Record:
    """A run as `_run.json` tells it; `files` by the name of the output file."""

    folder: Path
    chain: str
    on: str
    area: str
    law: str
    kept: list[str]
    outputs: list[str]
    figures: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    reason_of: dict[str, str] = field(default_factory=dict)
    cells: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def is_done(self, name: str, source: Mapping[str, Any]) -> bool:
        """Whether an output file was finished from this very input, and is still there."""
        done = self.files.get(name)
        return done is not None and done["input"] == source and (self.folder / name).is_file()

    def finish(self, name: str, source: Mapping[str, Any], totals: Totals) -> None:
        """Writes down that an output file is there, and what it comes to."""
        with self.lock:
            self.files[name] = {"input": dict(source), "totals": totals.to_json()}
            self.write()

    def totals(self) -> Totals:
        """What all finished files come to."""
        parts = [Totals.of_json(self.files[name]["totals"], self.texts) for name in self.order if name in self.files]
        return together([Totals(texts=self.texts), *parts])

    def write(self) -> None:
        """Writes `_run.json`, whole or not at all."""
        body = {
            "run_version": VERSION, "chain": self.chain, "on": self.on, "area": self.area, "law": self.law,
            "kept": self.kept, "outputs": self.outputs, "figures": self.figures, "columns": self.columns,
            "reason_of": self.reason_of, "cells": self.cells,
            "reasons": {str(code): text for code, text in sorted(self.texts.items())},
            "order": self.order, "files": {name: self.files[name] for name in self.order if name in self.files},
            "totals": self.totals().to_json(),
        }  # fmt: skip
        beside = self.folder / f".{NAME}.new"
        beside.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(beside, self.folder / NAME)


def read_record(folder: Path) -> Record | None:
    """The run of a folder; nothing where there is none. `PopulationError` where `_run.json` cannot be read."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise PopulationError("run_unreadable", f"{folder / NAME} 读不出来，请换一个文件夹重新算。") from None
    if not isinstance(told, dict) or told.get("run_version") != VERSION:
        raise PopulationError("run_unreadable", f"{folder / NAME} 不是这个版本写的，请换一个文件夹重新算。")
    texts = {int(code): text for code, text in told["reasons"].items()}
    cells = [(area, day) for area, day in told["cells"]]
    same = {name: told[name] for name in SAME}
    names = {name: told[name] for name in ("figures", "columns", "reason_of")}
    return Record(folder, **same, **names, cells=cells, texts=texts, files=told["files"], order=told["order"])


def resumed(new: Record) -> Record:
    """The run of the folder, gone on with: what is finished stays. Another run in the same folder is refused."""
    old = read_record(new.folder)
    if old is None:
        return new
    other = [WORDS[name] for name in SAME if getattr(old, name) != getattr(new, name)]
    if other:
        raise PopulationError(
            "another_run", f"文件夹 {new.folder} 里是另一次运算（{'、'.join(other)}不同），请换一个文件夹。"
        )
    new.files, new.cells = old.files, old.cells
    new.texts = old.texts
    return new


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one run at a time writes into a folder; a killed one leaves no lock behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opened = open(folder / ".lock", "w")  # noqa: SIM115  held until the run ends
    except OSError:
        raise PopulationError("folder_unwritable", f"文件夹 {folder} 不能写入，请检查路径和权限。") from None
    with opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PopulationError("already_running", f"文件夹 {folder} 正由另一个命令写入，请等它完成。") from None
        yield
