"""The encoder that sees a question as a whole: its chances, its bounds, and that its files fit together."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask.chances import chances
from yibao.services.ask.learned import SCALE, learned
from yibao.services.ask.meaning import PIECES_MAX, WINDOWS, _windows, encoder, meaning, plain
from yibao.services.ask.places import masked, named
from yibao.services.ask.vocabulary import OUTSIDE


def whole(told: dict[str, int]) -> float:
    return sum(math.exp(one / SCALE) for one in told.values())


def test_it_knows_the_same_topics_as_the_characters_do() -> None:
    assert set(encoder().names) == set(learned().names) == {*ALL_TOPICS, OUTSIDE}


@settings(deadline=None)  # the first one loads the encoder
@given(st.text(max_size=60))
def test_the_chances_of_all_topics_are_a_whole_whatever_is_typed(text: str) -> None:
    assert whole(meaning(text)) == pytest.approx(1, abs=0.02)  # each rounded to a hundredth of a logarithm
    assert meaning(text) == meaning(text)


def test_which_place_is_named_says_nothing_about_the_topic() -> None:
    sentences = (f"{place}的医保卡丢了怎么补" for place in ("北京", "巴中", "呼和浩特"))
    assert len({tuple(meaning(masked(one, named(one))).items()) for one in sentences}) == 1


def test_a_longer_question_is_read_to_a_bound() -> None:
    """What stands after the last piece that is read changes nothing."""
    long = "医保断了还能补缴吗" * PIECES_MAX
    assert meaning(long) == meaning(long + "生孩子能报多少" * 20)


@pytest.mark.parametrize(("wide", "before"), WINDOWS)
def test_a_window_holds_the_pieces_around_and_nothing_beyond_the_sentence(wide: int, before: int) -> None:
    rows = np.arange(1, 5, dtype=np.float32)[:, None]
    expected = [[at + k if 1 <= at + k <= 4 else 0 for k in range(-before, wide - before)] for at in range(1, 5)]
    assert _windows(rows, wide, before).tolist() == expected


def test_places_are_one_word_for_it() -> None:
    assert plain(masked("合肥医保", named("合肥医保"))) == "某地医保"


def test_both_opinions_together_are_a_whole_and_unknown_signs_give_none() -> None:
    assert whole(chances("退休了医保卡每月打多少钱")) == pytest.approx(1, abs=0.02)
    assert chances("😀😀") == {}
