"""The rules, one topic a file, written the way the law reads. Importing this package registers them all."""

from yibao.law.rules import allocation, contribution_years, inpatient, pension, retirement_age

__all__ = ["allocation", "contribution_years", "inpatient", "pension", "retirement_age"]
