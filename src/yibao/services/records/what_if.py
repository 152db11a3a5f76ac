"""What would be if one stopped paying, moved away or retired later, from one's own record?

The record gives the facts, the law the answers; what neither knows is asked for, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yibao.services.formats import months_text
from yibao.services.permissions import Actor
from yibao.services.records.facts import asked, facts_at, figure
from yibao.services.records.gaps import covered_months, gap_facts, short_limit
from yibao.services.records.history import EMPLOYEE, History, history_of
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, Outcome, WhatIf, Whose
from yibao.services.records.words import enrolment_words, first_day, month_words, next_month
from yibao.services.records.years import TOPIC, missing, retires_on, with_more
from yibao.services.results import Done, Refused, RefusedError

CHANGES = ("stop", "move", "later")
YEARS_MAX, MONTHS_MAX = 10, 240
NOT_KNOWN = "要等多久，现有的资料定不下来，看下面的说明。"
NOTES = {
    "stop": "停缴以后，从哪一天起不能报销，现有的资料里没有查到，请拨打 12393。",
    "move": "要先在原来的地方停保、在新的地方参保，才能办转移。",
    "later": "按从现在起每个月都缴来算。",
}


def what_if(
    actor: Actor,
    change: str,
    *,
    months: int | None = None,
    to: str = "",
    years: int = 2,
    old_age: str = "",
    whose: Whose = MINE,
) -> Done[WhatIf] | Refused:
    """The outcomes of a change: stop (for some `months`), move (`to` an area), later (retire some `years` later)."""
    return told(lambda: _what_if(actor, change, months, to, years, old_age, whose))


def _what_if(actor: Actor, change: str, months: int | None, to: str, years: int, old_age: str, whose: Whose) -> WhatIf:
    if change not in CHANGES:
        raise RefusedError("unknown_change", "请选停缴、换地方或者晚退休。", CHANGES, "change")
    if months is not None and not 1 <= months <= MONTHS_MAX:
        raise RefusedError("months_out_of_range", f"停缴的月数要在1到{MONTHS_MAX}之间，请改一下。", field="months")
    if not 1 <= years <= YEARS_MAX:
        raise RefusedError("years_out_of_range", f"晚退休的年数要在1到{YEARS_MAX}之间，请改一下。", field="years")
    if change == "move" and not to.strip():
        raise RefusedError("to_needed", "请写要转到哪个市，例如上海。", field="to")
    record = opened(actor, whose, "what_if")
    history = history_of(record)
    ways: dict[str, Callable[[], list[Outcome]]] = {
        "stop": lambda: _stop(record, history, months),
        "move": lambda: [_move(record, history, to)],
        "later": lambda: _later(record, history, years, old_age),
    }
    stay = record.latest(record.today)
    now = f"{record.area_name}，{enrolment_words(stay.kind, stay.scheme_fact)}"
    outcomes = tuple(ways[change]())
    return WhatIf(change, record.area, record.area_name, record.as_of, now, NOTES[change], outcomes)


def _stop(record: Record, history: History, months: int | None) -> list[Outcome]:
    """Paid until this month, then nothing: the longest short gap and the first long one, or the months asked for."""
    stay = record.latest(record.today)
    if stay.is_retired:
        return [Outcome("停缴", "您已经退休，不用再缴医保费，没有停缴这回事。", {}, {})]
    if stay.scheme != EMPLOYEE:
        lengths = (1, 4) if months is None else (-(-months // 12),)
        return [_missed(record, years) for years in lengths]
    limit = short_limit(record.area, record.today)
    lengths = (months,) if months is not None else (limit, limit + 1) if limit else (3,)
    continuous = _continuous(record, history)
    return [_gap(record, continuous, length) for length in lengths]


def _gap(record: Record, continuous: int, months: int) -> Outcome:
    """Somebody in work who does not pay from the next month on, and goes on some months later."""
    stay = record.latest(record.today)
    first = next_month(first_day(record.today))
    resumed = next_month(first, months)
    given = gap_facts(stay, stay, months, continuous, 0)
    facts, answered = asked("gap", record.area, record.today, given, record.today)
    words = f"从{month_words(first)}起停{months_text(months)}，{month_words(resumed)}再续上："
    words += _waiting(figure(answered, "waiting_months"), resumed)
    return Outcome(f"停缴{months_text(months)}", words, facts, answered)


def _waiting(waiting: int | None, resumed: date) -> str:
    if waiting is None:
        return NOT_KNOWN
    if waiting == 0:
        return "没有等待期，续上的那个月就能报销。"
    return f"要等{months_text(waiting)}，从{month_words(next_month(resumed, waiting))}起能报销。"


def _missed(record: Record, years: int) -> Outcome:
    """A resident who does not pay for some years."""
    stay = record.latest(record.today)
    given = gap_facts(stay, stay, 12 * years, 0, years)
    facts, answered = asked("gap", record.area, record.today, given, record.today)
    waiting = figure(answered, "waiting_months")
    words = f"连着{years}年不交居民医保费："
    words += NOT_KNOWN if waiting is None else f"再参保时要等{months_text(waiting)}。"
    return Outcome(f"{years}年不交", words, facts, answered)


def _continuous(record: Record, history: History) -> int:
    """Months covered in a row up to this one, which is taken as paid."""
    covered = covered_months(record, history)
    month, months = next_month(first_day(record.today), -1), 1
    while month in covered:
        month, months = next_month(month, -1), months + 1
    if month < first_day(record.enrolments[0].starts):
        months += sum(one.paid_months for one in history.carried if one.scheme == EMPLOYEE)
    return months


def _move(record: Record, history: History, to: str) -> Outcome:
    """Asking for the transfer today."""
    facts = facts_at(record, history, record.area, record.today)
    facts |= {"to": to, "applied": record.today.isoformat(), "switched": "no"}
    narrow, answered = asked("transfer", record.area, record.today, facts, record.today)
    return Outcome(f"转到{to.strip()[:20]}", answered["summary"], narrow, answered)


def _later(record: Record, history: History, years: int, old_age: str) -> list[Outcome]:
    """Retiring when the law says, and some years later, having paid every month until then."""
    if record.latest(record.today).is_retired:
        return [Outcome("晚退休", "您已经退休，退休时间不再改变。", {}, {})]
    facts = facts_at(record, history, record.area, record.today) | ({"old_age": old_age} if old_age else {})
    narrow, answered = asked("retirement-age", record.area, record.today, facts, record.today)
    out = [Outcome("按规定退休", answered["summary"], narrow, answered)]
    month = retires_on(record, old_age)
    if month is None:
        return out
    for title, retires in (("到那时一直缴", month), (f"晚退休{years}年", next_month(month, 12 * years))):
        more = max(0, (retires.year - record.today.year) * 12 + retires.month - record.today.month)
        assumed = with_more(record, history, more, retires)
        narrow, answered = asked(TOPIC, record.area, record.today, assumed, record.today)
        words = f"{month_words(retires)}退休，从现在起再缴{months_text(more)}：{_short(missing(answered))}"
        out.append(Outcome(title, words, narrow, answered))
    return out


def _short(missing_months: int | None) -> str:
    if missing_months is None:
        return "还差多少，看下面。"
    return f"年限还差{months_text(missing_months)}。" if missing_months else "年限够了。"
