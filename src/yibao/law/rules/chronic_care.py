"""Who pays what of outpatient care for a chronic or special disease (门诊慢特病、高血压糖尿病用药)."""

from __future__ import annotations

from yibao.law.helpers import rounded, within
from yibao.law.registry import rule
from yibao.law.rules.outpatient import ChronicBy, OutpatientLaw, OutpatientShares
from yibao.law.values import Away, Disease, Fen, Level, NotApplicable, Scheme, Status, Tier


@rule("各统筹区门诊慢性病、特殊病和高血压、糖尿病门诊用药的规定", since="1998-12-14")
def chronic_care(
    p: OutpatientLaw,
    scheme: Scheme,
    status: Status,
    tier: Tier,
    level: Level,
    disease: Disease,
    cost: Fen,
    excluded: Fen,
    upfront: Fen,
    used_deductible: Fen,
    used_cap: Fen,
    away: Away,
) -> OutpatientShares | NotApplicable:
    """Who pays what where the disease has a deductible, shares and a yearly limit of its own.

    Law: each area's own act. The bill is taken as all that was spent for the disease this year, so that the segments
    begin with it; used_deductible and used_cap are what was borne and paid for the disease before.

    >>> from yibao.law.parameters import Keyed
    >>> from yibao.law.rules.inpatient import Segment
    >>> law = OutpatientLaw(chronic_by=Keyed.same(ChronicBy.OWN), chronic_deductible=Keyed.same(130_000),
    ...     chronic_segments=Keyed.same((Segment(0, 10**11, 850_000),)), chronic_cap=Keyed.same(45_000_000))
    >>> chronic_care(law, Scheme.EMPLOYEE, Status.ACTIVE, 0, Level.TWO, Disease.SPECIAL, 2_000_000, *[0] * 4, Away.HOME)
    OutpatientShares(eligible=2000000, deductible=130000, fund_pays=1589500, person_pays=410500)
    """
    if away != Away.HOME:
        return NotApplicable("门诊慢特病在外地怎样报销，资料里没有；有10种病可以跨省直接结算，请问参保地医保")
    if p.chronic_by[scheme, disease] == ChronicBy.STAY:
        return NotApplicable("这种病的门诊费用按住院的规定报销，请到“住院一次自己要付多少”里算")
    eligible = max(cost - excluded - upfront, 0)
    deductible_set = p.chronic_deductible[scheme, disease]
    deductible = 0 if deductible_set == 0 else min(max(deductible_set - used_deductible, 0), eligible)
    segments = p.chronic_segments[scheme, disease, level, status, tier]
    fund_share = rounded(sum(s.rate * within(eligible, max(s.lower, deductible), s.upper) for s in segments))
    fund_pays = min(fund_share, max(p.chronic_cap[scheme, disease] - used_cap, 0))
    "一年最多付到封顶线"
    person_pays = cost - fund_pays
    return OutpatientShares(eligible, deductible, fund_pays, person_pays)
