"""What stands on a screen of the terminal, and on the slip that it prints: the same few lines for both.

Everything comes from the services; nothing is computed here. A name is masked, and no number of a certificate is ever
on a screen that others can see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from yibao.services.clock import CHINA
from yibao.services.formats import fen_text, figure_parts, figure_text, months_text
from yibao.services.records.shapes import (
    AllocationOfMonth,
    Enrolments,
    Home,
    Lookers,
    Months,
    Movement,
    Movements,
    YearsOfRecord,
)
from yibao.services.records.words import STATES, no_years
from yibao.services.wording import GRADES

Json = dict[str, Any]
NAMED = 3


class Row(NamedTuple):
    """A line: what it is, how much, and what else is to be said of it."""

    label: str
    value: str
    note: str = ""


class Big(NamedTuple):
    """The one figure of a sheet."""

    label: str
    number: str
    unit: str


@dataclass(frozen=True)
class Sheet:
    """A screenful or a slip: a title, perhaps one figure, sentences, lines, what it rests on, and of when it is."""

    title: str
    big: Big | None = None
    words: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    law: tuple[str, ...] = ()
    as_of: str = ""


def home_sheet(of: Home) -> Sheet:
    """The first page: the balance, this month, the last movement, what is missing."""
    rows = [Row(_month_label(of), STATES[of.month_state], of.month_words)]
    if of.unpaid:
        named = "、".join(month_words(month) for month in of.unpaid[-NAMED:])
        more = "，以前还有" if len(of.unpaid) > NAMED else ""
        rows.append(Row("没有缴费的", f"{len(of.unpaid)}个月", named + more))
    if of.last_movement:
        last = of.last_movement
        rows.append(Row(f"最近一笔，{day_words(last.on)}", signed(last.amount), last.title))
    insured = Row("参保", of.area_name, of.enrolment_words)
    if of.balance is None:
        words = ("居民医保不设个人账户，看病时直接报销。",) if of.scheme == "resident" else ("账上还没有开个人账户。",)
        return Sheet(f"{of.name_masked}的账户", None, words, (*rows, insured), as_of=as_of_text(of.as_of))
    rows += [
        Row("以前结转", f"{fen_text(of.carried_over)} 元"),
        Row("今年划入", f"{fen_text(of.credited_this_year)} 元"),
        Row("今年用掉", f"{fen_text(of.spent_this_year)} 元"),
        insured,
    ]
    big = Big("账户余额", fen_text(of.balance), "元")
    return Sheet(f"{of.name_masked}的账户", big, (), tuple(rows), as_of=as_of_text(of.as_of))


def movements_sheet(of: Movements) -> Sheet:
    """The movements of a year, newest first."""
    rows = tuple(_movement(row) for row in of.rows)
    words = (of.empty_words,) if of.empty_words else (
        f"一共{of.count}笔：收入 {fen_text(of.total_in)} 元，支出 {fen_text(of.total_out)} 元。",
    )  # fmt: skip
    pages = f"，第{of.page}页，共{of.pages}页" if of.pages > 1 else ""
    return Sheet(f"{of.year}年的收支{pages}", None, words, rows, as_of=as_of_text(of.as_of))


def months_sheet(of: Months) -> Sheet:
    """Every month of a year by word, newest first."""
    rows = []
    for row in reversed(of.rows):
        label = f"{row.month.year}年度" if row.span == "year" else f"{row.month.month}月"
        paid = f"个人缴 {fen_text(row.person_paid)} 元，单位缴 {fen_text(row.employer_paid)} 元" if row.base else ""
        rows.append(Row(label, row.state_words, paid))
    gaps = tuple(gap.words for gap in of.gaps)
    words = (of.empty_words,) if of.empty_words else (f"累计算数的缴费：{months_text(of.counted_months)}。", *gaps)
    return Sheet(f"{of.year}年的缴费月份", None, words, tuple(rows), as_of=as_of_text(of.as_of))


def allocation_sheet(of: AllocationOfMonth) -> Sheet:
    """What was credited for a month, and why so much, in two sentences."""
    big = Big("到账", fen_text(of.posted), "元") if of.posted is not None else None
    rows = [Row("划入（收入）", f"{fen_text(of.posted_gross)} 元")] if of.posted_gross is not None else []
    rows += [Row(f"{one.title}（支出）", f"{fen_text(one.amount)} 元") for one in of.deductions]
    return Sheet(
        f"{month_words(of.month)}划入", big, (of.words, of.answer["summary"]), tuple(rows), law_lines(of.answer),
        as_of_text(of.as_of),
    )  # fmt: skip


def years_sheet(of: YearsOfRecord) -> Sheet:
    """The years on record beside those that the law asks for."""
    none = no_years(of.scheme, is_retired=of.is_retired)
    retirement = (of.retirement["summary"],) if of.retirement else ()
    counted = Big("已经算数的", months_text(of.counted.total), "")
    if none:
        big = counted if of.counted.total else None
        return Sheet("我的缴费年限", big, (none, *retirement), as_of=as_of_text(of.as_of))
    figures = tuple(_figures(of.answer["figures"])) or tuple(_cases(of.answer))
    words = (of.answer["summary"], *retirement)
    return Sheet("我的缴费年限", counted, words, figures, law_lines(of.answer), as_of_text(of.as_of))


def enrolments_sheet(of: Enrolments) -> Sheet:
    """Every enrolment, newest first."""
    rows = []
    for stay in of.rows:
        until = f"到{day_words(stay.ends)}" if stay.ends else "到现在"
        who = "，".join(part for part in (stay.kind_words, stay.employer, stay.tier) if part)
        rows.append(Row(f"{stay.area_name}，{stay.scheme_words}", f"{day_words(stay.starts)}{until}", who))
    words = (of.empty_words,) if of.empty_words else ()
    return Sheet("参保情况", None, words, tuple(rows), as_of=as_of_text(of.as_of))


def looked_sheet(of: Lookers) -> Sheet:
    """Who looked at the record; this look is among them."""
    rows = []
    for row in of.rows:
        times = f"，{row.times}次" if row.times > 1 else ""
        rows.append(Row(as_of_text(row.at), row.who, f"{row.what}{times}" + (f"：{row.reason}" if row.reason else "")))
    others = f"您自己以外，一共看过{of.by_others}次。" if of.by_others else "除了您自己，没有人看过。"
    return Sheet("谁看过我的记录", None, (others,), tuple(rows), as_of=as_of_text(of.as_of))


def law_sheet(answer: Json) -> Sheet:
    """An answer of the law, which needs nobody's record."""
    figures = answer["figures"]
    big = None
    if len(figures) == 1:
        (figure,) = figures.values()
        big = Big(figure["label"], *figure_parts(figure))
    rows = [] if big else list(_figures(figures))
    rows += [Row(step["label"], "", step["plain"]) for step in answer["steps"] if step.get("kind") in ("step", "rule")]
    words = (answer["summary"], *answer["caveats"][:1])
    return Sheet(
        answer["area"]["name"], big, words, (*rows, *_cases(answer)), law_lines(answer), f"按 {answer['on']} 的规定"
    )


