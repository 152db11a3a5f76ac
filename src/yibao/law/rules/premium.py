"""What is paid for the insurance, and by whom (缴费): employees a share of the wage, residents a sum a year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yibao.law.helpers import share
from yibao.law.parameters import Keyed, Law, given, keyed
from yibao.law.registry import rule
from yibao.law.values import Age, AidGroup, Category, Fen, NotApplicable, Ppm, Scheme, Status, Tier, Year


class BaseLimits(IntEnum):
    """Whether the limits of the contribution base are known (缴费基数上下限)."""

    AS_GIVEN = 0
    LIMITED = 1


class FlexibleBy(IntEnum):
    """How those who pay for themselves are charged (灵活就业人员缴费方式)."""

    CHOSEN_BASE = 0
    SET_BASE = 1
    FIXED = 2


@dataclass(frozen=True)
class PremiumLaw(Law):
    """What an area says about contributions on a day."""

    subject = "premium"
    base_limits: BaseLimits = given(BaseLimits)
    base_floor: Fen = given()
    base_ceiling: Fen = given()
    person_rate: Keyed[Ppm] = keyed(int, "tier")
    employer_rate: Keyed[Ppm] = keyed(int, "tier")
    extra_fee: Keyed[Fen] = keyed(int, "flexible")
    flexible_by: FlexibleBy = given(FlexibleBy)
    flexible_rate: Keyed[Ppm] = keyed(int, "tier")
    flexible_base: Keyed[Fen] = keyed(int, "tier")
    flexible_sum: Keyed[Fen] = keyed(int, "tier")
    account_rate: Keyed[Ppm] = keyed(int, "flexible", "tier")
    resident_premium: Keyed[Fen] = keyed(int, "category", "tier", "age")
    resident_subsidy: Keyed[Fen] = keyed(int, "category", "tier", "age")
    premium_aid: Keyed[Fen] = keyed(int, "aid_group")


class ByBase(NamedTuple):
    """Fen a month, and the base on which it is reckoned."""

    premium_base: Fen
    person_month: Fen


class ByMonth(NamedTuple):
    """Fen a month, where the area sets the sum itself."""

    person_month: Fen


class ByYear(NamedTuple):
    """Fen for a whole year of insurance, and which year that is."""

    person_year: Fen
    insurance_year: Year


class Employer(NamedTuple):
    """Fen a month that the employer adds."""

    employer_month: Fen


class ToAccount(NamedTuple):
    """Fen a month of it that go to the own account."""

    allocated: Fen


class Aided(NamedTuple):
    """Fen a year of a resident's own premium that the government pays, and what is left."""

    aid_year: Fen
    own_after_aid: Fen


class Subsidy(NamedTuple):
    """Fen a year that the government adds for a resident."""

    subsidy_year: Fen


@rule("社会保险法 第二十三条、第二十五条、第二十七条；各统筹区的缴费标准", since="2011-07-01")
def premium(
    p: PremiumLaw,
    scheme: Scheme,
    flexible: bool,
    status: Status,
    tier: Tier,
    category: Category,
    age: Age,
    base: Fen,
    asked_year: Year,
) -> ByBase | ByMonth | ByYear | NotApplicable:
    """What a person pays: an employee a share of the base each month, a resident a sum for the year of insurance.

    base: fen a month; asked_year: the year of insurance of a resident, paid in the window before it begins.

    >>> law = PremiumLaw(base_limits=BaseLimits.LIMITED, base_floor=440_400, base_ceiling=2_201_700,
    ...     person_rate=Keyed.same(20_000), extra_fee=Keyed.same(500))
    >>> premium(law, Scheme.EMPLOYEE, False, Status.ACTIVE, 0, Category.ADULT, 40, 300_000, 2025)
    ByBase(premium_base=440400, person_month=9308)
    """
    if scheme == Scheme.RESIDENT:
        person_year = p.resident_premium[category, tier, age]
        "居民医保一年交一次，钱在这一年开始以前的集中缴费期里交"
        insurance_year = asked_year
        return ByYear(person_year, insurance_year)
    if status == Status.RETIRED:
        return NotApplicable("退休时交满了规定年限的，不再交基本医疗保险费；没有交满的，要看“还差几年”")
    if flexible:
        if p.flexible_by == FlexibleBy.FIXED:
            person_month = p.flexible_sum[tier]
            "当地直接定了每月交多少"
            return ByMonth(person_month)
        if p.flexible_by == FlexibleBy.SET_BASE:
            premium_base = p.flexible_base[tier]
            "灵活就业人员的缴费基数由当地统一定"
        elif p.base_limits == BaseLimits.LIMITED:
            premium_base = min(max(base, p.base_floor), p.base_ceiling)
            "低于下限的按下限，高于上限的按上限"
        else:
            premium_base = base
        person_month = share(premium_base, p.flexible_rate[tier]) + p.extra_fee[flexible]
        return ByBase(premium_base, person_month)
    if p.base_limits == BaseLimits.LIMITED:
        premium_base = min(max(base, p.base_floor), p.base_ceiling)
        "低于下限的按下限，高于上限的按上限"
    else:
        premium_base = base
    person_month = share(premium_base, p.person_rate[tier]) + p.extra_fee[flexible]
    return ByBase(premium_base, person_month)


