"""Which kinds of ledger account does an area have, and on which side does each grow (decision 11)?

An amount in a posting is positive on the debit side and negative on the credit side, seen from the agency: what it
holds grows by debits, what it owes or keeps for somebody grows by credits. So the postings of an entry sum to zero.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Side(StrEnum):
    """The side on which an account grows."""

    DEBIT = "debit"
    CREDIT = "credit"


class AccountKind(IntEnum):
    """The kinds; the numbers stand in the database and are never given to another kind."""

    INDIVIDUAL = 1  # 个人账户, of a person and a pocket
    POOLED_EMPLOYEE = 2  # 统筹基金, 职工
    POOLED_RESIDENT = 3  # 统筹基金, 居民
    LARGE_AMOUNT = 4  # 大额医疗费用补助
    CRITICAL_ILLNESS = 5  # 大病保险
    MEDICAL_AID = 6  # 医疗救助
    CIVIL_SERVANT = 7  # 公务员医疗补助
    LONG_TERM_CARE = 8  # 长期护理
    BANK = 9  # 银行存款
    RECEIVABLE = 10  # 应收, of a payer
    CLEARING = 11  # 待划转: received, not yet allotted
    SUSPENSE = 12  # 待查: unmatched
    PAYABLE = 13  # 应付, to a provider
    IN_TRANSIT = 14  # 在途, to another area
    REFUND_PAYABLE = 15  # 应退
    INTEREST = 16  # 利息


GROWS_ON: dict[AccountKind, Side] = {
    kind: Side.DEBIT if kind in (AccountKind.BANK, AccountKind.RECEIVABLE, AccountKind.INTEREST) else Side.CREDIT
    for kind in AccountKind
}
"""What the agency holds or has spent grows by debits, everything else by credits."""


class EntryKind(IntEnum):
    """Why money moved; the numbers stand in the database and are never given to another kind."""

    CONTRIBUTION_RECEIVED = 1  # bank → clearing
    ASSESSMENT = 2  # clearing → pooled, individual
    ALLOCATION = 3  # pooled → individual
    DEDUCTION = 4  # individual → its fund
    CARE = 5  # individual, pooled … → payable
    TRANSFER_OUT = 6  # individual → in transit
    TRANSFER_IN = 7  # in transit → individual
    YEAR_END = 8  # current pocket → past pocket
    INTEREST = 9
    WITHDRAWAL = 10
    REVERSAL = 11
    OPENING = 12  # what another system kept until now
    PAYMENT = 13  # payable → bank
