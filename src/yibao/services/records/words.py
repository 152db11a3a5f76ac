"""How is a record told in plain words? States, kinds of movement, and a name of which only the first sign is shown."""

from __future__ import annotations

from datetime import date, timedelta

from yibao.books.enrolment.models import Kind
from yibao.books.ledger.accounts import AccountKind, EntryKind

STATES = {
    "paid": "已缴",
    "back_paid": "补缴",
    "deemed": "视同",
    "unpaid": "未缴",
    "due": "待缴",
    "not_needed": "不用缴",
    "not_enrolled": "未参保",
}
SCHEMES = {"employee": "职工医保", "flexible": "职工医保，自己交", "resident": "居民医保"}
TITLES = {
    EntryKind.CONTRIBUTION_RECEIVED: "收到缴费",
    EntryKind.ASSESSMENT: "本人缴费划入",
    EntryKind.ALLOCATION: "每月划入（返款）",
    EntryKind.DEDUCTION: "代扣",
    EntryKind.CARE: "看病买药",
    EntryKind.TRANSFER_OUT: "转到外地的账户",
    EntryKind.TRANSFER_IN: "从外地转来",
    EntryKind.YEAR_END: "年底结转",
    EntryKind.INTEREST: "利息",
    EntryKind.WITHDRAWAL: "提取",
    EntryKind.REVERSAL: "更正",
    EntryKind.OPENING: "建账时的余额",
}
FUNDS = {
    AccountKind.LARGE_AMOUNT: "大额医疗费用补助",
    AccountKind.CRITICAL_ILLNESS: "大病保险",
    AccountKind.CIVIL_SERVANT: "公务员医疗补助",
    AccountKind.LONG_TERM_CARE: "长期护理保险",
}


def title_of(kind: int, others: list[int], corrected: int | None = None) -> str:
    """What a movement is called, by its kind and by the accounts on its other side."""
    if kind == EntryKind.REVERSAL and corrected is not None:
        return f"更正：{title_of(corrected, others)}"
    if kind == EntryKind.DEDUCTION:
        fund = next((FUNDS[AccountKind(other)] for other in others if other in FUNDS), "")
        return f"代扣{fund}" if fund else "代扣"
    return TITLES[EntryKind(kind)]


def enrolment_words(kind: int, scheme_fact: str) -> str:
    """As whom somebody is insured, and in what."""
    scheme = "居民医保" if scheme_fact == "resident" else "职工医保"
    return f"{Kind(kind).label} · {scheme}"


def masked_name(name: str) -> str:
    """A name of which the middle is hidden, or the end where it is short.

    >>> masked_name("王秀英"), masked_name("陈明"), masked_name("欧阳小明"), masked_name("李")
    ('王*英', '陈*', '欧**明', '李')
    """
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def first_day(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def next_month(month: date, by: int = 1) -> date:
    """The first day of a month some months later.

    >>> next_month(date(2025, 11, 1), 2), next_month(date(2025, 1, 1), -1)
    (datetime.date(2026, 1, 1), datetime.date(2024, 12, 1))
    """
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(1)


def month_words(month: date) -> str:
    """A month as people say it."""
    return f"{month.year}年{month.month}月"


def yuan_fact(fen: int) -> str:
    """Fen as a fact of an answer is given.

    >>> yuan_fact(1234500), yuan_fact(7)
    ('12345.00', '0.07')
    """
    return f"{fen // 100}.{fen % 100:02d}"


def no_years(scheme: str, *, is_retired: bool) -> str:
    """Why nobody counts somebody's years any more, or yet; empty where they are counted.

    >>> no_years("employee", is_retired=True), no_years("employee", is_retired=False)
    ('您已经退休，不用再缴医保费。', '')
    """
    if is_retired:
        return "您已经退休，不用再缴医保费。"
    return "居民医保一年一交，不攒年限：交哪年，管哪年。" if scheme == "resident" else ""
