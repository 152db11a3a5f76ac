"""How does a slip speak to a receipt printer? ESC/POS, with Chinese as GB 18030 (`FS &`), as nearly all take it.

Nothing is drawn as a picture: text prints at once on the cheapest printer, and stays sharp on worn paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escpos.printer import Dummy

INIT, CHINESE = b"\x1b@", b"\x1c&"
LEFT, CENTRE = b"\x1ba\x00", b"\x1ba\x01"
BOLD, PLAIN = b"\x1bE\x01", b"\x1bE\x00"
LARGE, SMALL = b"\x1d!\x11", b"\x1d!\x00"
FEED_AND_CUT = b"\x1bd\x04\x1dV\x42\x00"
COLUMNS = {58: 32, 80: 48}
"""Half-width characters to a line, by the width of the paper in millimetres; a Chinese character is two of them."""
QR_SIZE = 5


def receipt(slip: dict[str, Any], paper: int = 58) -> bytes:
    """The bytes that print a slip."""
    columns = COLUMNS[paper]
    rule = "-" * columns
    out = [INIT, CHINESE, CENTRE, BOLD, *_lines(slip["service"], columns), PLAIN, *_lines(slip["where"], columns)]
    out += [LEFT, *_lines(rule, columns), BOLD, *_lines(slip["title"], columns), PLAIN]
    if slip["as_of"]:
        out += _lines(f"截至 {slip['as_of']}" if slip["as_of"][:1].isdigit() else slip["as_of"], columns)
    if slip["big"]:
        label, number, unit = slip["big"]
        out += [*_lines(label, columns), CENTRE, LARGE, BOLD, *_lines(f"{number} {unit}", columns // 2)]
        out += [PLAIN, SMALL, LEFT]
    for words in slip["words"]:
        out += _lines(words, columns)
    out += _lines(rule, columns) if slip["rows"] else []
    for label, value, note in slip["rows"]:
        out += _row(label, value, note, columns)
    out += _lines(rule, columns)
    for law in slip["law"]:
        out += _lines(f"依据 {law}", columns)
    for foot in slip["foot"]:
        out += _lines(foot, columns)
    out += [CENTRE, _qr(slip["qr"]), LEFT, *_lines("手机扫码，回家接着看", columns)] if slip["qr"] else []
    return b"".join([*out, FEED_AND_CUT])


def width(text: str) -> int:
    """How many half-width characters a text takes.

    >>> width("12.00 元"), width("“医保”")
    (8, 8)
    """
    return sum(1 if len(character.encode("gb18030")) == 1 else 2 for character in text)


def clean(text: str) -> str:
    """A text without what a printer could take for a command.

    >>> clean("甲\\x1bp0乙\\n丙")
    '甲 p0乙 丙'
    """
    return "".join(one if one.isprintable() else " " for one in text)


def wrapped(text: str, columns: int) -> Iterator[str]:
    """A text in lines that fit; no mark of punctuation begins one.

    >>> list(wrapped("每月划入一百元。", 14)), list(wrapped("余额 1,234.56 元", 8))
    (['每月划入一百', '元。'], ['余额 ', '1,234.56', ' 元'])
    """
    line = ""
    for piece in _pieces(clean(text)):
        while width(piece) > columns:  # a single run that is longer than a line
            if line:
                yield line
                line = ""
            yield piece[:columns]
            piece = piece[columns:]
        if width(line + piece) > columns and line:
            yield line
            line = ""
        line += piece
    if line:
        yield line


def _pieces(text: str) -> Iterator[str]:
    """What is never broken: a number, a Chinese character with the marks that follow it."""
    piece = ""
    for character in text:
        follows = character in "，。；：、）》”’！？…%" or (piece and _is_run(piece[-1]) and _is_run(character))
        if piece and not follows:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _is_run(character: str) -> bool:
    return character.isascii() and not character.isspace()


def _lines(text: str, columns: int) -> list[bytes]:
    return [line.encode("gb18030") + b"\n" for line in wrapped(text, columns)]


def _row(label: str, value: str, note: str, columns: int) -> list[bytes]:
    """Label left, value right, on one line if both fit; what else is to be said below."""
    label, value = clean(label), clean(value)
    space = columns - width(label) - width(value)
    if space >= 1:
        out = [(label + " " * space + value).encode("gb18030") + b"\n"]
    else:
        out = _lines(label, columns)
        out += [
            (" " * max(0, columns - width(line)) + line).encode("gb18030") + b"\n" for line in wrapped(value, columns)
        ]
    return out + [b"  " + line for line in _lines(note, columns - 2)] if note else out


def _qr(text: str) -> bytes:
    printer = Dummy()
    printer.qr(text, native=True, size=QR_SIZE)
    return bytes(printer.output)
