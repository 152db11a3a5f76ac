"""Do menus and sentences hold together: every item does something, both languages are whole, nothing holds a digit?"""

import re
from typing import Any

import pytest

from yibao.channels.hotline.dialogue.words import FOLDER, HAN, read
from yibao.channels.hotline.turns import Conversation, fixed_sentences
from yibao.law.terms import terms
from yibao.services.answers import ALL_TOPICS, FACTS, TOPICS

OF_ANSWER = {"ground", "message", "anew"}
HEARD_AT_ONCE = 45
"""Characters of the longest sentence that one hears and keeps: some ten seconds at the slow speed."""


def actions() -> set[str]:
    from yibao.channels.hotline.dialogue.actions import ACTIONS

    return set(ACTIONS)


def reports() -> set[str]:
    from yibao.channels.hotline.dialogue.reports import REPORTS

    return set(REPORTS)


def items() -> list[tuple[str, str, dict[str, str]]]:
    return [(menu, key, item) for menu, keys in read("menus").items() for key, item in keys.items()]


def test_every_item_does_something_that_is_there() -> None:
    known = actions() | OF_ANSWER
    assert [(menu, key) for menu, key, item in items() if item["do"] not in known] == []
    goals: dict[str, Any] = {"menu": read("menus"), "topic": ALL_TOPICS, "report": reports(), "language": ("zh", "en")}
    lost = [(menu, key) for menu, key, item in items() if item["do"] in goals and item["of"] not in goals[item["do"]]]
    assert lost == []


def test_the_own_account_offers_what_there_is_and_nothing_else() -> None:
    assert {item["of"] for item in read("menus")["own"].values()} == reports()
    assert all(item["do"] == "report" for item in read("menus")["own"].values())


def test_keys_of_menus_are_one_to_nine_without_a_hole() -> None:
    for menu, keys in read("menus").items():
        assert list(keys) == [str(number) for number in range(1, len(keys) + 1)], menu


def test_no_words_fell_out_of_a_line() -> None:
    """In YAML a comma ends a word that is not in quotes, and what follows becomes a key of its own."""
    allowed = {"do", "of", "zh", "en", "message"}
    assert [(menu, key) for menu, key, item in items() if set(item) - allowed] == []
    parts = [fact for name, fact in read("facts").items() if name != "ways"]
    assert [fact for fact in parts if set(fact) - {"kind", "most", "sure", "zh", "en", "values"}] == []
    told = [value for fact in parts for value in fact.get("values", {}).values()]
    assert [value for value in [*told, *read("facts")["ways"].values()] if set(value) != {"zh", "en"}] == []
    assert [name for name, both in read("sentences").items() if set(both) != {"zh", "en"}] == []


@pytest.mark.parametrize("topic", sorted({item["of"] for _, _, item in items() if item["do"] == "topic"}))
def test_every_fact_of_a_question_can_be_keyed_in(topic: str) -> None:
    for name in ALL_TOPICS[topic].facts:
        spec, fact = read("facts")[name], ALL_TOPICS[topic].fact(name)
        assert spec["zh"], name
        assert spec["en"], name
        if spec["kind"] == "choice":
            assert set(fact.values) <= set(spec["values"]), name
            assert set(spec["values"]) <= set(FACTS[name].values), name
            assert len(spec["values"]) <= 9, name
        else:
            assert fact.kind != "choice", name


def test_english_figures_are_terms_of_topics_that_english_is_offered() -> None:
    english = [item["of"] for _, _, item in items() if item["do"] == "topic" and "en" in item]
    assert set(english) == {"allocation", "contribution-years", "premium", "gap", "retirement-age"}
    public = {public for topic in english for public in TOPICS[topic].published.values()}
    assert [name for name in read("figures") if name not in terms() and name not in public] == []
    for topic in english:
        assert set(TOPICS[topic].main) & (set(read("figures")) | public), topic


def test_fixed_sentences_are_short_and_hold_no_digit() -> None:
    sentences = fixed_sentences()
    assert len(sentences) == len(set(sentences)) > 150
    for one in sentences:
        assert not re.search(r"[0-9０-９{}]", one), one
        assert one[-1] in "。？！.?!:", one
        if HAN.search(one):
            assert len(one) <= HEARD_AT_ONCE, one
            assert not re.search("[A-Za-z]", one), one


def test_what_is_made_ahead_is_what_is_said() -> None:
    made = set(fixed_sentences())
    for keys in (("1", "3"), ("2", "3"), ("3", "9")):
        line = Conversation()
        turns = [line.start(), *(line.pressed(key) for key in keys)]
        assert {one for turn in turns for one in turn.say} <= made


def test_both_ways_in_are_offered_in_their_own_language() -> None:
    sentences = fixed_sentences()
    assert "听普通话，请按一。" in sentences
    assert "For English, press two." in sentences


def test_no_sentence_is_kept_that_nothing_says() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "dialogue").glob("*.py"))
    source += (FOLDER.parent / "turns.py").read_text(encoding="utf-8")
    graded = {f"grade_{grade}" for grade in ("reported", "unverified")}
    assert [name for name in read("sentences") if f'"{name}"' not in source and name not in graded] == []
