"""Who pays what of ordinary care without a stay in hospital (普通门诊费用分担)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yibao.law.helpers import half_up, phrase, rounded, share, within
from yibao.law.parameters import Keyed, Law, given, keyed, keyed_rows
from yibao.law.registry import rule
from yibao.law.rules.inpatient import Segment, cut
from yibao.law.values import MILLION, UNLIMITED, Age, Fen, Level, Month, Ppm, Scheme, Status, Tier


class DeductiblePer(IntEnum):
    """Whether the deductible is borne once a year or at each visit (门诊起付标准按年或按次)."""

    YEAR = 0
    VISIT = 1


class CapBy(IntEnum):
    """Whether the yearly limit is a sum or a share of the area's average wage (门诊最高支付限额)."""

    SUM = 0
    WAGE = 1


class ChronicBy(IntEnum):
    """Whether outpatient care for a disease has shares of its own or is paid like a stay (门诊慢特病待遇)."""

    OWN = 0
    STAY = 1


@dataclass(frozen=True)
class OutpatientLaw(Law):
    """What an area says about outpatient care on a day; `chronic_…` is that of chronic and special diseases."""

    subject = "outpatient"
    deductible_per: DeductiblePer = given(DeductiblePer, default=DeductiblePer.YEAR)
    outpatient_deductible: Keyed[Fen] = keyed(
        int, "scheme", "level", "status", "tier", "early", "signed", "age", burdens=True
    )
    early_until: Month = given(default=0)
    by_segments: bool = given(bool, default=False)
    segments: Keyed[tuple[Segment, ...]] = keyed_rows(
        Segment, "scheme", "level", "status", "tier", "early", "signed", "age"
    )
    outpatient_rate: Keyed[Ppm] = keyed(int, "scheme", "level", "status", "tier", "early", "signed", "age")
    cap_by: CapBy = given(CapBy, default=CapBy.SUM)
    outpatient_cap: Keyed[Fen] = keyed(int, "scheme", "flexible", "level", "status", "tier", "signed", "age")
    cap_wage: Fen = given()
    cap_rate: Keyed[Ppm] = keyed(int, "scheme", "level", "status", "tier")
    above_cap_rate: Keyed[Ppm] = keyed(int, "scheme", default=0)
    away_first_share: Keyed[Ppm] = keyed(int, "away", "scheme", default=0, burdens=True)
    away_cut: Keyed[Ppm] = keyed(int, "away", "scheme", burdens=True)
    chronic_by: Keyed[ChronicBy] = keyed(ChronicBy, "scheme", "disease")
    chronic_deductible: Keyed[Fen] = keyed(int, "scheme", "disease", burdens=True)
    chronic_segments: Keyed[tuple[Segment, ...]] = keyed_rows(Segment, "scheme", "disease", "level", "status", "tier")
    chronic_cap: Keyed[Fen] = keyed(int, "scheme", "disease")


class OutpatientShares(NamedTuple):
    """Fen: what counts, the deductible in it, what the fund pays, and what is left."""

    eligible: Fen
    deductible: Fen
    fund_pays: Fen
    person_pays: Fen


@phrase("{lower:v} 以下各段支付的钱", "{lower:v} 以下的那些段里付的钱")
def paid_below(segments: tuple[Segment, ...], lower: Fen, deductible: Fen) -> int:
    """What the segments below an amount pay in a year, above the deductible, in fen x parts per million."""
    return sum(t.rate * within(min(lower, t.upper), max(t.lower, deductible), t.upper) for t in segments)


@phrase("基金已付的 {paid:v} 倒推出的费用", "从基金已付的 {paid:v} 倒推出的费用")
def cost_behind(segments: tuple[Segment, ...], paid: Fen, deductible: Fen) -> Fen:
    """The cost above the deductible for which the segments have paid an amount.

    >>> cost_behind((Segment(0, 2_000_000, 700_000), Segment(2_000_000, 10**11, 600_000)), 1_274_000 + 6_000, 180_000)
    1830000
    """
    return sum(
        min(
            within(UNLIMITED, max(s.lower, deductible), s.upper),
            half_up(max(paid * MILLION - paid_below(segments, s.lower, deductible), 0), max(s.rate, 1)),
        )
        for s in segments
    )


