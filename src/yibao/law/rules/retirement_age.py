"""At what age and in which month one reaches the statutory retirement age (法定退休年龄)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from yibao.law.parameters import Keyed, Law, keyed
from yibao.law.registry import rule
from yibao.law.values import Month, Months, NotApplicable, Range, Sex

OldAge = Annotated[int, Range(50, 60)]


@dataclass(frozen=True)
class RetirementAgeLaw(Law):
    """The old ages, and how they rise: from which birth month, by how many months, up to what."""

    subject = "retirement_age"
    old_ages: Keyed[Months] = keyed(int, "sex", "old_age")
    first_affected: Keyed[Month] = keyed(int, "sex", "old_age")
    step: Keyed[Months] = keyed(int, "sex", "old_age")
    delay_max: Keyed[Months] = keyed(int, "sex", "old_age")


class Retirement(NamedTuple):
    """Months of delay, the age in months, and the number of the calendar month."""

    delay_months: Months
    retirement_age_months: Months
    retires_on: Month


@rule("国务院关于渐进式延迟法定退休年龄的办法 第一条", since="2025-01-01")
def retirement_age(p: RetirementAgeLaw, sex: Sex, old_age: OldAge, born: Month) -> Retirement | NotApplicable:
    """When one reaches the statutory retirement age.

    Law: 全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13). For every `step` months
    by which the birth month is later than the first affected one, the age rises by one month, up to `delay_max`.

    born: number of the birth month; old_age: 50, 55 or 60, the age before the reform.

    >>> from yibao.law.values import month_number, month_text
    >>> law = RetirementAgeLaw(old_ages=Keyed.same(720), first_affected=Keyed.same(month_number(1965, 1)),
    ...                        step=Keyed.same(4), delay_max=Keyed.same(36))
    >>> delay, age, month = retirement_age(law, Sex.MALE, 60, month_number(1970, 6))
    >>> delay, age, month_text(month)
    (17, 737, '2031-11')
    """
    old_age_months = p.old_ages[sex, old_age]
    if born < p.first_affected[sex, old_age]:
        delay_months = 0
        "办法施行前已到原法定退休年龄，不延迟"
    else:
        delay_months = min(
            (born - p.first_affected[sex, old_age]) // p.step[sex, old_age] + 1, p.delay_max[sex, old_age]
        )
    retirement_age_months = old_age_months + delay_months
    retires_on = born + retirement_age_months
    return Retirement(delay_months, retirement_age_months, retires_on)
