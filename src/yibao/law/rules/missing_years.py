"""What may be done about missing years of contributions, and what it costs (年限不够怎么办、要补多少钱)."""

from __future__ import annotations

from typing import NamedTuple

from yibao.law.helpers import share
from yibao.law.parameters import Keyed  # noqa: F401  for the examples
from yibao.law.registry import rule
from yibao.law.rules.contribution_years import PriceBy, YearsLaw
from yibao.law.values import Fen, Month, Months, NotApplicable, Tier, YesNo


class MonthByMonth(NamedTuple):
    """1: one may go on paying month by month until the years are full, 0: one may not."""

    may_pay_monthly: YesNo


class AtOnce(NamedTuple):
    """1: the missing years may be paid in one sum, 0: they may not."""

    may_pay_once: YesNo


class MonthlyPrice(NamedTuple):
    """Fen a month for whoever goes on paying, at the prices of the day."""

    monthly_payment: Fen


class OncePrice(NamedTuple):
    """Fen for one missing month, and for all of them, where they are paid at once on the day."""

    once_month: Fen
    one_payment: Fen


LAW = "社会保险法 第二十七条；各统筹区的规定"


@rule(LAW, since="2011-07-01")
def month_by_month(p: YearsLaw, missing_months: Months) -> MonthByMonth | NotApplicable:
    """Whether one may go on paying month by month after the retirement age.

    >>> month_by_month(YearsLaw(monthly_allowed=1), 60)
    MonthByMonth(may_pay_monthly=1)
    """
    if missing_months == 0:
        return NotApplicable("年限已经够了，不用再缴")
    may_pay_monthly = p.monthly_allowed
    return MonthByMonth(may_pay_monthly)


@rule(LAW, since="2011-07-01")
def at_once(p: YearsLaw, missing_months: Months) -> AtOnce | NotApplicable:
    """Whether the missing years may be paid in one sum.

    >>> at_once(YearsLaw(once_allowed=1), 60)
    AtOnce(may_pay_once=1)
    """
    if missing_months == 0:
        return NotApplicable("年限已经够了，不用再缴")
    may_pay_once = p.once_allowed
    return AtOnce(may_pay_once)


@rule(LAW, since="2011-07-01")
def monthly_price(
    p: YearsLaw, retires: Month, missing_months: Months, tier: Tier, base: Fen
) -> MonthlyPrice | NotApplicable:
    """What one pays a month, going on until the years are full.

    >>> law = YearsLaw(monthly_allowed=1, monthly_by=PriceBy.SET_BASE, monthly_base=672_700,
    ...     monthly_rate=Keyed.same(60_000))
    >>> monthly_price(law, 0, 60, 1, 0)
    MonthlyPrice(monthly_payment=40362)
    """
    if missing_months == 0:
        return NotApplicable("年限已经够了，不用再缴")
    if not p.monthly_allowed:
        return NotApplicable("当地不能按月接着缴")
    if p.monthly_by == PriceBy.FIXED:
        monthly_payment = p.monthly_sum[tier]
    elif retires < p.price_since[tier]:
        return NotApplicable("到退休年龄的时候还是老办法，补缴的价钱没有查到")
    elif p.monthly_by == PriceBy.SET_BASE:
        monthly_payment = share(p.monthly_base, p.monthly_rate[tier])
    else:
        monthly_payment = share(base, p.monthly_rate[tier])
    return MonthlyPrice(monthly_payment)


@rule(LAW, since="2011-07-01")
def once_price(p: YearsLaw, retires: Month, missing_months: Months, tier: Tier, base: Fen) -> OncePrice | NotApplicable:
    """What all missing months cost, paid at once at the prices of the day; a base of one's own is the last one.

    >>> law = YearsLaw(once_allowed=1, once_by=PriceBy.FIXED, once_sum=Keyed.same(66_586))
    >>> once_price(law, 0, 60, 0, 0)
    OncePrice(once_month=66586, one_payment=3995160)
    """
    if missing_months == 0:
        return NotApplicable("年限已经够了，不用再缴")
    if not p.once_allowed:
        return NotApplicable("当地不能一次补缴")
    if p.once_by == PriceBy.FIXED:
        once_month = p.once_sum[tier]
        "当地公布了一次补缴每个月多少钱"
    elif retires < p.price_since[tier]:
        return NotApplicable("到退休年龄的时候还是老办法，补缴的价钱没有查到")
    elif p.once_by == PriceBy.SET_BASE:
        once_month = share(p.once_base, p.once_rate[tier])
        "当地定了补缴按多少工资算"
    else:
        once_month = share(base, p.once_rate[tier])
        "按本人最后的缴费基数算"
    one_payment = once_month * missing_months
    "还差几个月就补几个月的"
    return OncePrice(once_month, one_payment)
