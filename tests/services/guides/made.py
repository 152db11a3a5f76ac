"""The guides that the tests look at: a dozen areas of every kind, on one day."""

from datetime import date

from yibao.services.guides import guide
from yibao.services.guides.shapes import Guide
from yibao.services.results import Done

ON = date(2026, 11, 22)
A_DOZEN = (
    "000000", "110000", "310000", "330600", "340100", "420100", "440300", "510000", "511900",
    "540000", "620100", "653100",
)  # fmt: skip


def made(code: str, topic: str) -> Guide:
    """A guide that there is."""
    found = guide(code, topic, ON, ON)
    assert isinstance(found, Done)
    return found.value
