"""How long one waits for benefits after a gap in contributions, and whether it may be paid up (断缴、待遇等待期)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from yibao.law.parameters import Keyed, Law, given, keyed
from yibao.law.registry import rule
from yibao.law.values import FirstTime, Months, NotApplicable, Range, Scheme, Switched, YesNo

GapYears = Annotated[int, Range(0, 99)]


@dataclass(frozen=True)
class GapLaw(Law):
    """What an area says about gaps on a day: short and long ones of employees, missed years of residents."""

    subject = "gap"
    first_wait: Keyed[Months] = keyed(int, "flexible")
    gap_limit: Months = given()
    short_wait: Keyed[Months] = keyed(int, "scheme", "flexible")
    long_wait: Keyed[Months] = keyed(int, "flexible")
    switch_months: Months = given()
    short_back_payment: YesNo = given()
    late_back_payment: YesNo = given()
    fixed_wait: Months = given()
    first_year_counts: YesNo = given(bool)
    year_wait: Months = given()
    repair_wait: Months = given()
    long_years: GapYears = given()
    long_years_wait: Months = given()
    repair_allowed: YesNo = given()


class Waiting(NamedTuple):
    """Full months from the payment on without benefits."""

    waiting_months: Months


class BackPayment(NamedTuple):
    """1: the gap may be paid up, 0: it may not."""

    back_payment_allowed: YesNo


LAW = "医保办发〔2021〕43号 第十一条；国办发〔2024〕38号"


@rule(LAW, since="2021-12-01", topic="waiting_period")
def waiting_period(
    p: GapLaw,
    scheme: Scheme,
    flexible: bool,
    switched: Switched,
    gap_months: Months,
    continuous_months: Months,
    missed_years: GapYears,
    repaid_years: GapYears,
    first_time: FirstTime,
) -> Waiting:
    """The months without benefits after a gap or at the first joining, by the scheme in which one goes on.

    Law: 医保办发〔2021〕43号 第十一条 (employees, and whoever switches schemes); 国办发〔2024〕38号 for residents:
    3 months, one more for each missed year, one less for each year paid up; 4 or more missed years: at least 6.

    >>> law = GapLaw(fixed_wait=3, first_year_counts=True, year_wait=1, repair_wait=1, long_years=4, long_years_wait=6)
    >>> waiting_period(law, Scheme.RESIDENT, False, Switched.NO, 0, 0, 5, 4, FirstTime.NO)
    Waiting(waiting_months=6)
    """
    if scheme == Scheme.EMPLOYEE:
        if first_time == FirstTime.YES:
            waiting_months = p.first_wait[flexible]
            "头一次参加职工医保"
            return Waiting(waiting_months)
    if switched == Switched.YES:
        if gap_months <= p.gap_limit:
            if continuous_months >= p.switch_months:
                waiting_months = p.short_wait[scheme, flexible]
                "职工医保和居民医保之间换，连续参保满规定时间、中断不超过规定月数"
                return Waiting(waiting_months)
    if scheme == Scheme.RESIDENT:
        if missed_years == 0:
            waiting_months = p.fixed_wait
            "没有断过，只是没有在规定的时间里交"
            return Waiting(waiting_months)
        if p.first_year_counts:
            counted_years = missed_years
        else:
            counted_years = max(missed_years - 1, 0)
        variable_wait = max(counted_years * p.year_wait - repaid_years * p.repair_wait, 0)
        "每断一年加，每补缴一年减"
        whole_wait = p.fixed_wait + variable_wait
        if missed_years >= p.long_years:
            waiting_months = max(whole_wait, p.long_years_wait)
            "连续断缴多年的，补缴以后也不少于规定的月数"
        else:
            waiting_months = whole_wait
        return Waiting(waiting_months)
    if switched == Switched.NO:
        if gap_months <= p.gap_limit:
            waiting_months = p.short_wait[scheme, flexible]
            "中断不超过规定月数，补缴以后"
            return Waiting(waiting_months)
    waiting_months = p.long_wait[flexible]
    "中断超过规定月数，或者换险种不满规定的连续时间"
    return Waiting(waiting_months)


@rule(LAW, since="2021-12-01", topic="back_payment")
def back_payment(p: GapLaw, scheme: Scheme, gap_months: Months, first_time: FirstTime) -> BackPayment | NotApplicable:
    """Whether the gap may be paid up: missed years of a resident, a short gap of an employee, a long one by local rule.

    >>> back_payment(GapLaw(gap_limit=3, short_back_payment=1), Scheme.EMPLOYEE, 3, FirstTime.NO)
    BackPayment(back_payment_allowed=1)
    """
    if scheme == Scheme.RESIDENT:
        back_payment_allowed = p.repair_allowed
    elif first_time == FirstTime.YES:
        return NotApplicable("头一次参加，没有断缴的时间要补")
    else:
        if gap_months <= p.gap_limit:
            back_payment_allowed = p.short_back_payment
        else:
            back_payment_allowed = p.late_back_payment
    return BackPayment(back_payment_allowed)
