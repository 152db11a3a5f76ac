"""The pension for life by the formula of 2005, and the months it asks for (基本养老金)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, NamedTuple

from yibao.law.helpers import half_up, phrase, reached, share
from yibao.law.parameters import Law, given, rows
from yibao.law.registry import rule
from yibao.law.values import MILLION, Count, Fen, Index, Months, Ppm, Range, Year

Wage = Annotated[int, Range(0, 10**9)]
"""Fen a month, at most 10,000,000 yuan: the pension multiplies it by index, years and rate, which must fit 64 bits."""


class PartAge(IntEnum):
    """How the divisor is found between two whole ages; no national text says, places practise LINEAR."""

    WHOLE = 0
    LINEAR = 1


class Minimum(NamedTuple):
    """The least number of months of those who retire from a year on."""

    from_year: Year
    months: Months
    at: str = ""


class Divisor(NamedTuple):
    """The months over which the individual account is paid out, by whole age at retirement (计发月数)."""

    age: int
    divisor: Months
    at: str = ""


@dataclass(frozen=True)
class PensionLaw(Law):
    """The nation's table and minimum, and the province's coefficient of the transitional pension."""

    subject = "pension"
    minimum_months: tuple[Minimum, ...] = rows(Minimum)
    divisors: tuple[Divisor, ...] = rows(Divisor)
    part_age: PartAge = given(PartAge)
    basic_rate: Ppm = given()
    years_scale: Count = given()
    transitional_rate: Ppm = given()


class MinimumYears(NamedTuple):
    minimum_pension_months: Months


class BasicPension(NamedTuple):
    basic_pension: Fen


class AccountPension(NamedTuple):
    account_pension: Fen


class TransitionalPension(NamedTuple):
    transitional_pension: Fen


class Pension(NamedTuple):
    pension: Fen


LAW = "国发〔2005〕38号 第六条"


@phrase("{rows:n}（{age_months}）", lookup=True)
def at_age(rows: tuple[Divisor, ...], age_months: Months) -> Divisor:
    """The row of the last whole age reached; the first row below the table, the last above it."""
    reached = [row for row in rows if row.age * 12 <= age_months]
    return reached[-1] if reached else rows[0]


@phrase("{rows:n}（{age_months}，下一岁）", lookup=True)
def after_age(rows: tuple[Divisor, ...], age_months: Months) -> Divisor:
    """The row of the next whole age; the last row above the table."""
    later = [row for row in rows if row.age * 12 > age_months]
    return later[0] if later else rows[-1]


@rule("国发〔2005〕38号 第六条；国务院关于渐进式延迟法定退休年龄的办法 第二条", since="2006-01-01")
def minimum_pension_years(p: PensionLaw, retires_year: Year) -> MinimumYears:
    """The least number of months of contributions for a monthly pension, by the year of retirement.

    >>> law = PensionLaw(minimum_months=(Minimum(0, 180), Minimum(2030, 186)))
    >>> minimum_pension_years(law, 2030)
    MinimumYears(minimum_pension_months=186)
    """
    minimum_pension_months = reached(p.minimum_months, retires_year).months
    return MinimumYears(minimum_pension_months)


@rule(LAW, since="2006-01-01")
def basic_pension(p: PensionLaw, wage: Wage, index: Index, months: Months) -> BasicPension:
    """The basic pension: half the sum of the area's wage base and the own indexed wage, 1 % of it for every year.

    wage: 计发基数, fen a month; index: the average contribution index in parts per million; months: paid and deemed.

    >>> law = PensionLaw(basic_rate=10_000, years_scale=100)
    >>> basic_pension(law, 807_900, 840_000, 208)  # an official slip of 2024: 1288.08
    BasicPension(basic_pension=128808)
    """
    indexed_wage = share(wage, index)
    years_hundredths = half_up(months * p.years_scale, 12)
    "缴费年限折成年，保留两位小数"
    basic_pension = half_up((wage + indexed_wage) * years_hundredths * p.basic_rate, 2 * MILLION * p.years_scale)
    "（计发基数 + 本人指数化月平均缴费工资）÷ 2 × 缴费年限 × 1%，四舍五入到分"
    return BasicPension(basic_pension)


@rule(LAW, since="2006-01-01")
def account_pension(p: PensionLaw, balance: Fen, age_months: Months) -> AccountPension:
    """What the individual pension account pays a month: balance ÷ 计发月数.

    age_months: the age at retirement in months. Between two whole ages the divisor is linear, to a tenth.

    >>> law = PensionLaw(divisors=(Divisor(60, 139), Divisor(61, 132)), part_age=PartAge.LINEAR)
    >>> account_pension(law, 11_164_005, 60 * 12 + 1)  # an official slip of 2025: 806.65, divisor 138.4
    AccountPension(account_pension=80665)
    """
    divisor = at_age(p.divisors, age_months).divisor
    months_past = max(age_months - at_age(p.divisors, age_months).age * 12, 0)
    if months_past == 0:
        divisor_tenths = divisor * 10
    elif p.part_age == PartAge.WHOLE:
        divisor_tenths = divisor * 10
        "不满整岁的月份不计"
    else:
        next_divisor = after_age(p.divisors, age_months).divisor
        divisor_tenths = half_up((divisor * max(12 - months_past, 0) + next_divisor * min(months_past, 12)) * 10, 12)
        "两个整岁之间按月插值，保留一位小数"
    account_pension = half_up(balance * 10, divisor_tenths)
    return AccountPension(account_pension)


@rule(LAW, since="2006-01-01")
def transitional_pension(p: PensionLaw, wage: Wage, index: Index, months_before_account: Months) -> TransitionalPension:
    """What is added for the months worked before individual accounts began; the coefficient is the province's."""
    indexed_wage = share(wage, index)
    if months_before_account == 0:
        transitional_pension = 0
        "没有建立个人账户以前的缴费年限，不计过渡性养老金"
    else:
        years_before_hundredths = half_up(months_before_account * p.years_scale, 12)
        transitional_pension = half_up(
            (wage + indexed_wage) * years_before_hundredths * p.transitional_rate, 2 * MILLION * p.years_scale
        )
    return TransitionalPension(transitional_pension)


@rule(LAW, since="2006-01-01")
def total_pension(p: PensionLaw, basic_pension: Fen, account_pension: Fen, transitional_pension: Fen) -> Pension:
    """The three parts together, fen a month.

    >>> total_pension(PensionLaw(), 240_000, 100_000, 0)
    Pension(pension=340000)
    """
    pension = basic_pension + account_pension + transitional_pension
    return Pension(pension)
