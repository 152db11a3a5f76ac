"""How a figure is written for a person: "1,234.56 元", "2%", "12年6个月".

The one place where integers become words, shared by portal, command line, paper and speech, so that a figure looks
the same everywhere. Integer arithmetic only: an amount is never a float, not even on its way to the screen.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from yibao.law.values import UNLIMITED

MINUS = "\N{MINUS SIGN}"

_PER = {"fen": "", "fen/day": "/天", "fen/month": "/月", "fen/year": "/年"}
_COUNTED = {
    "year": "年",
    "years": "年",
    "age": "岁",
    "days": "天",
    "working_days": "个工作日",
    "people": "人",
    "times": "次",
}


def fen_text(fen: int) -> str:
    """What an amount in fen reads as in yuan, without the word yuan.

    >>> fen_text(123456), fen_text(5), fen_text(-10700)
    ('1,234.56', '0.05', '−107.00')
    """
    yuan, rest = divmod(abs(fen), 100)
    return f"{_sign(fen)}{yuan:,}.{rest:02d}"


@lru_cache(maxsize=4096)  # the law has few rates, an explanation tells them often
def ppm_text(ppm: int) -> str:
    """What a rate in parts per million reads as in percent, every digit kept and no idle zero.

    >>> ppm_text(20_000), ppm_text(1_234_567), ppm_text(500), ppm_text(0)
    ('2%', '123.4567%', '0.05%', '0%')
    """
    whole, rest = divmod(abs(ppm), 10_000)
    decimals = f"{rest:04d}".rstrip("0")
    return f"{_sign(ppm)}{whole}{'.' if decimals else ''}{decimals}%"


def months_text(months: int) -> str:
    """What a length in months reads as.

    >>> months_text(300), months_text(150), months_text(7), months_text(0)
    ('25年', '12年6个月', '7个月', '0个月')
    """
    years, rest = divmod(abs(months), 12)
    parts = (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")
    return _sign(months) + parts


def age_text(months: int) -> str:
    """What an age in months reads as.

    >>> age_text(732), age_text(737)
    ('61岁', '61岁5个月')
    """
    years, rest = divmod(months, 12)
    return f"{years}岁" + (f"{rest}个月" if rest else "")


def tenths_text(tenths: int) -> str:
    """What a number kept in tenths reads as, always with its one decimal.

    >>> tenths_text(1390), tenths_text(1384)
    ('139.0', '138.4')
    """
    whole, rest = divmod(abs(tenths), 10)
    return f"{_sign(tenths)}{whole}.{rest}"


def hundredths_text(hundredths: int) -> str:
    """What a number kept in hundredths reads as, always with its two decimals.

    >>> hundredths_text(3542), hundredths_text(3500)
    ('35.42', '35.00')
    """
    whole, rest = divmod(abs(hundredths), 100)
    return f"{_sign(hundredths)}{whole}.{rest:02d}"


def index_text(millionths: int) -> str:
    """What an index kept in millionths reads as, every digit kept and no idle zero.

    >>> index_text(600_000), index_text(1_234_567), index_text(3_000_000)
    ('0.6', '1.234567', '3')
    """
    whole, rest = divmod(abs(millionths), 1_000_000)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{_sign(millionths)}{whole}{'.' if decimals else ''}{decimals}"


def month_text(month: str | int) -> str:
    """What a calendar month reads as, written YYYY-MM or as the number `year * 12 + month - 1` of the law.

    Anything else comes back unchanged.

    >>> month_text("2031-11"), month_text(2031 * 12 + 10), month_text("")
    ('2031年11月', '2031年11月', '')
    """
    if isinstance(month, int):
        return f"{month // 12}年{month % 12 + 1}月"
    parts = month.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return month
    return f"{int(parts[0])}年{int(parts[1])}月"


def day_text(day: str) -> str:
    """What a day written YYYY-MM-DD reads as; a shorter date reads as a month, anything else comes back unchanged.

    >>> day_text("2025-06-01"), day_text("2025-06"), day_text("")
    ('2025年6月1日', '2025年6月', '')
    """
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return month_text(day)
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


def value_text(value: object, unit: str) -> str:
    """What a value of an answer reads as, with its unit in words.

    A value that is not a number of its unit (a band list, a word) is shown as it is rather than refused: an
    explanation with one odd line still helps, one that fails does not.

    >>> value_text(10_700, "fen/month"), value_text(20_000, "ppm"), value_text("2031-11", "month")
    ('107.00 元/月', '2%', '2031年11月')
    """
    if type(value) is int:
        return _number_text(value, unit)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return _number_text(value, unit)
    if isinstance(value, str):
        return {"month": month_text, "day": day_text, "date": day_text}.get(unit, str)(value)
    if isinstance(value, list | tuple):
        return "、".join(value_text(item, unit) for item in value)
    return str(value)


def figure_text(figure: Mapping[str, Any]) -> str:
    """What a figure of an answer reads as, be it one value or a range.

    >>> figure_text({"value": 10_700, "unit": "fen/month"})
    '107.00 元/月'
    >>> figure_text({"low": 7_500, "high": 10_500, "unit": "fen/month"})
    '75.00～105.00 元/月'
    """
    number, unit = figure_parts(figure)
    return f"{number} {unit}" if unit else number


def figure_parts(figure: Mapping[str, Any]) -> tuple[str, str]:
    """The number of a figure and its unit in words, apart, for pages that set the number larger.

    >>> figure_parts({"value": 10_700, "unit": "fen/month"}), figure_parts({"value": 150, "unit": "months"})
    (('107.00', '元/月'), ('12年6个月', ''))
    """
    unit = str(figure.get("unit", ""))
    if figure.get("text"):
        return str(figure["text"]), ""  # a choice, by its word
    if "value" in figure:
        return _apart(value_text(figure["value"], unit))
    low, word = _apart(value_text(figure.get("low"), unit))
    high, _ = _apart(value_text(figure.get("high"), unit))
    return (low if low == high else f"{low}～{high}"), word


def _number_text(value: int, unit: str) -> str:
    if unit in _PER:
        return "不设上限" if value == UNLIMITED else f"{fen_text(value)} 元{_PER[unit]}"
    if unit in _WRITTEN:
        return _WRITTEN[unit](value)
    return f"{_sign(value)}{abs(value)}{_COUNTED.get(unit, '')}"


_WRITTEN: dict[str, Callable[[int], str]] = {
    "ppm": ppm_text,
    "index": index_text,
    "millionths": lambda value: f"{fen_text(value // 1_000_000)} 元",  # fen x ppm, before it is rounded to the fen
    "hundredths": hundredths_text,
    "months": months_text,
    "age_months": age_text,
    "month": month_text,
    "day": lambda value: day_text(date.fromordinal(max(value, 1)).isoformat()),
    "yes_no": lambda value: "可以" if value else "不可以",
    "tenth_months": lambda tenths: f"{tenths_text(tenths)} 个月",
}


def _apart(text: str) -> tuple[str, str]:
    number, _, unit = text.partition(" ")
    return number, unit


def _sign(value: int) -> str:
    return MINUS if value < 0 else ""
