"""The rules, one topic a file, written the way the law reads. Importing this package registers them all."""

from yibao.law.rules import (
    allocation,
    contribution_years,
    family_sharing,
    gap,
    inpatient,
    outpatient,
    pension,
    premium,
    retirement_age,
    transfer,
    withdrawal,
)

__all__ = [
    "allocation",
    "contribution_years",
    "family_sharing",
    "gap",
    "inpatient",
    "outpatient",
    "pension",
    "premium",
    "retirement_age",
    "transfer",
    "withdrawal",
]