@rule("国办发〔2021〕14号 建立健全门诊共济保障机制；各统筹区普通门诊统筹的规定", since="2021-04-22")
def outpatient(
    p: OutpatientLaw,
    scheme: Scheme,
    flexible: bool,
    status: Status,
    tier: Tier,
    age: Age,
    level: Level,
    signed_doctor: bool,
    cost: Fen,
    excluded: Fen,
    upfront: Fen,
    per_visit: Fen,
    used_deductible: Fen,
    used_cap: Fen,
    retired_month: Month,
    away_upfront: Fen,
    rate_cut: Ppm,
) -> OutpatientShares:
    """Who pays what of outpatient care: the deductible of the year or of each visit, the share, the yearly limit.

    Law: 国办发〔2021〕14号 and each area's own act. Amounts in fen. used_deductible, used_cap: borne and paid for
    outpatient care this year; per_visit: what one of several visits cost, 0 if the cost is that of one; retired_month:
    number of the month of retirement, read only where the area treats those retired early apart; away_upfront,
    rate_cut: what care elsewhere costs (see rules/away), 0 at home.

    >>> law = OutpatientLaw(outpatient_deductible=Keyed.same(50_000), outpatient_rate=Keyed.same(700_000),
    ...     outpatient_cap=Keyed.same(10**11))
    >>> outpatient(law, Scheme.EMPLOYEE, False, Status.ACTIVE, 0, 50, Level.THREE, False, 2_000_000, *[0] * 8)
    OutpatientShares(eligible=2000000, deductible=50000, fund_pays=1365000, person_pays=635000)
    """
    eligible = max(cost - excluded - upfront if away_upfront == 0 else cost - excluded - upfront - away_upfront, 0)
    early = status == Status.RETIRED and p.early_until > 0 and retired_month <= p.early_until
    deductible_set = p.outpatient_deductible[scheme, level, status, tier, early, signed_doctor, age]
    if deductible_set == 0:
        deductible = 0
        "不设起付标准"
    elif p.deductible_per == DeductiblePer.YEAR:
        deductible = min(max(deductible_set - used_deductible, 0), eligible)
        "一年只负担一次起付标准，已经负担的扣除"
    else:
        visits = 1 if per_visit == 0 else (cost + per_visit - 1) // per_visit
        deductible = min(deductible_set * visits, eligible)
        "每看一次病负担一次起付标准"
    if p.by_segments:
        segments = p.segments[scheme, level, status, tier, early, signed_doctor, age]
        year_before = deductible_set + cost_behind(segments, used_cap, deductible_set)
        "分段按全年累计的费用算：今年以前的费用，按这一级医院的比例从基金已付的钱倒推"
        year_now = year_before + eligible - deductible
        fund_share = rounded(
            sum(cut(s.rate, rate_cut) * within(year_now, max(s.lower, year_before), s.upper) for s in segments)
        )
        "各段相加后一次四舍五入到分"
    else:
        rate = p.outpatient_rate[scheme, level, status, tier, early, signed_doctor, age]
        fund_share = share(eligible - deductible, cut(rate, rate_cut))
    if p.cap_by == CapBy.WAGE:
        yearly_cap = share(p.cap_wage, p.cap_rate[scheme, level, status, tier])
    else:
        yearly_cap = p.outpatient_cap[scheme, flexible, level, status, tier, signed_doctor, age]
    within_cap = min(fund_share, max(yearly_cap - used_cap, 0))
    if within_cap == fund_share:
        fund_pays = within_cap
        "没有超过封顶线"
    elif p.above_cap_rate[scheme] > 0:
        fund_pays = within_cap + share(fund_share - within_cap, p.above_cap_rate[scheme])
    else:
        fund_pays = within_cap
        "超过封顶线的部分由个人负担"
    person_pays = cost - fund_pays
    return OutpatientShares(eligible, deductible, fund_pays, person_pays)
