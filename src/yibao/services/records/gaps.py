"""Which months in a row are without contributions, and what does the law say of them (断缴)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yibao.law.values import Gap
from yibao.services.answers import TOPICS
from yibao.services.answers.working import law_of
from yibao.services.formats import months_text
from yibao.services.records.facts import asked, figure, stay_of
from yibao.services.records.history import EMPLOYEE, History
from yibao.services.records.opening import Enrolled, Record
from yibao.services.records.shapes import GapOfMonths
from yibao.services.records.words import first_day, last_day, month_words, next_month


@dataclass(frozen=True, slots=True)
class Hole:
    """Months in a row that nothing covers, and what lies on its two sides."""

    first: date
    months: int
    continuous: int  # months covered in a row before it
    before: Enrolled
    after: Enrolled
    is_open: bool

    @property
    def last(self) -> date:
        """The first day of its last month."""
        return next_month(self.first, self.months - 1)

    @property
    def missed_years(self) -> int:
        """The years that a resident missed: those it touches, or those that lie in it whole for who was an employee."""
        years = range(self.first.year, self.last.year + 1)
        if self.before.scheme != EMPLOYEE:
            return len(years)
        return sum(date(y, 1, 1) >= self.first and date(y, 12, 1) <= self.last for y in years)


def holes(record: Record, history: History) -> list[Hole]:
    """The months in a row without cover, oldest first; this month is not over and so never one."""
    covered = covered_months(record, history)
    month, this_month = first_day(record.enrolments[0].starts), first_day(record.today)
    continuous = sum(one.paid_months for one in history.carried if one.scheme == EMPLOYEE)
    out: list[Hole] = []
    run: list[date] = []
    while month <= this_month:
        if month not in covered and month < this_month:
            run.append(month)
        elif month in covered:
            if run:
                out.append(_hole(record, run, continuous, is_open=False))
                run, continuous = [], 0
            continuous += 1
        month = next_month(month)
    if run and not record.latest(run[0]).is_retired:  # a retiree who is here no more did not stop paying
        out.append(_hole(record, run, continuous, is_open=True))
    return out


def covered_months(record: Record, history: History) -> set[date]:
    """The months that are paid, counted or need no payment; a resident's paid year covers the months enrolled in it."""
    covered = {row.month for row in history.rows if row.scheme == EMPLOYEE}
    years = {row.month.year for row in history.rows if row.scheme != EMPLOYEE}
    for stay in record.enrolments:
        if stay.is_retired or stay.scheme != EMPLOYEE:
            last = min(stay.ends - timedelta(1) if stay.ends else record.today, record.today)
            month = first_day(stay.starts)
            while month <= last:
                if stay.is_retired or month.year in years:
                    covered.add(month)
                month = next_month(month)
    return covered


def _hole(record: Record, run: list[date], continuous: int, *, is_open: bool) -> Hole:
    before = record.latest(run[0])
    after = before if is_open else stay_of(record, next_month(run[-1])) or before
    return Hole(run[0], len(run), continuous, before, after, is_open)


def meaning(record: Record, hole: Hole) -> GapOfMonths:
    """What the law of the area says of a hole: on the day of going on, or today while it is open."""
    resumed, stay = next_month(hole.last), hole.after
    on = record.today if hole.is_open else resumed
    facts = gap_facts(hole.before, stay, hole.months, hole.continuous, hole.missed_years)
    told, answered = asked("gap", stay.area, on, facts, record.today)
    waiting = figure(answered, "waiting_months")
    benefits_from = next_month(resumed, waiting) if waiting is not None and not hole.is_open else None
    return GapOfMonths(
        first=hole.first,
        last=last_day(hole.last),
        months=hole.months,
        is_open=hole.is_open,
        words=_words(hole, waiting, benefits_from, pay_by := _pay_by(hole, on)),
        facts=told,
        answer=answered,
        benefits_from=benefits_from,
        pay_by=pay_by,
    )


def gap_facts(before: Enrolled, after: Enrolled, months: int, continuous: int, missed_years: int) -> dict[str, str]:
    """A hole as the topic of the law asks for it: somebody who went from one insurance to the other has switched."""
    facts = {
        "scheme": after.scheme_fact,
        "switched": "yes" if before.scheme != after.scheme else "no",
        "gap_months": str(min(months, 1200)),
        "continuous_months": str(min(continuous, 1200)),
    }
    if before.scheme == EMPLOYEE:
        facts["first_time"] = "no"
    if after.scheme != EMPLOYEE:
        facts |= {"missed_years": str(min(missed_years, 99)), "repaid_years": "0"}
    return facts


def short_limit(area: str, on: date) -> int | None:
    """The months up to which a gap is a short one in an area, where its law is known."""
    limit = getattr(law_of(TOPICS["gap"], area, on), "gap_limit", None)
    return None if limit is None or isinstance(limit, Gap) else int(limit)


def _pay_by(hole: Hole, on: date) -> date | None:
    """The last day of the month in which going on still leaves a short gap; None where it is over or not known."""
    limit = short_limit(hole.after.area, on) if hole.is_open and hole.after.scheme == EMPLOYEE else None
    last = None if limit is None else last_day(next_month(hole.first, limit))
    return last if last is not None and last >= on else None


def _words(hole: Hole, waiting: int | None, benefits_from: date | None, pay_by: date | None) -> str:
    span = month_words(hole.first)
    if hole.months > 1:
        span += f"到{month_words(hole.last)}"
    out = f"{span}，{'已经断了' if hole.is_open else '断了'}{months_text(hole.months)}。"
    if hole.is_open:
        out += "在别的地方参保了的，不算断。"
    if pay_by is not None:
        out += f"{month_words(pay_by)}底以前续上，还算断得不久。"
    if waiting is None:
        return out
    if waiting == 0:
        return out + ("现在续上，没有等待期。" if hole.is_open else "续上以后没有等待期。")
    if benefits_from is None:
        return out + f"现在续上，要等{months_text(waiting)}才能报销。"
    return out + f"续上以后等了{months_text(waiting)}，从{month_words(benefits_from)}起能报销。"
