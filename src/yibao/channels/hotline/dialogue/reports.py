"""What does the caller's own record say, in a few sentences? Balance, contributions, allocation and its reason, years.

Every figure comes from `services.records`, which asks for permission and writes down who looked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from yibao.channels.hotline.dialogue.answers import Answer, grounds
from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.in_words import CHINESE, InWords
from yibao.channels.hotline.dialogue.states import Choice
from yibao.channels.hotline.dialogue.words import CASES_MAX, read
from yibao.channels.hotline.shapes import Turn
from yibao.services import records
from yibao.services.formats import fen_text
from yibao.services.records.shapes import AllocationOfMonth, Home, MonthRow, Months, YearsOfRecord
from yibao.services.results import Done, Refused

T = TypeVar("T")
PAID = ("paid", "back_paid")
YEARS_BACK = 3


def balance(call: Call) -> Turn:
    """How much is in the account, and what moved last."""
    return _told(call, records.home(call.signed_in, whose=_whose(call)), _balance)


def contribution(call: Call) -> Turn:
    """The last contribution, and whether months are missing."""
    home = records.home(call.signed_in, whose=_whose(call))
    if isinstance(home, Refused):
        return _refused(call, home)
    months = _last_months(call)
    return _refused(call, months) if isinstance(months, Refused) else _contribution(call, home.value, months.value)


def allocation(call: Call) -> Turn:
    """What was credited for this month or the last one, and why that sum, in two sentences."""
    return _told(call, records.allocation(call.signed_in, whose=_whose(call)), _allocation)


def years(call: Call, old_age: str = "") -> Turn:
    """How long was paid, and how long must be. Of a woman still in work it is asked when she could have retired."""
    done = records.years(call.signed_in, old_age=old_age, whose=_whose(call))
    if isinstance(done, Done) and _asks_old_age(done.value) and not old_age:
        values = {value: item for value, item in read("facts")["old_age"]["values"].items() if value != "60"}

        def chosen(call: Call, value: str) -> Turn:
            call.stack.pop()
            return years(call, value)

        return call.go(Choice(call.say("old_age")[0], values, chosen))
    return _told(call, done, _years)


def _asks_old_age(of: YearsOfRecord) -> bool:
    return of.scheme != "resident" and bool(of.retirement.get("cases"))


REPORTS: dict[str, Callable[[Call], Turn]] = {
    "balance": balance,
    "contribution": contribution,
    "allocation": allocation,
    "years": years,
}


def _told(call: Call, done: Done[T] | Refused, tell: Callable[[Call, T], Turn]) -> Turn:
    return _refused(call, done) if isinstance(done, Refused) else tell(call, done.value)


def _refused(call: Call, refused: Refused) -> Turn:
    """No record, or none that may be read: the same words, and back to the menu."""
    call.first += call.say("record_none") if call.is_english else [refused.message]
    return call.again()


def _balance(call: Call, home: Home) -> Turn:
    words = InWords(call.language)
    if home.balance is None:
        return call.go(Answer(words.say("balance_none")))
    says = words.say("balance", balance=words.money(home.balance))
    message = "".join(CHINESE.say("balance", balance=CHINESE.money(home.balance)))
    last = home.last_movement
    if last is not None and last.amount:  # what only moves between pockets is no movement to a caller
        name = "movement_in" if last.amount > 0 else "movement_out"
        says += words.say(name, day=words.day(last.on), amount=words.money(abs(last.amount)), title=last.title)
    year = {"credited": words.money(home.credited_this_year), "spent": words.money(home.spent_this_year)}
    says += words.say("year_so_far", **year)
    return call.go(Answer(says, message=f"{message}查于{home.as_of:%Y-%m-%d}。", is_own=True))


def _last_months(call: Call) -> Done[Months] | Refused:
    """The months of the last year in which something was paid: this one, or one of the two before it."""
    year = call.today.year
    found = records.months(call.signed_in, year, whose=_whose(call))
    for earlier in range(1, YEARS_BACK):
        if isinstance(found, Refused) or _last_paid(found.value) or year - earlier not in found.value.years:
            break
        found = records.months(call.signed_in, year - earlier, whose=_whose(call))
    return found


def _last_paid(months: Months) -> MonthRow | None:
    return next((row for row in reversed(months.rows) if row.state in PAID), None)


def _contribution(call: Call, home: Home, months: Months) -> Turn:
    says = _of_contribution(InWords(call.language), home, months)
    return call.go(Answer(says, message="".join(_of_contribution(CHINESE, home, months)), is_own=True))


def _of_contribution(words: InWords, home: Home, months: Months) -> list[str]:
    """The last contribution of three years, this month's, and what is missing."""
    row = _last_paid(months)
    if row is None:
        says = words.say("contribution_none")
    else:
        name = "contribution_year" if row.span == "year" else "contribution_last"
        says = words.say(name, words=row.words, month=words.month(row.month), year=words.year(row.month.year))
        paid = {"person": words.money(row.person_paid), "employer": words.money(row.employer_paid)}
        if row.person_paid or row.employer_paid:
            says += words.say("contribution_amounts" if row.employer_paid else "contribution_own", **paid)
    if row is None or row.span == "month" or row.month.year != home.month.year:
        says += words.say("contribution_now", words=home.month_words)
    if home.unpaid:
        count, first = words.length(len(home.unpaid)), words.month(home.unpaid[0])
        says += words.say("months_unpaid", count=count, first=first)
    return says


