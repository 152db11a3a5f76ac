"""How texts are cut: numbers, articles, full-width signs; and that every token stands where it says."""

import doctest
import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.services.search import marking, query, searching, tokens, values
from yibao.services.search.marking import SNIPPET, marked, snippet


@pytest.mark.parametrize("module", [tokens, values, query, marking, searching])
def test_examples_in_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (5, "五"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (41, "四十一"),
        (100, "一百"),
        (103, "一百零三"),
        (215, "二百一十五"),
    ],
)
def test_articles_in_words_and_in_digits(number: int, written: str) -> None:
    assert tokens.phrase(f"第{written}条") == tokens.phrase(f"第{number}条") == (f"第{number}条",)


def test_sums() -> None:
    assert tokens.phrase("1,800.00 元") == tokens.phrase("1800元")
    assert tokens.phrase("2.8%") == ("2.8",)


@given(st.text())
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    end = 0
    for token in tokens.tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(
    st.text(alphabet="巴中住院第五条14号 <&\"'医保", max_size=400),
    st.lists(st.text(alphabet="巴中住院医保14", min_size=1, max_size=3)),
)
def test_marking_loses_nothing(text: str, words: list[str]) -> None:
    phrases = [tokens.phrase(word) for word in words]
    assert "".join(piece.text for piece in marked(text, phrases)) == text
    cut = "".join(piece.text for piece in snippet(text, phrases))
    assert len(cut) <= SNIPPET + 2
    assert re.sub("^…|…$", "", cut) in text


def test_a_mark_is_cut_out_of_the_middle_of_a_long_text() -> None:
    pieces = snippet("前" * 300 + "住院" + "后" * 300, [("住", "院")])
    assert [piece.text for piece in pieces if piece.mark] == ["住院"]
    assert (pieces[0].text, pieces[-1].text) == ("…", "…")
