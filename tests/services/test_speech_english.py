"""Are amounts, days and lengths said rightly in English? The examples of the module, and no digit anywhere."""

import doctest
from datetime import date, timedelta

from yibao.services import speech_english
from yibao.services.speech_english import day_in_english, length_in_english, number_in_english, yuan_in_english


def test_the_examples_are_true() -> None:
    found = doctest.testmod(speech_english)
    assert found.attempted == 7
    assert found.failed == 0


def test_every_number_is_said_in_its_own_way() -> None:
    said = [number_in_english(number) for number in range(3000)]
    assert len(set(said)) == 3000
    assert not any(sign.isdigit() for one in said for sign in one)


def test_yuan_and_fen_are_told_apart() -> None:
    assert yuan_in_english(10_050) == "one hundred yuan and fifty fen"
    assert yuan_in_english(10_005) == "one hundred yuan and five fen"
    assert yuan_in_english(-1_000) == "minus ten yuan"
    assert len({yuan_in_english(fen) for fen in range(20_000)}) == 20_000


def test_every_day_of_two_years_differs() -> None:
    days = [date(2024, 1, 1) + timedelta(number) for number in range(731)]
    assert len({day_in_english(day) for day in days}) == 731
    assert len({length_in_english(months) for months in range(600)}) == 600
