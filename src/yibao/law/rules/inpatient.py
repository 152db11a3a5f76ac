"""Who pays what of one stay in hospital (住院费用分担)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yibao.law.helpers import half_up, phrase, reached, rounded, share, within
from yibao.law.parameters import Keyed, Law, given, keyed, keyed_rows
from yibao.law.registry import rule
from yibao.law.values import MILLION, Age, Count, Fen, Level, Month, Months, Ppm, Scheme, Status, Tier


class DeductibleBy(IntEnum):
    """Whether the deductible is borne at each stay or once a year (起付标准按次或按年)."""

    STAY = 0
    YEAR = 1


class Deductible(NamedTuple):
    """The deductible from the n-th stay of the year on."""

    from_stay: Count
    amount: Fen
    at: str = ""


class Segment(NamedTuple):
    """The share that is paid of the part of the eligible cost between two amounts."""

    lower: Fen
    upper: Fen
    rate: Ppm
    at: str = ""


class Cap(NamedTuple):
    """The most that is paid in a year, by the months of unbroken contributions."""

    from_months: Months
    amount: Fen
    at: str = ""


@dataclass(frozen=True)
class InpatientLaw(Law):
    """What an area says about stays in hospital on a day."""

    subject = "inpatient"
    deductible_by: DeductibleBy = given(DeductibleBy)
    deductibles: Keyed[tuple[Deductible, ...]] = keyed_rows(
        Deductible, "scheme", "level", "status", "tier", "early", burdens=True
    )
    early_until: Month = given(default=0)
    segments: Keyed[tuple[Segment, ...]] = keyed_rows(Segment, "scheme", "level", "status", "tier", "age")
    pool_cap: Keyed[tuple[Cap, ...]] = keyed_rows(Cap, "scheme", "tier")
    supplement_rate: Keyed[Ppm] = keyed(int, "scheme", "status", default=0)
    large_rate: Keyed[Ppm] = keyed(int, "scheme", "status")
    large_cap: Keyed[Fen] = keyed(int, "scheme")
    critical_segments: Keyed[tuple[Segment, ...]] = keyed_rows(Segment, "scheme")
    away_first_share: Keyed[Ppm] = keyed(int, "away", "scheme", default=0, burdens=True)
    away_cut: Keyed[Ppm] = keyed(int, "away", "scheme", burdens=True)
    aid_deductible: Keyed[Fen] = keyed(int, "aid_group", burdens=True)
    aid_rate: Keyed[Ppm] = keyed(int, "aid_group")


class Shares(NamedTuple):
    """Fen of one stay: what counts, what the fund and the large-amount insurance pay, and what is left."""

    eligible: Fen
    deductible: Fen
    fund_pays: Fen
    large_amount_pays: Fen
    person_pays: Fen


@phrase("{result}")
def cut(rate: Ppm, rate_cut: Ppm) -> Ppm:
    """The share that is paid when each is lower by some points, as for care elsewhere; a gap in the share is met first.

    >>> cut(850_000, 100_000), cut(150_000, 200_000)
    (750000, 0)
    """
    return rate if rate >= 0 and rate_cut == 0 else max(rate - rate_cut, 0)


@phrase("{upper:v} 以上各段支付的钱", "{upper:v} 以上的那些段里付的钱")
def paid_above(segments: tuple[Segment, ...], eligible: Fen, upper: Fen, deductible: Fen, rate_cut: Ppm) -> int:
    """What the segments above an amount pay, in fen x parts per million."""
    return sum(
        cut(t.rate, rate_cut) * within(eligible, max(max(t.lower, upper), deductible), t.upper) for t in segments
    )


@phrase("从最高的一段逐段往下退，退出的费用")
def cost_beyond(segments: tuple[Segment, ...], over_cap: int, eligible: Fen, deductible: Fen, rate_cut: Ppm) -> Fen:
    """The cost, from the top of the bill down, for which the segments would have paid an amount (in fen x ppm)."""
    return sum(
        min(
            within(eligible, max(s.lower, deductible), s.upper),
            half_up(
                max(over_cap - paid_above(segments, eligible, s.upper, deductible, rate_cut), 0),
                max(cut(s.rate, rate_cut), 1),
            ),
        )
        for s in segments
    )


@rule("各统筹区基本医疗保险规定：起付标准、分段支付比例、最高支付限额", since="1998-12-14")
def inpatient(
    p: InpatientLaw,
    scheme: Scheme,
    status: Status,
    tier: Tier,
    age: Age,
    level: Level,
    cost: Fen,
    excluded: Fen,
    upfront: Fen,
    stay: Count,
    used_deductible: Fen,
    used_cap: Fen,
    continuous_months: Months,
    retired_month: Month,
    away_upfront: Fen,
    rate_cut: Ppm,
) -> Shares:
    """Who pays what of one stay: deductible, segments, yearly cap, 北京's supplement, large-amount insurance.

    Law: each area's own act, the order of settlement as in 国家医疗保障待遇清单. Amounts in fen; stay: which of the
    year; used_cap: what the fund has paid this year; retired_month: number of the month of retirement, read only where
    the area treats those retired early apart; away_upfront, rate_cut: what care elsewhere costs (see rules/away), 0 at
    home.

    >>> law = InpatientLaw(deductible_by=DeductibleBy.STAY, deductibles=Keyed.same((Deductible(1, 130_000),)),
    ...     segments=Keyed.same((Segment(0, 3_000_000, 850_000), Segment(3_000_000, 10_000_000, 900_000))),
    ...     pool_cap=Keyed.same((Cap(0, 10_000_000),)))
    >>> inpatient(law, Scheme.EMPLOYEE, Status.ACTIVE, 0, 50, Level.THREE, 4_000_000, 0, 0, 1, *[0] * 6).fund_pays
    3339500
    """
    eligible = max(cost - excluded - upfront if away_upfront == 0 else cost - excluded - upfront - away_upfront, 0)
    early = status == Status.RETIRED and p.early_until > 0 and retired_month <= p.early_until
    deductible_set = reached(p.deductibles[scheme, level, status, tier, early], stay).amount
    if p.deductible_by == DeductibleBy.YEAR:
        deductible = min(max(deductible_set - used_deductible, 0), eligible)
        "一年只负担一次起付标准，已经负担的扣除"
    else:
        deductible = min(deductible_set, eligible)
    segments = p.segments[scheme, level, status, tier, age]
    fund_share = rounded(
        sum(cut(s.rate, rate_cut) * within(eligible, max(s.lower, deductible), s.upper) for s in segments)
    )
    "各段相加后一次四舍五入到分"
    pool_limit = reached(p.pool_cap[scheme, tier], continuous_months).amount
    pool_pays = min(fund_share, max(pool_limit - used_cap, 0))
    if pool_pays == fund_share:
        beyond_cap = 0
        large_amount_pays = 0
        "没有超过统筹基金的最高支付限额"
    else:
        top_segment = reached(segments, eligible)
        in_top = within(eligible, max(top_segment.lower, deductible), top_segment.upper)
        top_rate = cut(top_segment.rate, rate_cut)
        if fund_share - pool_pays <= share(in_top, top_rate):
            beyond_cap = min(half_up((fund_share - pool_pays) * MILLION, top_rate), in_top)
            "限额在最高的一段里用完：从那里往上的医疗费"
        else:
            over_cap = (fund_share - pool_pays) * MILLION
            beyond_cap = cost_beyond(segments, over_cap, eligible, deductible, rate_cut)
            "限额用完以后的医疗费：从最高的一段逐段往下退"
        large_used = max(used_cap - pool_limit, 0)
        large_amount_pays = min(
            share(beyond_cap, p.large_rate[scheme, status]), max(p.large_cap[scheme] - large_used, 0)
        )
    if p.supplement_rate[scheme, status] > 0:
        supplement = share(max(eligible - deductible - beyond_cap - pool_pays, 0), p.supplement_rate[scheme, status])
        "退休人员统一补充医疗保险，付统筹基金付过以后个人按比例负担的那部分"
    else:
        supplement = 0
    fund_pays = pool_pays + supplement
    person_pays = cost - fund_pays - large_amount_pays
    return Shares(eligible, deductible, fund_pays, large_amount_pays, person_pays)


class CriticalIllness(NamedTuple):
    """Fen that the critical illness insurance adds, if this stay were all of the year."""

    critical_illness_pays: Fen


@rule("各统筹区大病保险规定", since="2012-08-24", topic="critical_illness")
def critical_illness(
    p: InpatientLaw, scheme: Scheme, eligible: Fen, upfront: Fen, fund_pays: Fen, large_amount_pays: Fen
) -> CriticalIllness:
    """What the critical illness insurance (大病保险) pays of the person's own share within scope.

    The own share within scope counts over a year: deductible, co-payment, first share of class B, above the limits.

    >>> law = InpatientLaw(critical_segments=Keyed.same((Segment(3_040_400, 8_040_400, 600_000),)))
    >>> critical_illness(law, Scheme.EMPLOYEE, 10_000_000, 0, 5_000_000, 0)
    CriticalIllness(critical_illness_pays=1175760)
    """
    own_in_scope = max(eligible + upfront - fund_pays - large_amount_pays, 0)
    critical_illness_pays = rounded(
        sum(s.rate * within(own_in_scope, s.lower, s.upper) for s in p.critical_segments[scheme])
    )
    return CriticalIllness(critical_illness_pays)
