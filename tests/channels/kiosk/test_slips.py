"""Slips: the bytes of ESC/POS with GB 18030, and what a printer makes of them."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yibao.channels.kiosk.terminal import paper, slips

SLIP: dict[str, Any] = {
    "service": "医保明白账", "title": "王*国的账户", "where": "东城大厅1号机", "as_of": "2026年10月20日 09:30",
    "big": ["账户余额", "8,992.00", "元"], "words": ["居民医保不设个人账户，看病时直接报销。"],
    "rows": [["今年划入", "2,160.00 元", ""], ["最近一笔，2026年10月8日，在䶮镇卫生院", "支出 88.00 元", "看病买药"]],
    "law": ["[据报道] 关于样例的通知"], "foot": ["供您自己核对用，不是凭证。"], "qr": "https://yibao.example/",
}  # fmt: skip


def texts(data: bytes) -> list[str]:
    return [line.text for line in paper.read(data)]


def test_a_slip_is_gb_18030_between_known_commands() -> None:
    data = slips.receipt(SLIP)
    assert data.startswith(b"\x1b@\x1c&"), "initialised, then Chinese on (FS &)"
    assert data.endswith(b"\x1bd\x04\x1dV\x42\x00"), "fed, then cut"
    assert "账户余额".encode("gb18030") in data
    assert "䶮".encode("gb18030") in data, "a rare character, in GB 18030 and not in GBK"
    lines = paper.read(data)
    assert [line.text for line in lines if line.size == 2] == ["8,992.00 元"]
    assert [(line.qr, line.centred) for line in lines if line.qr] == [("https://yibao.example/", True)]
    assert "今年划入             2,160.00 元" in texts(data)


@pytest.mark.parametrize(("mm", "columns", "dots"), [(58, 32, 384), (80, 48, 576)])
def test_every_line_fits_its_paper(mm: int, columns: int, dots: int) -> None:
    for line in paper.read(slips.receipt(SLIP, mm)):
        assert slips.width(line.text) * line.size <= columns, line.text
    drawn = Image.open(io.BytesIO(paper.picture(slips.receipt(SLIP, mm), mm)))
    assert drawn.width == dots + 2 * paper.MARGIN
    dark = drawn.point(lambda value: 255 * (value < 128)).getbbox()
    assert dark is not None
    assert dark[0] >= paper.MARGIN - 1
    assert dark[2] <= paper.MARGIN + dots + 1


@given(st.text(max_size=80), st.text(max_size=60), st.text(max_size=80))
def test_whatever_stands_in_the_books_no_text_is_a_command(label: str, value: str, note: str) -> None:
    made = {**SLIP, "title": label, "words": [note], "rows": [[label, value, note]], "qr": ""}
    lines = paper.read(slips.receipt(made))  # raises for a command that slips do not use
    assert all(slips.width(line.text) * line.size <= 32 for line in lines)
    assert [line.text for line in lines if line.size == 2] == ["8,992.00 元"]
    kept = "".join(line.text for line in lines).replace(" ", "")
    for text in (label, value, note):
        wanted = "".join(one for one in text if one.isprintable()).replace(" ", "")
        assert wanted.replace("-", "") in kept.replace("-", "") or not wanted.isascii() or len(wanted) > 32


def test_an_amount_is_never_broken() -> None:
    for columns in range(12, 33):
        lines = list(slips.wrapped("本月划入1,234.56元，扣掉代扣的钱3.00元", columns))
        assert any("1,234.56" in line for line in lines)
        assert all(slips.width(line) <= columns for line in lines)
        assert not [line for line in lines if line[0] in "，。"]
        assert "".join(lines) == "本月划入1,234.56元，扣掉代扣的钱3.00元"


def test_an_unknown_command_is_no_slip() -> None:
    for data in (b"\x1b@\x1bp\x00", b"\x1d(L\x02\x000\x00", b"\x1b@no end"):
        with pytest.raises(ValueError):
            paper.read(data)