def _allocation(call: Call, of: AllocationOfMonth) -> Turn:
    words = InWords(call.language)
    says, why = [], _why(of.answer)
    this_month = call.today.replace(day=1)
    if of.posted is not None and of.month != this_month:
        says += words.say("this_month_not_yet", month=words.month(this_month))
    if not call.is_english:
        says += [of.words, *why]
    elif of.posted is None:
        says += words.say("allocation_none")
    else:
        says += words.say("allocation_posted", month=words.month(of.month), amount=words.money(of.posted))
        says += words.say("allocation_equal" if of.equal else "allocation_differs")
    message = "".join([of.words, *why])
    return call.go(Answer(says, ground=grounds(call, of.answer), message=message, is_own=True))


def _why(answered: dict[str, Any]) -> list[str]:
    """The reason in two sentences: how the sum came about, and what was taken from it, or by which document."""
    steps = {step["name"]: step for step in answered["steps"]}
    gross, taken, net = (steps.get(name) for name in ("allocation_gross", "deducted", "allocation_net"))
    if gross is None:
        return []
    sum_ = f"{fen_text(gross['value'])} 元"
    result = "" if gross["plain"].endswith(sum_) else f"，就是{sum_}"
    out = [f"为什么是这个数：{gross['plain']}{result}。"]
    if taken is not None and net is not None and taken["value"]:
        out.append(f"再替您扣掉{fen_text(taken['value'])}元，到账{fen_text(net['value'])}元。")
    else:
        out += [f"依据是{cited['document']}。" for cited in answered["citations"][:1]]
    return out


def _years(call: Call, of: YearsOfRecord) -> Turn:
    message = "".join(_of_years(CHINESE, of))
    return call.go(
        Answer(_of_years(InWords(call.language), of), ground=grounds(call, of.answer), message=message, is_own=True)
    )


def _of_years(words: InWords, of: YearsOfRecord) -> list[str]:
    """What is on record, what the law asks for, and when one retires; who has retired needs no more years."""
    total = of.counted.total
    says = words.say("years_on_record", total=words.length(total)) if total else words.say("years_none")
    if of.is_retired:
        return [*words.say("retired_already"), *says]
    if of.scheme == "resident":
        says = [*words.say("resident_years"), *(says if total else [])]
        return says if words.language == "en" else [*says, of.retirement["summary"]]
    figures = {name: found["value"] for name, found in of.answer["figures"].items() if "value" in found}
    if words.language == "zh":
        says += words.say("too_many_cases") if len(of.answer["cases"]) > CASES_MAX else [of.answer["summary"]]
        return [*says, of.retirement["summary"]] if of.retirement.get("figures") else says
    if "required_months" in figures:
        says += words.say("years_required", required=words.length(figures["required_months"]))
    missing = figures.get("missing_months")
    if missing is not None:
        says += words.say("years_missing" if missing else "years_enough", missing=words.length(missing))
    return says if figures else [*says, *words.say("figure_unknown")]


def _whose(call: Call) -> records.Whose:
    return records.Whose(today=call.today)
