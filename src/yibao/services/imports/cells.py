"""What does a cell of a file say: an amount, a day, a month, a word? Read strictly: what is not clear is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from stdnum.cn.ric import calc_check_digit

from yibao.services.people import certificate_index, normalised

FEN_MAX = 10**11  # 1,000,000,000 yuan, as in the answers
AMOUNT = re.compile(r"([0-9]{1,10})(?:\.([0-9]*))?")
DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?")
MONTH = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})月?(?:[-/.]?0?1日?)?")
MANGLED = re.compile(r"[0-9.]+E\+[0-9]+")


class BadRow(Exception):
    """Why a row is not taken: the code of the reason, a plain sentence, and the column at fault."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(code)
        self.code, self.message, self.field = code, message, field


def tidy(text: str) -> str:
    """The text with ordinary characters for full-width ones, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) if not text.isascii() else text.strip()


def fen(text: str, field: str, label: str) -> int:
    """An amount in yuan with at most two decimals, as fen; never negative, never empty.

    >>> fen("1,234.50", "amount", "金额"), fen("８００", "amount", "金额")
    (123450, 80000)
    """
    clean = tidy(text).replace(",", "").removeprefix("¥").removesuffix("元")
    if not clean:
        raise BadRow("amount_missing", f"没有写{label}；没有缴就写0。", field)
    if clean.startswith(("-", "−", "(")):
        raise BadRow("negative_amount", f"{label}不能是负数：{clean[:20]}。", field)
    match = AMOUNT.fullmatch(clean)
    if not match:
        raise BadRow("not_an_amount", f"{label}看不懂：“{clean[:20]}”，请写像 1234.50 这样的数。", field)
    decimals = (match[2] or "").rstrip("0") if len(match[2] or "") > 2 else match[2] or ""
    if len(decimals) > 2:
        raise BadRow("too_many_decimals", f"{label}最多两位小数：{clean[:20]}。", field)
    value = int(match[1] + decimals.ljust(2, "0"))
    if value > FEN_MAX:
        raise BadRow("amount_too_large", f"{label}太大了：{clean[:20]}，请检查是不是多打了几个零。", field)
    return value


@lru_cache(maxsize=50_000)
def day(text: str, field: str, label: str) -> date:
    """A day: 2025-03-01, 2025/3/1, 20250301, 2025年3月1日.

    >>> day("2025年3月1日", "on", "日期")
    datetime.date(2025, 3, 1)
    """
    clean = tidy(text)
    if not clean:
        raise BadRow("day_missing", f"没有写{label}。", field)
    match = DAY.fullmatch(text.strip()) or DAY.fullmatch(clean)
    if not match or (clean.isdecimal() and len(clean) != 8):
        raise BadRow("not_a_day", f"{label}看不懂：“{clean[:20]}”，请写像 2025-03-01 这样的日子。", field)
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise BadRow("impossible_day", f"没有{clean[:20]}这一天，请检查{label}。", field) from None
    if not 1900 <= found.year <= 2200:
        raise BadRow("impossible_day", f"{label}的年份不对：{clean[:20]}。", field)
    return found


@lru_cache(maxsize=10_000)
def month(text: str, field: str, label: str) -> date:
    """A month, as its first day: 2025-03, 202503, 2025年3月, or its first day.

    >>> month("202503", "month", "费款所属月")
    datetime.date(2025, 3, 1)
    """
    clean = tidy(text)
    match = MONTH.fullmatch(clean)
    if not match or (clean.isdecimal() and len(clean) not in (6, 8)):
        raise BadRow("not_a_month", f"{label}看不懂：“{clean[:20]}”，请写像 2025-03 这样的月份。", field)
    year, number = int(match[1]), int(match[2])
    if not 1900 <= year <= 2200 or not 1 <= number <= 12:
        raise BadRow("impossible_month", f"没有{clean[:20]}这个月，请检查{label}。", field)
    return date(year, number, 1)


def word(text: str, words: Mapping[str, int], field: str, label: str) -> int:
    """One of the words of a small table, which holds Chinese and English ones."""
    found = words.get(text)
    if found is None:
        found = words.get(tidy(text).lower())
    if found is None:
        chinese = "、".join(dict.fromkeys(key for key in words if not key.isascii()))
        raise BadRow("unknown_word", f"{label}里没有“{text.strip()[:20]}”这一项，可以写：{chinese}。", field)
    return found


def certificate(text: str) -> bytes:
    """The blind index of a certificate number that names a person on file; the number itself goes no further."""
    number = normalised(text)
    if not number:
        raise BadRow("certificate_number_missing", "没有写证件号码，请补上。", "certificate_number")
    check_not_mangled(number)
    return certificate_index(number)


def check_not_mangled(number: str) -> None:
    """A spreadsheet that took a number of 18 digits for an amount has lost its last ones for good."""
    zeros = number.isdecimal() and len(number) == 18 and number.endswith("000")
    if MANGLED.fullmatch(number) or (zeros and calc_check_digit(number) != number[-1]):
        message = "证件号码被表格软件当成数字，后几位已经丢了；请把这一列设成“文本”再从原系统导出。"
        raise BadRow("number_lost_its_digits", message, "certificate_number")
