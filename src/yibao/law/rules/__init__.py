"""The rules, one topic a file, written the way the law reads. Importing this package registers them all."""

from yibao.law.rules import (
    allocation,
    away,
    chronic_care,
    contribution_years,
    family_sharing,
    gap,
    inpatient,
    medical_aid,
    missing_years,
    outpatient,
    pension,
    premium,
    retirement_age,
    transfer,
    withdrawal,
)

__all__ = [
    "allocation",
    "away",
    "chronic_care",
    "contribution_years",
    "family_sharing",
    "gap",
    "inpatient",
    "medical_aid",
    "missing_years",
    "outpatient",
    "pension",
    "premium",
    "retirement_age",
    "transfer",
    "withdrawal",
]
