"""What somebody who bound an account may ask of the own record, in a word: 余额, 缴费, 划入, 年限.

The services of the record do the reading: they ask who may, and write down that it was read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from yibao.services import records
from yibao.services.chat.fitting import Reply
from yibao.services.chat.law import grounds, reasons
from yibao.services.clock import CHINA
from yibao.services.formats import fen_text, months_text
from yibao.services.permissions import Actor
from yibao.services.records.shapes import AllocationOfMonth, Home, Months, YearsOfRecord
from yibao.services.records.words import month_words, no_years
from yibao.services.results import Done, Refused

T = TypeVar("T")
NAMED = 6


def balance(actor: Actor, site: str) -> Reply:
    """The balance, what it is made of, and this month's contribution."""
    return _told(records.home(actor), lambda of: _balance(of, site))


def months(actor: Actor, site: str) -> Reply:
    """The contributions of this year, and those that are missing."""
    return _told(records.months(actor), lambda of: _months(of, site))


def allocation(actor: Actor, site: str) -> Reply:
    """The last month's allocation, beside the law."""
    return _told(records.allocation(actor), lambda of: _allocation(of, site))


def years(actor: Actor, site: str) -> Reply:
    """The years on record, and those that the law asks for."""
    return _told(records.years(actor), lambda of: _years(of, site))


def _told(found: Done[T] | Refused, words: Callable[[T], Reply]) -> Reply:
    return Reply((found.message,)) if isinstance(found, Refused) else words(found.value)


def _balance(of: Home, site: str) -> Reply:
    link = ("看每一笔收支", f"{site}me/movements/")
    if of.balance is None:
        none = ("您没有个人账户。参加居民医保的人没有个人账户。", f"{of.month_words}。")
        return Reply(none, foot=(_as_of(of.area_name, of.as_of),), link=link)
    head = (f"您的个人账户余额：{fen_text(of.balance)} 元。",)
    parts = (
        f"以前结转 {fen_text(of.carried_over)} 元，加今年划入 {fen_text(of.credited_this_year)} 元，"
        f"减今年用掉 {fen_text(of.spent_this_year)} 元。"
    )
    last = of.last_movement
    more = [parts]
    if last is not None:
        amount = f"{last.direction} {fen_text(abs(last.amount))} 元"
        more.append(f"最近一笔：{month_words(last.on)}{last.on.day}日，{last.title}，{amount}。")
    more.append(f"{of.month_words}。")
    if of.unpaid:
        more.append(f"近两年有 {len(of.unpaid)} 个月没有缴费，发“缴费”看是哪几个月。")
    return Reply(head, tuple(more), (_as_of(of.area_name, of.as_of),), link)


def _months(of: Months, site: str) -> Reply:
    link = ("看每个月的缴费", f"{site}me/months/?year={of.year}")
    foot = (_as_of(of.area_name, of.as_of),)
    if not of.rows:
        return Reply((of.empty_words,), foot=foot, link=link)
    counts: dict[str, int] = {}
    for row in of.rows:
        counts[row.state_words] = counts.get(row.state_words, 0) + 1
    unit = "年" if all(row.span == "year" for row in of.rows) else "个月"
    head = [f"{of.year}年：" + "，".join(f"{word} {number} {unit}" for word, number in counts.items()) + "。"]
    unpaid = [row for row in of.rows if row.state == "unpaid"]
    if unpaid and unit != "年":
        named = "、".join(f"{row.month.month}月" for row in unpaid[-NAMED:])
        head.append(f"没有缴的是：{named}。")
    more = []
    if of.total_person or of.total_employer:
        more.append(f"您自己交了 {fen_text(of.total_person)} 元，单位交了 {fen_text(of.total_employer)} 元。")
    if of.counted_months:
        more.append(f"算进年限的一共 {months_text(of.counted_months)}。")
    more += [f"{gap.words}" for gap in of.gaps]
    return Reply(tuple(head), tuple(more), foot, link)


def _allocation(of: AllocationOfMonth, site: str) -> Reply:
    taken = [f"已经减去{one.title} {fen_text(one.amount)} 元。" for one in of.deductions]
    link = ("看怎么算出来的", f"{site}me/allocation/{of.month:%Y-%m}/")
    foot = (*grounds(of.answer), _as_of(of.area_name, of.as_of))
    return Reply((of.words, *taken), tuple(reasons(of.answer)), foot, link)


def _years(of: YearsOfRecord, site: str) -> Reply:
    link = ("看差多少、怎么补", f"{site}me/years/")
    none = no_years(of.scheme, is_retired=of.is_retired)
    if none:
        counted = (f"记录里一共缴了{months_text(of.counted.total)}。",) if of.counted.total else ()
        retirement = (str(of.retirement["summary"]),) if of.retirement else ()
        return Reply((none,), (*counted, *retirement), (_as_of(of.area_name, of.as_of),), link)
    head = [str(of.answer["summary"])]
    more = ["您的年限这样算：", *of.words]
    if of.retirement and not of.retirement["cases"]:
        more.append(str(of.retirement["summary"]))
    return Reply(tuple(head), tuple(more), (*grounds(of.answer), _as_of(of.area_name, of.as_of)), link)


def _as_of(area: str, at: datetime) -> str:
    here = at.astimezone(CHINA)
    return f"{area}，截至 {month_words(here.date())}{here.day}日 {here:%H:%M}。"
