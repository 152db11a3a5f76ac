"""Whether a relative may be paid for from the own individual account (职工医保个人账户家庭共济)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yibao.law.parameters import Keyed, Law, keyed
from yibao.law.registry import rule
from yibao.law.values import NotApplicable, Purpose, Relation, Scheme, YesNo


@dataclass(frozen=True)
class SharingLaw(Law):
    """For whom and for what an area lets the account be used, on a day."""

    subject = "family_sharing"
    may_share: Keyed[YesNo] = keyed(int, "relation", "purpose")


class Allowed(NamedTuple):
    """1: the account may be used so, 0: it may not."""

    allowed: YesNo


@rule("国办发〔2021〕14号 个人账户使用范围；国办发〔2024〕38号 近亲属共济", since="2021-04-22")
def family_sharing(p: SharingLaw, scheme: Scheme, relation: Relation, purpose: Purpose) -> Allowed | NotApplicable:
    """Whether the own account may pay for a relative, for a purpose. Both must be insured; a resident has no account.

    >>> table = {(Relation.CHILD,): 1, (Relation.OTHER,): 0}
    >>> law = SharingLaw(may_share=Keyed("family_sharing.may_share", (0,), table))
    >>> family_sharing(law, Scheme.EMPLOYEE, Relation.CHILD, Purpose.PREMIUM)
    Allowed(allowed=1)
    """
    if scheme == Scheme.RESIDENT:
        return NotApplicable(
            "居民医保不建个人账户，没有可以给家里人用的钱；家里人有职工医保的，可以用他们账户里的钱替您付"
        )
    allowed = p.may_share[relation, purpose]
    return Allowed(allowed)