@rule("社会保险法 第二十三条；各统筹区的缴费标准", since="2011-07-01")
def employer_premium(
    p: PremiumLaw, scheme: Scheme, flexible: bool, tier: Tier, premium_base: Fen
) -> Employer | NotApplicable:
    """What the employer adds each month.

    >>> employer_premium(PremiumLaw(employer_rate=Keyed.same(90_000)), Scheme.EMPLOYEE, False, 0, 800_000)
    Employer(employer_month=72000)
    """
    if scheme == Scheme.RESIDENT or flexible:
        return NotApplicable("没有单位，全部由本人交")
    employer_month = share(premium_base, p.employer_rate[tier])
    return Employer(employer_month)


@rule("国办发〔2021〕14号 个人账户计入办法；各统筹区的规定", since="2021-04-22")
def account_premium(
    p: PremiumLaw, scheme: Scheme, flexible: bool, tier: Tier, premium_base: Fen
) -> ToAccount | NotApplicable:
    """What of a month's contribution goes to the own account: the employer's part goes to the pooled fund.

    >>> account_premium(PremiumLaw(account_rate=Keyed.same(20_000)), Scheme.EMPLOYEE, False, 0, 800_000)
    ToAccount(allocated=16000)
    """
    if scheme == Scheme.RESIDENT:
        return NotApplicable("居民医保不建个人账户")
    allocated = share(premium_base, p.account_rate[flexible, tier])
    return ToAccount(allocated)


@rule("社会保险法 第二十五条；各统筹区的筹资标准", since="2011-07-01")
def resident_subsidy(
    p: PremiumLaw, scheme: Scheme, category: Category, tier: Tier, age: Age
) -> Subsidy | NotApplicable:
    """What the government adds for a resident in the year of insurance.

    >>> law = PremiumLaw(resident_subsidy=Keyed.same(70_000))
    >>> resident_subsidy(law, Scheme.RESIDENT, Category.ADULT, 0, 40)
    Subsidy(subsidy_year=70000)
    """
    if scheme != Scheme.RESIDENT:
        return NotApplicable("职工医保没有按人的财政补助")
    subsidy_year = p.resident_subsidy[category, tier, age]
    return Subsidy(subsidy_year)


@rule("国办发〔2021〕42号；社会保险法 第二十五条；各统筹区的资助标准", since="2011-07-01")
def premium_aid(p: PremiumLaw, scheme: Scheme, aid_group: AidGroup, person_year: Fen) -> Aided | NotApplicable:
    """What the government pays of the own premium of a resident in need; without a limit it pays all of it.

    >>> premium_aid(PremiumLaw(premium_aid=Keyed.same(28_500)), Scheme.RESIDENT, AidGroup.LOW_INCOME, 38_000)
    Aided(aid_year=28500, own_after_aid=9500)
    """
    if scheme != Scheme.RESIDENT:
        return NotApplicable("资助参保说的是居民医保")
    if aid_group == AidGroup.NONE:
        return NotApplicable("不是困难群众，没有参保资助")
    aid_year = min(p.premium_aid[aid_group], person_year)
    own_after_aid = person_year - aid_year
    return Aided(aid_year, own_after_aid)