def law_lines(answer: Json) -> tuple[str, ...]:
    """What an answer rests on, with how well it is proven."""
    return tuple(
        " ".join(part for part in (f"[{GRADES[one['grade']].word}]", one["document"], one["number"]) if part)
        for one in answer["citations"][:NAMED]
    )


def _figures(figures: Json) -> Iterable[Row]:
    return (Row(figure["label"], figure_text(figure)) for figure in figures.values())


def _cases(answer: Json) -> Iterable[Row]:
    for case in answer["cases"]:
        told = "，".join(f"{one['label']} {figure_text(one)}" for one in case["figures"].values())
        yield Row(case["when"], "", told or case.get("reason", "") or "还算不出数，要多知道一些情况")


def _movement(row: Movement) -> Row:
    said = f"{row.detail}，" if row.detail else ""
    day = f"{row.on.month}月{row.on.day}日"
    return Row(f"{day} {row.title}", signed(row.amount), f"{said}余额 {fen_text(row.balance_after)} 元")


def _month_label(of: Home) -> str:
    return "今年的医保费" if of.scheme == "resident" else f"{of.month.month}月的医保费"


def signed(fen: int) -> str:
    """An amount with its direction in a word: a sign alone is overlooked."""
    return f"{'收入' if fen > 0 else '支出' if fen < 0 else '结转'} {fen_text(abs(fen))} 元"


def day_words(day: date) -> str:
    """A day as people say it."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(month: date) -> str:
    """A month as people say it."""
    return f"{month.year}年{month.month}月"


def as_of_text(at: datetime) -> str:
    """An instant as people say it, in China."""
    here = at.astimezone(CHINA)
    return f"{day_words(here)} {here:%H:%M}"
