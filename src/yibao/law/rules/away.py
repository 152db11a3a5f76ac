"""What care away from one's own area costs more (异地就医): a first share of one's own, a lower share of the fund."""

from __future__ import annotations

from typing import NamedTuple

from yibao.law.helpers import share
from yibao.law.registry import rule
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.rules.outpatient import OutpatientLaw
from yibao.law.values import Away, Fen, NotApplicable, Ppm, Scheme


class AwayTerms(NamedTuple):
    """What is borne before the segments, in fen, and by how many points each share of the fund is lower."""

    away_upfront: Fen
    rate_cut: Ppm


@rule("医保发〔2022〕22号 跨省异地就医直接结算；各统筹区异地就医的规定", since="1998-12-14")
def away_stay(
    p: InpatientLaw, scheme: Scheme, away: Away, cost: Fen, excluded: Fen, upfront: Fen
) -> AwayTerms | NotApplicable:
    """What a stay in hospital elsewhere costs more than one at home.

    Law: the deductible, the shares and the limits are those of home; who went without a referral is paid less.

    >>> from yibao.law.parameters import Keyed
    >>> law = InpatientLaw(away_first_share=Keyed.same(50_000), away_cut=Keyed.same(0))
    >>> away_stay(law, Scheme.EMPLOYEE, Away.REFERRED, 1_000_000, 100_000, 0)
    AwayTerms(away_upfront=45000, rate_cut=0)
    """
    if away == Away.HOME:
        return NotApplicable("在参保地看病")
    if p.away_first_share[away, scheme] > 0:
        away_upfront = share(max(cost - excluded - upfront, 0), p.away_first_share[away, scheme])
        "在外地看病，先由个人负担一部分，剩下的再按参保地的规定算"
    else:
        away_upfront = 0
    rate_cut = p.away_cut[away, scheme]
    "各段的支付比例都比在参保地低这么多个百分点"
    return AwayTerms(away_upfront, rate_cut)


@rule("医保发〔2022〕22号 跨省异地就医直接结算；各统筹区异地就医的规定", since="1998-12-14")
def away_visit(
    p: OutpatientLaw, scheme: Scheme, away: Away, cost: Fen, excluded: Fen, upfront: Fen
) -> AwayTerms | NotApplicable:
    """What outpatient care elsewhere costs more than at home; areas treat it otherwise than a stay.

    >>> from yibao.law.parameters import Keyed
    >>> law = OutpatientLaw(away_first_share=Keyed.same(0), away_cut=Keyed.same(100_000))
    >>> away_visit(law, Scheme.EMPLOYEE, Away.REFERRED, 50_000, 0, 0)
    AwayTerms(away_upfront=0, rate_cut=100000)
    """
    if away == Away.HOME:
        return NotApplicable("在参保地看病")
    if p.away_first_share[away, scheme] > 0:
        away_upfront = share(max(cost - excluded - upfront, 0), p.away_first_share[away, scheme])
        "在外地看病，先由个人负担一部分，剩下的再按参保地的规定算"
    else:
        away_upfront = 0
    rate_cut = p.away_cut[away, scheme]
    "支付比例比在参保地低这么多个百分点"
    return AwayTerms(away_upfront, rate_cut)
