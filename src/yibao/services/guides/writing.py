"""Pages written to a folder: each whole or not at all, those already there not again, nothing else touched.

The manifest names what the pages were made from and, line by line as they are written, each page with a hash of its
bytes. Whoever is stopped goes on with the next page; with another law, day or address everything is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from yibao.services.results import Done, Refused

MANIFEST = "manifest.txt"
MADE_BY = "yibao guides export"
UNKNOWN = "-"
DRAFT = ".draft"
"""The one page that is being written; it takes its name when it is whole."""

Page = tuple[str, Callable[[], bytes]]
"""The path of a page within the folder, and how it is made."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the pages: written now, there already, gone because there is no such page any more."""

    written: int
    kept: int
    removed: int


def export(folder: Path, key: str, pages: Iterable[Page], step: Callable[[], object]) -> Done[Written] | Refused:
    """Writes the pages that are not there yet; `step` is told of each. `key` names what they are made from."""
    try:
        made_from, listed = _read(folder)
    except OSError as problem:
        return Refused("folder_unreadable", f"{folder} 读不了（{problem.strerror}），请换一个文件夹。", field="folder")
    if listed is None:
        message = f"{folder} 里已经有别的东西，没有动它。请给一个空文件夹，或者还没有的文件夹。"
        return Refused("folder_in_use", message, field="folder")
    folder.mkdir(parents=True, exist_ok=True)
    there = listed if made_from == key else {}
    _write_manifest(folder, key, {path: there.get(path, UNKNOWN) for path in listed})
    lines: dict[str, str] = {}
    written = 0
    with open(folder / MANIFEST, "a", encoding="utf-8") as manifest:
        for path, make in pages:
            told = there.get(path, "")
            if not told or _hash_of(folder / path) != told:  # a page that somebody changed is made again
                body = make()
                told = hashlib.sha256(body).hexdigest()
                _write(folder, path, body)
                manifest.write(f"{told} {path}\n")
                manifest.flush()
                written += 1
            lines[path] = told
            step()
    gone = _remove(folder, listed.keys() - lines.keys())
    _write_manifest(folder, key, lines)
    return Done(Written(written, len(lines) - written, gone))


def _write_manifest(folder: Path, key: str, lines: Mapping[str, str]) -> None:
    rows = "".join(f"{lines[path]} {path}\n" for path in sorted(lines))
    _write(folder, MANIFEST, f"{MADE_BY} {key}\n{rows}".encode())


def _read(folder: Path) -> tuple[str, dict[str, str] | None]:
    """What a folder was made from and its pages with their hashes; None in their place where it holds other things.

    A page that was to be made anew has no hash; a line cut short by a crash is no line.
    """
    if not folder.exists():
        return "", {}
    names = {one.name for one in folder.iterdir()}
    if MANIFEST not in names:
        return "", None if names - {DRAFT} else {}
    head, *rows = (folder / MANIFEST).read_text(encoding="utf-8").split("\n")
    if not head.startswith(f"{MADE_BY} "):
        return "", None
    pairs = (row.split(" ", 1) for row in rows[:-1])
    return head.removeprefix(f"{MADE_BY} "), {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _hash_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _write(folder: Path, path: str, body: bytes) -> None:
    """A whole page under its name, or none."""
    draft, file = folder / DRAFT, folder / path
    with open(draft, "wb") as opened:
        opened.write(body)
        opened.flush()
        os.fsync(opened.fileno())
    file.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(file)


def _remove(folder: Path, paths: Iterable[str]) -> int:
    """Removes pages of an earlier export that are no more, and folders left empty by it."""
    count = 0
    for path in paths:
        file = folder / path
        if ".." in Path(path).parts or not file.is_file():
            continue
        file.unlink()
        count += 1
        for above in list(file.relative_to(folder).parents)[:-1]:
            if not any((folder / above).iterdir()):
                (folder / above).rmdir()
    return count
