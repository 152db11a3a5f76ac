"""What does the law of an area allocate in a month, and on which values? Each different case is worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from yibao.law.parameters.resolving import begins
from yibao.law.registry import in_force
from yibao.law.rules.premium import PremiumLaw
from yibao.law.values import Gap, Missing, NeedsFact, Scheme, Status
from yibao.services.answers.topics import TOPICS
from yibao.services.answers.working import figures_of, law_of
from yibao.services.results import RefusedError

Value = tuple[str, date]
"""A value of the law as an agency adopts it: its path and its first day."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """Fen of one person's month: what is credited, and what is deducted from it for which fund."""

    gross: int
    large_amount: int
    long_term_care: int


def age_at_end(born: date, month: date) -> int:
    """Full years on the last day of a month (decision 6)."""
    last = last_day_of(month)
    return last.year - born.year - ((last.month, last.day) < (born.month, born.day))


@lru_cache(maxsize=600)
def last_day_of(month: date) -> date:
    """The last day of a month, told by its first."""
    return (month + timedelta(31)).replace(day=1) - timedelta(1)


@lru_cache(maxsize=600)
def text_of(month: date) -> str:
    """A month as it stands in a key: 2025-06."""
    return f"{month:%Y-%m}"


Cases = dict[tuple[int, ...], Allocated]
CASES_MAX = 200_000


@lru_cache(maxsize=600)
def amounts_of(area: str, month: date) -> Amounts:
    """The law of an area and a month; months under the same law share what was worked out. No law yet is a gap."""
    try:
        amounts = Amounts(area, month)
        rules = tuple((name, in_force(name, month)) for name in amounts.topic.rules)
    except Missing as error:
        raise RefusedError("allocation_law_has_a_gap", _gap_words(area, error.gap)) from None
    amounts.known = _cases_of(area, tuple(sorted(amounts.values)), rules)
    return amounts


@lru_cache(maxsize=32)
def _cases_of(area: str, values: tuple[Value, ...], rules: tuple[object, ...]) -> Cases:
    """What was worked out under one law, told by its values and rules; empty at first."""
    del area, values, rules
    return {}


@dataclass
class Amounts:
    """The law of one area and one month, as of the month's first day."""

    area: str
    month: date
    known: Cases = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.topic = TOPICS["allocation"]
        self.law = law_of(self.topic, self.area, self.month)
        self.premium = law_of(TOPICS["premium"], self.area, self.month)

    @property
    def values(self) -> set[Value]:
        """The values in force on which a month of the area rests; a gap is no value."""
        own = {
            (f"allocation.{name}", begins(entry)) for name, (_, entry) in self.law.entries.items() if "gap" not in entry
        }
        fee = self.premium.entries.get("extra_fee")
        return own | ({("premium.extra_fee", begins(fee[1]))} if fee and "gap" not in fee[1] else set())

    def retired(self, age: int) -> Allocated:
        """What a retiree of an age is credited, and the fees that are taken from it."""
        return self._case(Status.RETIRED, 0, age, 0)

    def in_work(self, base: int, *, flexible: bool, age: int) -> Allocated:
        """What somebody in work is credited of the own contribution on a base."""
        return self._case(Status.ACTIVE, int(flexible), age, base)

    def large_amount_of(self, *, flexible: bool) -> int:
        """Fen a month that a person in work pays besides for the large-amount insurance; 0 where no law says so."""
        assert isinstance(self.premium, PremiumLaw)  # noqa: S101  the topic's own law
        fee = self.premium.extra_fee[flexible, 0]
        return 0 if isinstance(fee, Gap) else int(fee)

    def _case(self, status: Status, flexible: int, age: int, base: int) -> Allocated:
        case = (int(status), flexible, age, base)
        found = self.known.get(case)
        if found is None:
            if len(self.known) >= CASES_MAX:
                self.known.clear()
            found = self.known[case] = self._worked(status, flexible, age, base)
        return found

    def _worked(self, status: Status, flexible: int, age: int, base: int) -> Allocated:
        inputs = {
            "scheme": Scheme.EMPLOYEE,
            "flexible": flexible,
            "status": status,
            "tier": 0,
            "age": age,
            "base": base,
        }
        try:
            worked = figures_of(self.topic, self.law, self.month, inputs)
        except Missing as error:
            raise RefusedError("allocation_law_has_a_gap", _gap_words(self.area, error.gap)) from None
        except NeedsFact as error:
            raise RefusedError("allocation_needs_a_fact", f"{error.name} 没有记录，这个月的划入算不出来。") from None
        if worked.reason:
            return Allocated(0, 0, 0)
        if worked.gaps:
            raise RefusedError("allocation_law_has_a_gap", _gap_words(self.area, worked.gaps[0]))
        if "allocation_gross" not in worked.figures:
            raise RefusedError("allocated_by_year", f"{self.area} 按医保年度一次划入，不按月，这里还不能记账。")
        gross, net = worked.figures["allocation_gross"], worked.figures["allocation_net"]
        fee = "large_amount_fee" if status == Status.RETIRED else "active_large_amount_fee"
        large = min(int(getattr(self.law, fee)), gross - net)
        return Allocated(gross, large, gross - net - large)


def _gap_words(area: str, gap: Gap) -> str:
    what = gap.why or gap.path
    return f"{area} 的划入规定里有一项没有查到，不能记账：{what}。" + (f"要看：{gap.settles}。" if gap.settles else "")
