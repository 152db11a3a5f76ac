"""Is every entry of the vocabulary proven by its example, and every word list in order?"""

import pytest

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask import vocabulary
from yibao.services.ask.judging import NEARLY, meant, topics_of
from yibao.services.ask.places import masked, named, not_places
from yibao.services.ask.wordlist import FOLDER, fold, present

ENTRIES = vocabulary.entries()


def read(sentence: str) -> str:
    return masked(sentence, named(sentence))


def test_one_file_a_topic() -> None:
    files = {path.stem for path in FOLDER.joinpath("vocabulary").glob("*.yaml")}
    assert files == {topic.replace("-", "_") for topic in ALL_TOPICS}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.topic} {entry.example}")
def test_an_example_proves_its_entry(entry: vocabulary.Entry) -> None:
    sentence = read(entry.example)
    assert vocabulary._spans(entry, present(vocabulary.words(), sentence)) is not None, "its own words are missing"
    found = topics_of(sentence)
    if entry.topic == vocabulary.OUTSIDE:
        assert found == [], "another matter is answered"
    else:
        assert found, "no other sign of the subject: say `alone: true` or choose another example"
        assert found[0].topic == entry.topic


def test_no_example_twice() -> None:
    examples = [entry.example for entry in ENTRIES]
    assert sorted({one for one in examples if examples.count(one) > 1}) == []


def test_refunds_are_not_blurred_with_what_is_credited() -> None:
    assert not {"退费", "退款"} & set(fold()["划入"])


def test_words_that_are_no_places_are_names_of_places() -> None:
    from yibao.law.areas.mentions import _names

    names = {name for same in _names().values() for name in same}
    assert sorted(not_places() - names) == []


def test_the_same_words_count_once() -> None:
    once = {match.topic: match.score for match in vocabulary.counted("医保卡余额")}
    assert {match.topic: match.score for match in vocabulary.counted("医保卡余额，医保卡余额")} == once


def test_a_second_topic_only_where_it_is_nearly_as_likely() -> None:
    match = vocabulary.Match
    assert len(meant([match("a", 10, ()), match("b", 10 - NEARLY, ())])) == 2
    assert len(meant([match("a", 10, ()), match("b", 9 - NEARLY, ())])) == 1
