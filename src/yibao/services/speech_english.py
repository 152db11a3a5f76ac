"""How are amounts, days and lengths said in English? For the telephone's second language; nothing holds a digit."""

from __future__ import annotations

from datetime import date
from typing import Any

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ORDINALS = {
    1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth",
    30: "thirtieth",
}  # fmt: skip


def number_in_english(number: int) -> str:
    """A whole number in words.

    >>> number_in_english(0), number_in_english(107), number_in_english(21_345), number_in_english(2_000_010)
    ('zero', 'one hundred and seven', 'twenty-one thousand three hundred and forty-five', 'two million and ten')
    """
    if number < 0:
        return f"minus {number_in_english(-number)}"
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            joined = (
                "" if not rest else f" and {number_in_english(rest)}" if rest < 100 else f" {number_in_english(rest)}"
            )
            return f"{number_in_english(many)} {name}{joined}"
    raise AssertionError(number)


def yuan_in_english(fen: int) -> str:
    """An amount in fen.

    >>> yuan_in_english(10_700), yuan_in_english(100), yuan_in_english(1_256), yuan_in_english(5)
    ('one hundred and seven yuan', 'one yuan', 'twelve yuan and fifty-six fen', 'five fen')
    """
    if fen < 0:
        return f"minus {yuan_in_english(-fen)}"
    yuan, rest = divmod(fen, 100)
    cents = f"{number_in_english(rest)} fen" if rest else ""
    if not yuan and cents:
        return cents
    return f"{number_in_english(yuan)} yuan" + (f" and {cents}" if cents else "")


def length_in_english(months: int) -> str:
    """A length in months.

    >>> length_in_english(0), length_in_english(1), length_in_english(150), length_in_english(12)
    ('zero months', 'one month', 'twelve years and six months', 'one year')
    """
    years, rest = divmod(months, 12)
    parts = [_many(years, "year")] if years else []
    if rest or not years:
        parts.append(_many(rest, "month"))
    return " and ".join(parts)


def month_in_english(month: date) -> str:
    """A month of a year.

    >>> month_in_english(date(2026, 9, 1)), month_in_english(date(2005, 1, 1)), month_in_english(date(1999, 1, 1))
    ('September twenty twenty-six', 'January two thousand and five', 'January nineteen ninety-nine')
    """
    return f"{MONTHS[month.month - 1]} {year_in_english(month.year)}"


def year_in_english(year: int) -> str:
    """A year.

    >>> year_in_english(2026), year_in_english(2005), year_in_english(1905), year_in_english(1900)
    ('twenty twenty-six', 'two thousand and five', 'nineteen oh five', 'nineteen hundred')
    """
    high, low = divmod(year, 100)
    if year % 1000 < 10:
        return number_in_english(year)
    end = f"oh {ONES[low]}" if 0 < low < 10 else number_in_english(low) if low else "hundred"
    return f"{number_in_english(high)} {end}"


def day_in_english(day: date) -> str:
    """A day.

    >>> day_in_english(date(2026, 11, 22)), day_in_english(date(2026, 3, 1))
    ('the twenty-second of November twenty twenty-six', 'the first of March twenty twenty-six')
    """
    return f"the {_ordinal(day.day)} of {month_in_english(day)}"


def figure_in_english(value: Any, unit: str) -> str | None:
    """A figure of an answer by its unit; None where there is no way of saying it.

    >>> figure_in_english(10700, "fen/month"), figure_in_english("2031-11", "month"), figure_in_english(721, "months")
    ('one hundred and seven yuan', 'November twenty thirty-one', 'sixty years and one month')
    """
    if unit.startswith("fen"):
        return yuan_in_english(value)
    if unit in ("months", "age_months"):
        return length_in_english(value)
    if unit == "month":
        return month_in_english(date.fromisoformat(f"{value}-01"))
    if unit == "day":
        return day_in_english(date.fromisoformat(value))
    if unit == "year":
        return year_in_english(value)
    return None


def _many(number: int, noun: str) -> str:
    return f"{number_in_english(number)} {noun}{'' if number == 1 else 's'}"


def _ordinal(number: int) -> str:
    if number in ORDINALS:
        return ORDINALS[number]
    tens, ones = divmod(number, 10)
    if number > 20:
        return f"{TENS[tens - 2]}-{_ordinal(ones)}"
    return f"{ONES[number]}th"
