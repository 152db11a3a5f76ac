"""What is credited to the individual account for a month (月划入, 俗称返款)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yibao.law.helpers import reached, share
from yibao.law.parameters import Keyed, Law, given, keyed, rows
from yibao.law.registry import rule
from yibao.law.values import Age, Fen, Month, NotApplicable, Ppm, Scheme, Status, Tier


class RetiredBy(IntEnum):
    """How an area measures what a retiree is credited (退休人员划入方式)."""

    MONTH_BANDS = 0
    YEAR_BANDS = 1
    AVERAGE = 2
    FRAME = 3
    AGE_RATES = 4
    OWN_PENSION = 5


class Band(NamedTuple):
    """The sum from an age on, fen a month (or a year, where the area credits by the year)."""

    from_age: Age
    amount: Fen
    at: str = ""


class AgeRate(NamedTuple):
    """The share of the area's average pension from an age on."""

    from_age: Age
    rate: Ppm
    at: str = ""


class OwnBand(NamedTuple):
    """The least and the most from an age on, where a retiree is credited a share of the own pension; fen a month."""

    from_age: Age
    least: Fen
    most: Fen
    at: str = ""


@dataclass(frozen=True)
class AllocationLaw(Law):
    """What an area says about the allocation on a day."""

    subject = "allocation"
    retired_by: RetiredBy = given(RetiredBy)
    retired_bands: tuple[Band, ...] = rows(Band)
    average_pension: Fen = given()
    retired_rate: Ppm = given()
    frame_rate: Ppm = given()
    age_rates: tuple[AgeRate, ...] = rows(AgeRate)
    own_rate: Ppm = given()
    own_bands: tuple[OwnBand, ...] = rows(OwnBand)
    own_since: Month = given(default=0)
    large_amount_fee: Fen = given()
    long_term_care_fee: Fen = given()
    has_account: Keyed[bool] = keyed(bool, "flexible", "tier")
    active_rate: Keyed[Ppm] = keyed(int, "flexible", "tier")
    active_large_amount_fee: Fen = given()
    active_care_rate: Keyed[Ppm] = keyed(int, "age")
    active_care_fee: Fen = given(default=0)


class Allocated(NamedTuple):
    """Fen a month, before what the area deducts from it."""

    allocation_gross: Fen


class AllocatedByYear(NamedTuple):
    """Fen a year, where the area credits the whole year at once."""

    allocation_year: Fen


class AllocatedNet(NamedTuple):
    """Fen a month that reach the account."""

    allocation_net: Fen


@rule("国办发〔2021〕14号 改革个人账户计入办法；各统筹区门诊共济保障机制实施办法", since="2021-04-22")
def allocation(
    p: AllocationLaw,
    scheme: Scheme,
    flexible: bool,
    status: Status,
    tier: Tier,
    age: Age,
    base: Fen,
    average_pension: Fen,
    pension: Fen,
    retired_month: Month,
) -> Allocated | AllocatedByYear | NotApplicable:
    """What is credited to the individual account for a month (月划入), before deductions.

    Law: 国办发〔2021〕14号 and each area's own act. An active member gets a share of the own contribution base, a
    retiree a sum by age or a share of the area's average pension; a resident has no individual account.

    base, average_pension, pension (the own one): fen a month; age: full years on the last day of the month;
    retired_month: read only where an area tells new retirees of its year of transition apart.

    >>> law = AllocationLaw(retired_by=RetiredBy.MONTH_BANDS, retired_bands=(Band(0, 10_000), Band(70, 11_000)))
    >>> allocation(law, Scheme.EMPLOYEE, False, Status.RETIRED, 0, 70, 0, 0, 0, 0)
    Allocated(allocation_gross=11000)
    """
    if scheme != Scheme.EMPLOYEE:
        return NotApplicable("居民医保不建个人账户，所以没有每月划入（返款）")
    if status == Status.ACTIVE:
        if not p.has_account[flexible, tier]:
            return NotApplicable("按这一档参保不建个人账户，所以没有每月划入（返款）")
        allocation_gross = share(base, p.active_rate[flexible, tier])
        "用人单位缴的全部进统筹基金，个人账户只计入个人缴费"
        return Allocated(allocation_gross)
    if p.retired_by == RetiredBy.YEAR_BANDS:
        allocation_year = reached(p.retired_bands, age).amount
        "按医保年度一次计入"
        return AllocatedByYear(allocation_year)
    if p.retired_by == RetiredBy.MONTH_BANDS:
        allocation_gross = reached(p.retired_bands, age).amount
    elif p.retired_by == RetiredBy.AVERAGE:
        allocation_gross = share(p.average_pension, p.retired_rate)
    elif p.retired_by == RetiredBy.AGE_RATES:
        allocation_gross = share(average_pension, reached(p.age_rates, age).rate)
        "按当地改革当年平均养老金的比例，不同年龄比例不同"
    elif p.retired_by == RetiredBy.OWN_PENSION:
        if p.own_since > 0:
            if retired_month < p.own_since:
                return NotApplicable("改革那年以前退休的，过渡期间每月划入的钱和改革以前一样多，不另外算")
        own_band = reached(p.own_bands, age)
        allocation_gross = min(max(share(pension, p.own_rate), own_band.least), own_band.most)
        "过渡期间按本人养老金的比例，有最低和最高"
    else:
        allocation_gross = share(average_pension, p.frame_rate)
        "国家只定了框架：按改革当年当地人均养老金的一定比例定额划入，以后不再调整"
    return Allocated(allocation_gross)


@rule("各统筹区从划入额中代扣的规定", since="2021-04-22")
def allocation_net(p: AllocationLaw, status: Status, age: Age, base: Fen, allocation_gross: Fen) -> AllocatedNet:
    """What of the monthly allocation reaches the account, after what the area deducts from it.

    Law: each area's own act on large-amount insurance and long-term care. base, allocation_gross: fen a month.

    >>> allocation_net(AllocationLaw(large_amount_fee=300, long_term_care_fee=0), Status.RETIRED, 70, 0, 11_000)
    AllocatedNet(allocation_net=10700)
    """
    if status == Status.ACTIVE:
        if p.active_care_fee > 0:
            deducted = p.active_large_amount_fee + p.active_care_fee
        else:
            deducted = p.active_large_amount_fee + share(base, p.active_care_rate[age])
    else:
        deducted = p.large_amount_fee + p.long_term_care_fee
    allocation_net = max(allocation_gross - deducted, 0)
    return AllocatedNet(allocation_net)
