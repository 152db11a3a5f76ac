"""How many years of contributions entitle to benefits for life, and how many are missing (缴费年限)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yibao.law.helpers import reached
from yibao.law.parameters import Keyed, Law, given, keyed, keyed_rows
from yibao.law.registry import rule
from yibao.law.values import Fen, Month, Months, Ppm, Sex, YesNo


class PriceBy(IntEnum):
    """By what the price of a missing month is set (补缴的算法)."""

    OWN_BASE = 0
    SET_BASE = 1
    FIXED = 2


class Required(NamedTuple):
    """The months required of those who retire from a calendar month on."""

    from_month: Month
    months: Months
    at: str = ""


@dataclass(frozen=True)
class YearsLaw(Law):
    """The years an area asks for: in all, paid in the area itself, and really paid; and what missing ones cost.

    Who retires before `joined_until` is told apart by the month of joining: before `joined_before` the years are those
    of `required_early`, from `joined_from` on those of `required`, between the two it is not known which.
    """

    subject = "contribution_years"
    required: Keyed[tuple[Required, ...]] = keyed_rows(Required, "sex")
    required_early: Keyed[tuple[Required, ...]] = keyed_rows(Required, "sex")
    required_between: Keyed[tuple[Required, ...]] = keyed_rows(Required, "sex")
    joined_until: Month = given(default=0)
    joined_before: Month = given(default=0)
    joined_from: Month = given(default=0)
    deemed_counts: YesNo = given(default=1)
    required_local: Keyed[tuple[Required, ...]] = keyed_rows(Required, "sex")
    required_paid: Keyed[tuple[Required, ...]] = keyed_rows(Required, "sex")
    monthly_allowed: YesNo = given()
    once_allowed: YesNo = given()
    price_since: Keyed[Month] = keyed(int, "tier", default=0)
    monthly_by: PriceBy = given(PriceBy)
    monthly_sum: Keyed[Fen] = keyed(int, "tier")
    monthly_base: Fen = given()
    monthly_rate: Keyed[Ppm] = keyed(int, "tier")
    once_by: PriceBy = given(PriceBy)
    once_sum: Keyed[Fen] = keyed(int, "tier")
    once_base: Fen = given()
    once_rate: Keyed[Ppm] = keyed(int, "tier")


class TotalYears(NamedTuple):
    required_months: Months


class MissingYears(NamedTuple):
    missing_months: Months


class LocalYears(NamedTuple):
    required_local_months: Months


class MissingLocalYears(NamedTuple):
    missing_local_months: Months


class PaidYears(NamedTuple):
    required_paid_months: Months


class MissingPaidYears(NamedTuple):
    missing_paid_months: Months


LAW = "社会保险法 第二十七条；各统筹区的规定"


@rule(LAW, since="2011-07-01")
def required_years(p: YearsLaw, sex: Sex, retires: Month, joined: Month) -> TotalYears:
    """The months of contributions, real and deemed, required of someone who retires in a month.

    joined: the month of first joining, read only where the area tells people apart by it.

    >>> law = YearsLaw(required=Keyed.same((Required(0, 300),)))
    >>> required_years(law, Sex.MALE, 0, 0)
    TotalYears(required_months=300)
    """
    if retires < p.joined_until:
        if joined < p.joined_before:
            required_months = reached(p.required_early[sex], retires).months
            "当地按首次参保的时间分，您参保早，按早的一档"
            return TotalYears(required_months)
        if joined < p.joined_from:
            required_months = reached(p.required_between[sex], retires).months
            "当地按首次参保的时间分，您参保的那一年算哪一档没有查到"
            return TotalYears(required_months)
    required_months = reached(p.required[sex], retires).months
    return TotalYears(required_months)


@rule(LAW, since="2011-07-01")
def missing_years(p: YearsLaw, required_months: Months, paid_months: Months, deemed_months: Months) -> MissingYears:
    """The months still missing in all.

    >>> missing_years(YearsLaw(), 300, 200, 40)
    MissingYears(missing_months=60)
    """
    if deemed_months > 0:
        if not p.deemed_counts:
            missing_months = max(required_months - paid_months, 0)
            "当地要求的是实际缴费，视同缴费不算"
            return MissingYears(missing_months)
    missing_months = max(required_months - paid_months - deemed_months, 0)
    return MissingYears(missing_months)


@rule(LAW, since="2011-07-01")
def required_local_years(p: YearsLaw, sex: Sex, retires: Month) -> LocalYears:
    """The months that must have been paid in the area itself."""
    required_local_months = reached(p.required_local[sex], retires).months
    return LocalYears(required_local_months)


@rule(LAW, since="2011-07-01")
def missing_local_years(p: YearsLaw, required_local_months: Months, local_months: Months) -> MissingLocalYears:
    """The months still missing in the area itself."""
    missing_local_months = max(required_local_months - local_months, 0)
    return MissingLocalYears(missing_local_months)


@rule(LAW, since="2011-07-01")
def required_paid_years(p: YearsLaw, sex: Sex, retires: Month) -> PaidYears:
    """The months that must really have been paid, deemed ones not counted."""
    required_paid_months = reached(p.required_paid[sex], retires).months
    return PaidYears(required_paid_months)


@rule(LAW, since="2011-07-01")
def missing_paid_years(p: YearsLaw, required_paid_months: Months, paid_months: Months) -> MissingPaidYears:
    """The months still missing that must really be paid."""
    missing_paid_months = max(required_paid_months - paid_months, 0)
    return MissingPaidYears(missing_paid_months)
