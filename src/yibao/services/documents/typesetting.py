"""How data becomes a PDF: Typst with our own template folder as its root and our own two font files as its only fonts.

The data travels as a JSON text beside the template and is never part of Typst's source, so no text of an answer can be
taken for markup. The output is PDF/A-2b, and the same data gives the same bytes on every machine.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
NOT_IN_FONT = "〓"
"""What a printer has always put where a character is missing from the case (U+3013)."""
BREAK = "\N{ZERO WIDTH SPACE}"
LONG_RUN = re.compile(r"[!-~]{49,}")
"""So many marks without a space are wider than a line is."""

_compiling = Lock()


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts a document may use: ours, none of the system's and none of Typst's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def _coverage() -> tuple[list[int], list[int]]:
    rows = [line.split("-") for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split()]
    return [int(row[0], 16) for row in rows], [int(row[-1], 16) for row in rows]


def in_font(character: str) -> bool:
    """Whether our font can draw a character.

    >>> in_font("保"), in_font("䶮"), in_font("😀")
    (True, True, False)
    """
    firsts, lasts = _coverage()
    place = bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]


def printable(text: str) -> str:
    """The text as our font can print it: no control characters, 〓 for what the font does not hold.

    PDF/A forbids a missing glyph, so that one rare character would otherwise refuse the whole page.

    >>> printable("甲\\u0000乙\\n丙😀")
    '甲乙 丙〓'
    """
    out = []
    for character in unicodedata.normalize("NFC", LONG_RUN.sub(_breakable, text)):
        if character in "\n\r\t\u2028\u2029":
            out.append(" ")
        elif in_font(character) or character == BREAK:
            out.append(character)
        elif unicodedata.category(character) not in {"Cc", "Cf", "Mn"}:
            out.append(NOT_IN_FONT)
    return "".join(out)


def _breakable(run: re.Match[str]) -> str:
    if "://" in run[0]:  # Typst itself knows where an address may break
        return run[0]
    return BREAK.join(run[0][start : start + 48] for start in range(0, len(run[0]), 48))


def printable_data(data: Any) -> Any:
    """The same data with every text in it printable."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, Mapping):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    # A package path that does not exist: a template that asked for a package would fail, never fetch one.
    nowhere = str(TEMPLATES / "no-packages")
    return typst.Compiler(
        root=str(TEMPLATES),
        font_paths=fonts(),
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, str], day: date) -> bytes:
    """The PDF that a template makes of some data; pictures are SVG texts by name, the day is the document's date."""
    inputs = {"sheet": json.dumps(printable_data(data), ensure_ascii=False), **pictures}
    stamp = datetime.combine(day, time(), tzinfo=UTC)
    with _compiling:  # one Compiler a process, kept for its loaded fonts; it may not be used by two threads at once
        made = _compiler().compile(
            str(TEMPLATES / template), format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=stamp
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: Typst gave no single document")
    return made


def png(picture: str, ppi: int = 288) -> bytes:
    """An SVG as a PNG, drawn with our own font; `ppi` 72 gives a dot for each of its units, 288 four by four."""
    with _compiling:
        made = _compiler().compile(
            str(TEMPLATES / "picture.typ"), format="png", ppi=ppi, sys_inputs={"picture": printable(picture)}
        )
    if not isinstance(made, bytes):
        raise TypeError("picture.typ: Typst gave no single picture")
    return made
