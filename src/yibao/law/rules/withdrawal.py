"""Whether the money of the individual account may be taken out or inherited (个人账户提取、继承)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yibao.law.parameters import Keyed, Law, keyed
from yibao.law.registry import rule
from yibao.law.values import NotApplicable, Reason, Scheme, YesNo


@dataclass(frozen=True)
class WithdrawalLaw(Law):
    """For which reasons an area pays the account out, on a day."""

    subject = "withdrawal"
    pays_out: Keyed[YesNo] = keyed(int, "reason")


class Allowed(NamedTuple):
    """1: the money may be taken out, 0: it may not."""

    allowed: YesNo


@rule("社会医疗保险个人账户的规定；医疗保障基金使用监督管理条例 第十九条、第四十一条", since="1998-12-14")
def withdrawal(p: WithdrawalLaw, scheme: Scheme, reason: Reason) -> Allowed | NotApplicable:
    """Whether the account may be paid out to the person or the heirs for a reason. A resident has no account.

    Law: the account belongs to the person and is for medical use; turning it into cash is forbidden (国务院令第735号).

    >>> law = WithdrawalLaw(pays_out=Keyed("withdrawal.pays_out", (0,), {(Reason.DEATH,): 1, (Reason.CASH,): 0}))
    >>> withdrawal(law, Scheme.EMPLOYEE, Reason.DEATH), withdrawal(law, Scheme.EMPLOYEE, Reason.CASH)
    (Allowed(allowed=1), Allowed(allowed=0))
    """
    if scheme == Scheme.RESIDENT:
        return NotApplicable("居民医保不建个人账户，没有可以提取或者继承的钱")
    allowed = p.pays_out[reason]
    return Allowed(allowed)
