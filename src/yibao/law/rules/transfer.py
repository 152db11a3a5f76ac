"""Moving one's enrolment to another pooling area: must one, how many working days it takes, what the account does."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Annotated, Any, NamedTuple

from yibao.law.parameters import Keyed, Law, given, keyed
from yibao.law.registry import rule
from yibao.law.values import Gap, NotApplicable, Range, Scheme, Status, Switched

WorkingDays = Annotated[int, Range(0, 250)]
Days = Annotated[int, Range(0, 400)]
Day = Annotated[int, Range(1, 3_000_000)]
AreaCode = Annotated[int, Range(0, 999_999)]


class Duty(IntEnum):
    """Whether the enrolment has to be moved (应当、可以)."""

    MAY = 0
    MUST = 1


class Account(IntEnum):
    """What becomes of the money of the individual account."""

    MOVES = 0
    STAYS = 1
    PAID_OUT = 2
    NO_ACCOUNT = 3


class YearEnd(IntEnum):
    """Whether the working days are counted into the next year."""

    SAME_YEAR = 0
    NEXT_YEAR = 1


def counted() -> Any:
    """A field that the calendar fills, for one person's day: what lies between the day and the last working day."""
    return field(default=Gap("transfer.calendar", "放假安排没有收进来"))


@dataclass(frozen=True)
class TransferLaw(Law):
    """The limits of both agencies on a day, and what the calendar says between the application and the last day."""

    subject = "transfer"
    duty_rule: Keyed[Duty] = keyed(Duty, "scheme", "switched")
    days_out: WorkingDays = given()
    days_in: WorkingDays = given()
    letter_days: WorkingDays = given(default=0)
    account_rule: Keyed[Account] = keyed(Account, "scheme")
    year_end: YearEnd = counted()
    weekend_days: Days = counted()
    holidays: Days = counted()
    worked_weekends: Days = counted()
    next_weekend_days: Days = counted()
    next_holidays: Days = counted()
    next_worked_weekends: Days = counted()


class Handling(NamedTuple):
    """Must or may it be moved, and the working days of the old and of the new agency."""

    duty: Duty
    working_days_out: WorkingDays
    working_days_in: WorkingDays


class Due(NamedTuple):
    """The day by which both agencies must be done."""

    due_on: Day


class TransferAccount(NamedTuple):
    """What becomes of the money of the individual account."""

    account: Account


LAW = "医保办发〔2021〕43号 基本医疗保险关系转移接续暂行办法"


@rule(LAW, since="2021-12-01")
def transfer(
    p: TransferLaw, home: AreaCode, to: AreaCode, scheme: Scheme, switched: Switched, status: Status
) -> Handling | NotApplicable:
    """Whether the enrolment must be moved, and how long each agency may take; not for retirees.

    Law: 医保办发〔2021〕43号: 10 working days for the old agency from acceptance on, 5 for the new one from the form.

    >>> law = TransferLaw(duty_rule=Keyed.same(Duty.MUST), days_out=10, days_in=5)
    >>> transfer(law, 110000, 310000, Scheme.EMPLOYEE, Switched.NO, Status.ACTIVE).working_days_out
    10
    """
    if to == home:
        return NotApplicable("两个地方属于同一个统筹区，医保关系不用转；换了单位，由新单位办参保登记就行")
    if scheme == Scheme.EMPLOYEE:
        if status == Status.RETIRED:
            return NotApplicable(
                "已经按退休人员享受职工医保待遇的，医保关系不转移（医保办发〔2021〕43号第二条）；长期住在外地的，可以办“异地安置退休人员”"
                "备案，在住的地方直接结算，待遇按原参保地的规定"
            )
    duty = p.duty_rule[scheme, switched]
    working_days_out = p.days_out
    "转出地从受理申请起办结：停保、开出信息表，账户有余额的同时转钱"
    if p.letter_days > 0:
        working_days_in = p.letter_days + p.days_in
        "转入地先开联系函，收到信息表以后再核对办结"
    else:
        working_days_in = p.days_in
        "转入地收到信息表以后核对办结"
    return Handling(duty, working_days_out, working_days_in)


@rule(LAW, since="2021-12-01")
def transfer_due(p: TransferLaw, applied: Day, working_days_out: WorkingDays, working_days_in: WorkingDays) -> Due:
    """The last day for both agencies, counted in working days after the day of acceptance, which is not counted.

    The working days are counted on the calendar of the yearly notices; the sum shows what lies in between.

    >>> from datetime import date
    >>> law = TransferLaw(year_end=YearEnd.SAME_YEAR, weekend_days=6, holidays=6, worked_weekends=2)
    >>> date.fromordinal(transfer_due(law, date(2026, 2, 9).toordinal(), 10, 5).due_on)
    datetime.date(2026, 3, 6)
    """
    working_days = working_days_out + working_days_in
    counted_to = applied + working_days
    "受理当天不算，从第二天数起"
    days_off = p.weekend_days + p.holidays - p.worked_weekends
    "这期间不上班的日子：周末，加上放在工作日的假，减去调休上班的周末"
    if p.year_end == YearEnd.NEXT_YEAR:
        next_days_off = p.next_weekend_days + p.next_holidays - p.next_worked_weekends
        "数到了第二年的那一段，按第二年的放假安排"
        due_on = counted_to + days_off + next_days_off
    else:
        due_on = counted_to + days_off
    return Due(due_on)


@rule(LAW, since="2021-12-01")
def transfer_account(p: TransferLaw, scheme: Scheme) -> TransferAccount:
    """What becomes of the money of the individual account: it moves with the enrolment. A resident has none.

    >>> transfer_account(TransferLaw(account_rule=Keyed.same(Account.MOVES)), Scheme.EMPLOYEE).account.name
    'MOVES'
    """
    account = p.account_rule[scheme]
    return TransferAccount(account)
