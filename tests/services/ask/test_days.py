"""Is the day that a question asks about found? Of what is over the last day, of what is now today."""

from datetime import date

import pytest

from yibao.services.ask.days import day_in

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2025年每月返多少", date(2025, 12, 31)),
        ("2026年每月返多少", TODAY),
        ("2027年新农合交多少", date(2027, 1, 1)),
        ("2025年2月", date(2025, 2, 28)),
        ("2024年2月", date(2024, 2, 29)),
        ("2026年11月", TODAY),
        ("2025年6月1日", date(2025, 6, 1)),
        ("2025-6-1", date(2025, 6, 1)),
        ("去年", date(2025, 12, 31)),
        ("明年", date(2027, 1, 1)),
    ],
)
def test_the_day(sentence: str, expected: date) -> None:
    found = day_in(sentence, [], TODAY)
    assert found is not None
    assert found.on == expected


@pytest.mark.parametrize("sentence", ["返多少", "今年返多少", "2025年13月40日的", "花了2025元", "12025", ""])
def test_no_day(sentence: str) -> None:
    found = day_in(sentence, [], TODAY)
    assert found is None or found.on.year == 2025


def test_the_year_of_a_fact_is_not_the_day() -> None:
    sentence = "2000年12月退休的每月返多少"
    assert day_in(sentence, [(0, 10)], TODAY) is None
