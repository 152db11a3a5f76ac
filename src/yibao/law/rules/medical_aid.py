"""What comes on top for who is poor or long insured: medical aid (医疗救助), a higher limit for unbroken years."""

from __future__ import annotations

from typing import NamedTuple

from yibao.law.helpers import share
from yibao.law.registry import rule
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.values import AidGroup, Fen, NotApplicable


class MedicalAid(NamedTuple):
    """Fen that medical aid adds of what is left to the person within scope."""

    medical_aid_pays: Fen


@rule("国办发〔2021〕42号 健全重特大疾病医疗保险和救助制度", since="2021-10-28")
def medical_aid(
    p: InpatientLaw,
    aid_group: AidGroup,
    eligible: Fen,
    upfront: Fen,
    fund_pays: Fen,
    large_amount_pays: Fen,
    critical_illness_pays: Fen,
) -> MedicalAid | NotApplicable:
    """What medical aid pays of the own share within scope that the insurances before it leave.

    Law: 国办发〔2021〕42号; each area sets the yearly limit, which is not reckoned with.

    >>> from yibao.law.parameters import Keyed
    >>> law = InpatientLaw(aid_deductible=Keyed.same(0), aid_rate=Keyed.same(700_000))
    >>> medical_aid(law, AidGroup.LOW_INCOME, 5_000_000, 0, 3_000_000, 0, 0)
    MedicalAid(medical_aid_pays=1400000)
    """
    if aid_group == AidGroup.NONE:
        return NotApplicable("不是救助对象")
    own_after_insurance = max(eligible + upfront - fund_pays - large_amount_pays - critical_illness_pays, 0)
    medical_aid_pays = share(max(own_after_insurance - p.aid_deductible[aid_group], 0), p.aid_rate[aid_group])
    "先由基本医保、大额和大病保险付，剩下的由医疗救助按比例付"
    return MedicalAid(medical_aid_pays)
