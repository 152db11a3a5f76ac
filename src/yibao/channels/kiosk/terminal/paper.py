"""What does a slip look like on paper? Reads the bytes that go to the printer, and draws what a printer makes of them.

For tests, and for trying a terminal without a printer. A command that it does not know is an error: so it says for sure
that a slip uses none but these.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

import yibao.services
from yibao.channels.kiosk.terminal.slips import COLUMNS, width

FONTS = Path(yibao.services.__file__).parent / "documents" / "fonts"
DOTS = {58: 384, 80: 576}
"""Dots to a line, at 203 to an inch; a half-width character is 12 dots wide, a line 30 high."""
CELL, LINE, MARGIN = 12, 30, 24


@dataclass(frozen=True)
class Line:
    """A printed line: its text or its QR code, where it stands, how large, how dark."""

    text: str
    centred: bool = False
    size: int = 1
    bold: bool = False
    qr: str = ""
    dots: int = 0


@dataclass
class _State:
    centred: bool = False
    bold: bool = False
    size: int = 1
    is_chinese: bool = False
    qr: str = ""
    dots: int = 3


def read(data: bytes) -> list[Line]:
    """The lines that a printer would print; ValueError for a command that slips do not use."""
    return list(_lines(data, _State()))


def _lines(data: bytes, state: _State) -> Iterator[Line]:
    at, text = 0, b""
    while at < len(data):
        if data[at] == 0x0A:
            yield Line(text.decode("gb18030" if state.is_chinese else "ascii"), state.centred, state.size, state.bold)
            at, text = at + 1, b""
        elif data[at] >= 0x20:
            text, at = text + data[at : at + 1], at + 1
        else:
            length, printed = _command(data[at:], state)
            yield from printed
            at += length
    if text:
        raise ValueError("the last line does not end")


def _command(data: bytes, state: _State) -> tuple[int, list[Line]]:
    """How long the command is, and what it prints."""
    match data[:2]:
        case b"\x1b@":
            state.__init__()  # type: ignore[misc]
            return 2, []
        case b"\x1c&":
            state.is_chinese = True
            return 2, []
        case b"\x1ba":
            state.centred = data[2] == 1
            return 3, []
        case b"\x1bE":
            state.bold = data[2] == 1
            return 3, []
        case b"\x1d!":
            state.size = data[2] // 16 + 1
            return 3, []
        case b"\x1bd":
            return 3, [Line("")] * data[2]
        case b"\x1dV":
            return 4, []
        case b"\x1d(":
            return _symbol(data, state)
    raise ValueError(f"not a command of slips: {data[:4].hex()}")


def _symbol(data: bytes, state: _State) -> tuple[int, list[Line]]:
    """GS ( k: a QR code is sized, stored, then printed."""
    length = data[3] + 256 * data[4]
    what, rest = data[6], data[7 : 5 + length]
    if data[2:3] != b"k" or data[5] != 0x31:
        raise ValueError(f"not a QR code: {data[:7].hex()}")
    if what == 0x43:
        state.dots = rest[0]
    elif what == 0x50:
        state.qr = rest[1:].decode()
    printed = [Line("", state.centred, qr=state.qr, dots=state.dots)] if what == 0x51 else []
    return 5 + length, printed


def picture(data: bytes, paper: int = 58) -> bytes:
    """The slip as PNG, as wide as its paper."""
    lines = read(data)
    tall = [_height(line) for line in lines]
    sheet = Image.new("L", (DOTS[paper] + 2 * MARGIN, sum(tall) + 2 * MARGIN), 255)
    draw, top = ImageDraw.Draw(sheet), MARGIN
    for line, height in zip(lines, tall, strict=True):
        if line.qr:
            code = _qr(line)
            sheet.paste(code, ((sheet.width - code.width) // 2, top))
        else:
            _draw(draw, line, top, COLUMNS[paper])
        top += height
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _height(line: Line) -> int:
    return _qr(line).height + LINE if line.qr else LINE * line.size


def _draw(draw: ImageDraw.ImageDraw, line: Line, top: int, columns: int) -> None:
    """Each character in its own cells, as a printer sets it."""
    name = "NotoSansCJKsc-Bold.otf" if line.bold else "NotoSansCJKsc-Regular.otf"
    font = ImageFont.truetype(str(FONTS / name), 2 * CELL * line.size - 2)
    taken = width(line.text) * line.size
    left = MARGIN + CELL * (columns - taken) // 2 if line.centred else MARGIN
    for character in line.text:
        cells = width(character) * CELL * line.size
        draw.text((left + cells / 2, top + LINE * line.size / 2), character, 0, font, anchor="mm")
        left += cells


def _qr(line: Line) -> Image.Image:
    out = io.BytesIO()
    segno.make_qr(line.qr).save(out, kind="png", scale=line.dots, border=2)
    return Image.open(out).convert("L")
