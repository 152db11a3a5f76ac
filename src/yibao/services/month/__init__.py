"""The month's run of an area: what everybody is allocated, posted once however often it is run."""

from yibao.services.month.allocate import MonthRun, allocate

__all__ = ["MonthRun", "allocate"]
