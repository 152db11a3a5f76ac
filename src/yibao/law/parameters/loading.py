"""Reading the parameter files: one dictionary of everything, kept in one packed file keyed by the content's hash.

The files are YAML for people; parsing them takes a while, so the result is kept as JSON in the user's cache folder
under the hash of all their bytes. A changed file gives another hash, so a stale pack is never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from yibao.law.values import UNLIMITED, month_number

FOLDER = Path(__file__).parent
TERMS = FOLDER.parent / "terms.yaml"
CALENDAR = FOLDER.parent / "calendar"

Tree = dict[str, Any]


class ParameterError(Exception):
    """A parameter file that says something impossible; the message names file, key and what is expected."""


def _files() -> list[Path]:
    return [TERMS, *sorted(CALENDAR.glob("*.yaml")), *sorted(FOLDER.glob("*/*.yaml"))]


def _read(files: list[Path]) -> Tree:
    import yaml  # only when the pack is made: importing it costs more than reading the pack

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays text: no guessing of types
    areas: dict[str, Tree] = {}
    calendar: Tree = {}
    for file in files[1:]:
        code = file.parent.name.split("_")[0]
        shelf = calendar if file.parent == CALENDAR else areas.setdefault(code, {})
        shelf[file.stem] = yaml.load(file.read_bytes(), loader)  # noqa: S506 builds text only
    terms = yaml.load(files[0].read_bytes(), loader)  # noqa: S506
    return {"terms": terms, "areas": areas, "calendar": calendar}


def cache_folder() -> Path:
    """Where what was worked out once is kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "yibao"


@lru_cache(maxsize=1)
def tree() -> Tree:
    """All that parameter files and glossary say: `terms`, `areas`, `calendar` by year, and `pack`, their hash."""
    files = _files()
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.parent.name}/{file.name}\0".encode() + file.read_bytes())
    name = digest.hexdigest()[:32]
    pack = cache_folder() / f"law-{name}.json"
    try:
        return {**json.loads(pack.read_bytes()), "pack": name}
    except (OSError, ValueError):
        found = {**_read(files), "pack": name}
    try:
        pack.parent.mkdir(parents=True, exist_ok=True)
        beside = pack.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        beside.replace(pack)  # another process sees the whole file or none
    except OSError:
        pass  # a read-only home is no reason to give no answer
    return found


AMOUNT = re.compile(r"(?:(\d+(?:\.\d+)?)(yuan|%))|(?:(?:(\d+)y)?(?:(\d+)m)?)|(\d{4})-(0[1-9]|1[0-2])")


def number(text: str) -> tuple[int, str]:
    """The whole number of a scalar, and its unit: `12.5yuan` `2%` `25y` `12y6m` `7` `2023-01` `none` `yes`.

    >>> number("5.25yuan"), number("2.8%"), number("12y6m")
    ((525, 'fen'), (28000, 'ppm'), (150, 'months'))
    """
    if text == "none":
        return UNLIMITED, "fen"
    if text in ("yes", "no"):
        return int(text == "yes"), "code"
    if text.isascii() and text.isdigit():
        return int(text), ""
    match = AMOUNT.fullmatch(text)
    if not match or not text:
        raise ParameterError(f"{text}: expected an amount such as 12.5yuan, 2%, 25y, 2023-01 or a whole number")
    amount, unit, years, months, year, month = match.groups()
    if year:
        return month_number(int(year), int(month)), "month"
    if amount:
        places = 2 if unit == "yuan" else 4
        whole, _, rest = amount.partition(".")
        if len(rest) > places:
            raise ParameterError(f"{text}: more than {places} decimals")
        return int(whole + rest.ljust(places, "0")), "fen" if unit == "yuan" else "ppm"
    return int(years or 0) * 12 + int(months or 0), "months"
