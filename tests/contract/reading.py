"""Which figures stand in a text, written or spoken? Knows nothing of how yibao writes: numbers are read by cn2an."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

import cn2an
from tests.contract.asked import Figures, Value

NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_SPOKEN = re.compile(
    rf"(?P<number>[{NUMERALS}]+)(?:元(?:(?P<jiao>[一二三四五六七八九])角)?(?:零?(?P<fen>[一二三四五六七八九])分)?)?"
)

MONEY = r"[\d,]+(?:\.\d+)? ?元"
LENGTH = r"(?:\d+年(?:\d+个月)?|\d+个月)"
AGE = r"\d+岁(?:\d+个月)?"
MONTH = r"\d{4}年\d+月"
Phrases = Mapping[str, tuple[str, ...]]
"""Names of figures, and what may stand where the figure is: `…{money}…`; a phrase without braces is a zero."""
KINDS = {"{money}": MONEY, "{length}": LENGTH, "{age}": AGE, "{month}": MONTH}

LAW: Phrases = {
    "allocation_gross": ("每月划入个人账户{money}",),
    "allocation_net": ("实际到账{money}",),
    "allocation_year": ("次划入个人账户{money}",),
    "required_months": ("要交满{length}",),
    "required_local_months": ("在本地实际交满{length}",),
    "missing_months": ("总年限还差{length}",),
    "missing_local_months": ("本地年限还差{length}",),
    "person_pays": ("您自己1年交{money}", "您自己每月交{money}"),
    "subsidy": ("政府另外补{money}",),
    "waiting_months": ("要等{length}", "没有等待期"),
    "retirement_age_months": ("法定退休年龄是{age}",),
    "retires_on": ("{month}到年龄",),
}


def plain(text: str) -> str:
    """A text with every number in digits: 一百零四元五角 is 104.50元, 二零二五年 is 2025年."""
    return _SPOKEN.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    try:
        number = str(cn2an.cn2an(found["number"], "smart"))
    except ValueError:
        return found[0]  # 万, 千: a word, no number
    if "元" not in found[0]:
        return number
    small = f"{cn2an.cn2an(found['jiao'] or '零')}{cn2an.cn2an(found['fen'] or '零')}"
    return f"{number}.{small}元"


def value(text: str) -> Value:
    """One figure as a number: fen, months, YYYY-MM or YYYY-MM-DD; 可以 is 1."""
    text = plain(text).replace(" ", "")
    if "元" in text:
        yuan, _, rest = re.sub(r"[^\d.]", "", text).partition(".")
        return int(yuan) * 100 + int(rest.ljust(2, "0")[:2] or "0")
    if found := re.fullmatch(r"(\d{4})(?:年|-)(\d+)(?:月|-)(\d+)日?", text):
        return date(*map(int, found.groups())).isoformat()
    if found := re.fullmatch(r"(\d{4})(?:年|-)(\d+)月?", text):
        return date(int(found[1]), int(found[2]), 1).isoformat()[:7]
    if found := re.fullmatch(r"(?:(\d+)[年岁])?(?:(\d+)个月)?", text):
        return int(found[1] or 0) * 12 + int(found[2] or 0)
    if text in ("可以", "不可以"):
        return int(text == "可以")
    raise ValueError(text)


def figures_in(text: str, phrases: Phrases = LAW) -> Figures:
    """The figures that a text tells, by the words around them; a range (90元到126元) is both ends."""
    text, out = plain(text), {}
    for name, ways in phrases.items():
        found: list[tuple[int, tuple[Value, ...]]] = []
        for way in ways:
            kind = next((one for one in KINDS if one in way), "")
            amount = f"({KINDS.get(kind, '')})(?:到({KINDS.get(kind, '')}))?"
            for match in re.finditer(way.replace(kind, amount) if kind else way, text):
                values = tuple(value(part) for part in match.groups() if part) if kind else (0,)
                found.append((match.start(), values))
        if found:
            out[name] = tuple(one for _, values in sorted(found) for one in values)
    return out


def bare(text: str) -> str:
    """A text by its Chinese characters alone, without any number: what every channel says in the same words."""
    return re.sub(rf"[^㐀-鿿]|[年{NUMERALS}]", "", plain(text))


def once(found: tuple[Value, ...]) -> tuple[Value, ...]:
    """What a page shows twice or thrice, the same each time, is one."""
    return next((found[:n] for n in range(1, len(found)) if found == found[:n] * (len(found) // n)), found)


def day_in(text: str, around: str) -> date | None:
    """The day that stands in a text where `around` has its braces: `按 {} 的规定`."""
    before, after = map(re.escape, around.split("{}"))
    found = re.search(rf"{before} *(\d{{4}}(?:年|-)\d+(?:月|-)\d+日?) *{after}", plain(text))
    return date.fromisoformat(str(value(found[1]))) if found else None


def text_of(html: str) -> str:
    """What stands on a page, without its head and its signs."""
    body = re.sub(r"(?s)<head.*?</head>|<script.*?</script>|<svg.*?</svg>", "", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
