"""Are working days counted as the yearly notices say, and never past the last notice?"""

from datetime import date, timedelta

import pytest

from yibao.law import calendar
from yibao.law.calendar import NoCalendarError, add_working_days, between, is_working_day, notice, years

VECTORS = [  # received, and the 10th, 15th and 30th working day after it
    ("2024-02-05", "2024-02-23", "2024-03-01", "2024-03-22"),
    ("2025-09-26", "2025-10-16", "2025-10-23", "2025-11-13"),
    ("2026-02-09", "2026-02-28", "2026-03-06", "2026-03-27"),
    ("2026-04-28", "2026-05-14", "2026-05-21", "2026-06-11"),
    ("2026-09-18", "2026-10-09", "2026-10-15", "2026-11-05"),
]
WORKING_DAYS = {2024: 251, 2025: 248, 2026: 248}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize(("received", "n", "last"), [
    (row[0], n, last) for row in VECTORS for n, last in zip((10, 15, 30), row[1:], strict=True)
])  # fmt: skip
def test_working_days_after_a_day(received: str, n: int, last: str) -> None:
    assert add_working_days(date.fromisoformat(received), n) == date.fromisoformat(last)


@pytest.mark.parametrize(("year", "number"), WORKING_DAYS.items())
def test_working_days_of_a_year(year: int, number: int) -> None:
    assert sum(is_working_day(day) for day in days_of(year)) == number


def test_every_year_has_its_document() -> None:
    assert years() == tuple(WORKING_DAYS)
    numbers = {year: notice(year)["number"] for year in years()}
    assert numbers == {2024: "国办发明电〔2023〕7号", 2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}
    for year in years():
        told = notice(year)
        assert told["issuer"] == "国务院办公厅"
        assert str(year) in told["document"]
        assert told["grade"] in ("official", "reported")
        days = [day for span in told["days_off"] for day in (span["from"], span["to"])] + told["worked_weekends"]
        assert {date.fromisoformat(day).year for day in days} == {year}
        assert all(span["from"] <= span["to"] for span in told["days_off"])


def test_worked_weekends_are_weekends_and_not_off() -> None:
    for year in years():
        for text in notice(year)["worked_weekends"]:
            day = date.fromisoformat(text)
            assert day.weekday() >= calendar.SATURDAY
            assert all(not span["from"] <= text <= span["to"] for span in notice(year)["days_off"])
            assert is_working_day(day)


def test_new_years_eve_of_2024_was_a_working_day() -> None:
    assert is_working_day(date(2024, 2, 9))
    assert not is_working_day(date(2025, 1, 28))


def test_the_day_of_receipt_is_not_counted() -> None:
    assert add_working_days(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert add_working_days(date(2026, 3, 2), 0) == date(2026, 3, 2)
    assert add_working_days(date(2026, 2, 16), 1) == date(2026, 2, 24)  # received on a holiday


@pytest.mark.parametrize("applied", ["2026-12-11", "2026-12-31", "2027-01-04", "2030-06-03"])
def test_nothing_is_counted_past_the_last_notice(applied: str) -> None:
    with pytest.raises(NoCalendarError) as error:
        add_working_days(date.fromisoformat(applied), 15)
    assert error.value.later
    assert error.value.year == max(2027, date.fromisoformat(applied).year)


def test_the_last_day_that_can_be_counted() -> None:
    assert add_working_days(date(2026, 12, 10), 15) == date(2026, 12, 31)


def test_nothing_is_counted_before_the_first_notice() -> None:
    with pytest.raises(NoCalendarError) as error:
        add_working_days(date(2023, 12, 29), 1)
    assert not error.value.later


def test_what_lies_between_adds_up() -> None:
    """From every day of the three years: calendar days = working days + days off, year by year."""
    for year in years():
        for day in days_of(year)[::3]:
            try:
                last = add_working_days(day, 15)
            except NoCalendarError:
                assert year == max(years())
                continue
            parts = between(day, last)
            assert [part.year for part in parts] == list(range(day.year, last.year + 1))
            assert (last - day).days == 15 + sum(part.days_off for part in parts)


def test_a_count_over_new_year_is_told_year_by_year() -> None:
    first, second = between(date(2025, 12, 20), date(2026, 1, 12))
    assert (first.weekend_days, first.holidays, first.worked_weekends) == (3, 0, 0)  # 12-21, 27, 28
    assert (second.weekend_days, second.holidays, second.worked_weekends) == (4, 2, 1)  # 01-03, 04, 10, 11; 01-01, 02
