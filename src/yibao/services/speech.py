"""How is a text of ours said aloud? Amounts as Chinese money, days and rates in words, nobody's number at all.

One function for every voice: a page that is read out, the telephone. What comes out holds no digit, so that no engine
reads it in its own way.
"""

import re
from collections.abc import Callable

from yibao.services.private_numbers import PRIVATE, digits_plain

DIGITS = "零一二三四五六七八九"
UNSPOKEN = "一串号码，这里不念"
_TENS = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿", "万亿")

_SIGNS = ((" + ", "，加"), (" − ", "，减"), (" × ", "，乘以"), (" ÷ ", "，除以"), (" · ", "，"))

_MEASURE = re.compile(r"\s*[个份种次天年人条处项位岁]")

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TO = r"\s*(?:到|至|～|~|—|–|-)\s*"
_PARTS = re.compile(
    rf"""
      (?P<address>https?://\S+)
    | (?P<private>{PRIVATE.pattern})
    | (?P<code>(?<![0-9A-Za-z])(?=[A-Za-z-]*\d)[0-9A-Za-z]{{4}}(?:-[0-9A-Za-z]{{2,4}}){{3,}})
    | (?P<day>(?:19|20)\d\d(?:-\d{{1,2}}-\d{{1,2}}(?!\d)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)))
    | (?P<month>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-]))
    | (?P<year>(?<![\d.,])(?:1[89]|20)\d\d(?=\s*年|〕))
    | (?P<clock>(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]))
    | (?P<phone>(?<![\d.,])(?:0\d{{2,3}}-?\d{{5,8}}|400-?\d{{3,4}}-?\d{{3,4}}|(?:12|95)\d{{3}})
        (?!\d|[.,]\d|\s*[元个人天月岁]))
    | (?P<yuan>[−-]?[¥￥]\s*(?:{_NUMBER})(?:\s*元)?|(?:(?<!\d)[−-])?(?:{_NUMBER})\s*元)
    | (?P<low>−?(?:{_NUMBER})(?={_TO}−?(?:{_NUMBER})\s*元))
    | (?P<percent>−?(?:{_NUMBER})\s*[%％])
    | (?P<number>−?(?:{_NUMBER}))
    | (?P<per>(?<=元)\s*/\s*(?=[天月年人次]))
    """,
    re.VERBOSE,
)


def number_spoken(number: int) -> str:
    """A whole number in Chinese words.

    >>> number_spoken(1234), number_spoken(10), number_spoken(110), number_spoken(100_500), number_spoken(0)
    ('一千二百三十四', '十', '一百一十', '十万零五百', '零')
    >>> number_spoken(20_000_005), number_spoken(100_000_000)
    ('二千万零五', '一亿')
    """
    if number < 0:
        return f"负{number_spoken(-number)}"
    words, place, skipped = "", 0, False
    while number:
        number, group = divmod(number, 10_000)
        if group:
            # A zero is said where digits are left out between two groups: 十万零五百, 一亿零五.
            words = _group(group) + _MYRIADS[place] + ("零" if skipped and words else "") + words
        skipped = group < 1000 if group else skipped or bool(words)
        place += 1
    return (words.removeprefix("一") if words.startswith("一十") else words) or DIGITS[0]


def yuan_spoken(fen: int) -> str:
    """An amount in fen as Chinese money.

    >>> yuan_spoken(123_456), yuan_spoken(9_700), yuan_spoken(105), yuan_spoken(150), yuan_spoken(5), yuan_spoken(0)
    ('一千二百三十四元五角六分', '九十七元', '一元零五分', '一元五角', '五分', '零元')
    """
    if fen < 0:
        return f"负{yuan_spoken(-fen)}"
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = f"{number_spoken(yuan)}元" if yuan or not rest else ""
    words += f"{DIGITS[jiao]}角" if jiao else DIGITS[0] if words and cents else ""
    return words + (f"{DIGITS[cents]}分" if cents else "")


def spoken(text: str) -> str:
    """A text as it is said aloud: no digit, no address, nobody's number.

    >>> spoken("每月到账 ¥1,234.56，从2025年6月1日起按2%划入97.00 元/月")
    '每月到账 一千二百三十四元五角六分，从二零二五年六月一日起按百分之二划入九十七元每月'
    >>> spoken("2个人，第2个月，一共12个月")
    '两个人，第二个月，一共十二个月'
    >>> spoken("14:05 以后可以再试，21:00 关门")
    '十四点零五分 以后可以再试，二十一点整 关门'
    >>> spoken("从 90.00 到 126.00 元；打 12393；张三 11010519491231002X")
    '从 九十元 到 一百二十六元；打 一二三九三；张三 一串号码，这里不念'
    """
    plain = _PARTS.sub(_said, digits_plain(text))
    for sign, word in _SIGNS:
        plain = plain.replace(sign, word)
    return re.sub(r"(?<=[零一二三四五六七八九十百千万亿点元角分])[～~–-](?=[零一二三四五六七八九十百])", "到", plain)


def _group(group: int) -> str:
    """Four digits in words."""
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if zero else "") + DIGITS[digit] + _TENS[place]
        zero = bool(words) and not digit
        if zero and not group % 10**place:
            break
    return words


def _said(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    before, after = found.string[: found.start()], found.string[found.end() :]
    if found[0] == "2" and _MEASURE.match(after) and not before.endswith("第"):
        return "两"
    return _WAYS[kind](found[0]) if kind in _WAYS else UNSPOKEN


def _one_by_one(text: str) -> str:
    return "".join(DIGITS[int(digit)] for digit in text if digit.isdigit())


def _day(text: str) -> str:
    digits = text.replace("-", "")
    parts = text.split("-") if "-" in text else [digits[:4], digits[4:6], digits[6:]]
    return f"{_one_by_one(parts[0])}年{number_spoken(int(parts[1]))}月{number_spoken(int(parts[2]))}日"


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{_one_by_one(year)}年{number_spoken(int(month))}月"


def _clock(text: str) -> str:
    """A time of day, as it is asked and told: 十四点零五分, 九点整."""
    hours, minutes = (int(part) for part in text.split(":"))
    if not minutes:
        return f"{number_spoken(hours)}点整"
    return f"{number_spoken(hours)}点{DIGITS[0] if minutes < 10 else ''}{number_spoken(minutes)}分"


def _number(text: str) -> str:
    sign = "负" if text.startswith(("−", "-")) else ""
    whole, _, rest = re.sub(r"[^\d.]", "", text).partition(".")
    return sign + number_spoken(int(whole)) + (f"点{_one_by_one(rest)}" if rest else "")


def _yuan(text: str) -> str:
    """Money, if it is written to the fen at most; finer amounts are numbers of yuan."""
    sign = "负" if text.startswith(("−", "-")) else ""
    whole, _, rest = re.sub(r"[^\d.]", "", text).partition(".")
    if len(rest) > 2:
        return f"{_number(text)}元"
    return sign + yuan_spoken(int(whole) * 100 + int(rest.ljust(2, "0") or "0"))


_WAYS: dict[str, Callable[[str], str]] = {
    "address": lambda _: "网址见页面",
    "day": _day,
    "month": _month,
    "year": _one_by_one,
    "clock": _clock,
    "phone": _one_by_one,
    "yuan": _yuan,
    "low": _yuan,
    "percent": lambda text: f"百分之{_number(text)}",
    "number": _number,
    "per": lambda _: "每",
}
