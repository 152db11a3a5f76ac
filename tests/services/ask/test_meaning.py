"""The encoder that sees a question as a whole: its chances, its bounds, and that its files fit together."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask.chances import chances
from yibao.services.ask.learned import SCALE, learned
from yibao.services.ask.meaning import END, PIECES_MAX, START, UNKNOWN, _turned, _turns, cut, encoder, meaning, plain
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


def test_of_a_longer_question_the_beginning_and_the_end_are_read() -> None:
    begin, end = "单位欠费" * PIECES_MAX, "还能补缴吗" * PIECES_MAX
    assert len(cut(begin + end, encoder().rows)) == PIECES_MAX
    assert meaning(begin + end) == meaning(begin + "生孩子能报多少" * 20 + end)
    assert meaning(begin + end) != meaning(begin) != meaning(end)


def test_a_sentence_is_cut_into_characters_and_words_into_their_longest_known_parts() -> None:
    rows = {piece: at for at, piece in enumerate((START, END, UNKNOWN, "医", "保", "20", "##25", "##2", "2"))}
    assert cut("医保2025", rows) == [0, 3, 4, 5, 6, 1]
    assert cut("医 保 202", rows) == [0, 3, 4, 5, 7, 1]
    assert cut("209医", rows) == [0, 2, 3, 1]  # of a word one part is not known: none of it is
    assert cut("", rows) == [0, 1]


def test_how_far_two_pieces_stand_apart_is_all_that_their_places_say() -> None:
    asks, offers = np.random.default_rng(1).normal(size=(2, 8)).astype(np.float32)
    turns = _turns(20, 8)
    product = _turned(np.tile(asks, (20, 1)), turns) @ _turned(np.tile(offers, (20, 1)), turns).T
    for apart in (0, 1, 5):
        assert np.diag(product, apart) == pytest.approx(product[0, apart], abs=1e-4)
    assert product[3, 3] == pytest.approx(asks @ offers, abs=1e-4)


def test_places_are_one_word_for_it() -> None:
    assert plain(masked("合肥医保", named("合肥医保"))) == "某地医保"


def test_both_opinions_together_are_a_whole_and_unknown_signs_give_none() -> None:
    assert whole(chances("退休了医保卡每月打多少钱")) == pytest.approx(1, abs=0.02)
    assert chances("😀😀") == {}
