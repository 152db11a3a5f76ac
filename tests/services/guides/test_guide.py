"""What is a guide made of, for every topic in a dozen areas; what does it refuse?"""

from datetime import date

import pytest
from tests.services.guides.made import A_DOZEN, ON, made

from yibao.services.answers import ALL_TOPICS, WORD_TOPICS, answer
from yibao.services.guides import guide
from yibao.services.guides.errands import ERRANDS
from yibao.services.guides.guide import related
from yibao.services.guides.shapes import Guide
from yibao.services.results import Done, Refused


@pytest.mark.parametrize("code", A_DOZEN)
@pytest.mark.parametrize("topic", ALL_TOPICS)
def test_every_guide_says_its_answer_its_law_and_its_days(code: str, topic: str) -> None:
    found = made(code, topic)
    assert found.lead
    assert all(lead.words for lead in found.lead)
    assert found.oldest <= found.newest
    assert all(one.checked for one in found.documents)
    assert {topic for topic, _ in found.related} <= set(ALL_TOPICS)
    assert topic not in {name for name, _ in found.related}
    assert sum(title.count("、") + 1 for title in (ask.title for ask in found.asks)) == 3


def test_the_first_sentence_of_a_topic_in_words_is_that_of_the_answer() -> None:
    for topic in WORD_TOPICS:
        asked = answer(topic, area="110000", on=ON, facts={}, today=ON)
        assert isinstance(asked, Done)
        assert made("110000", topic).lead[0].words in asked.value.summary


def test_each_sentence_says_of_whom_it_speaks() -> None:
    first, second = made("110000", "allocation").lead
    assert first.who == "退休的人"
    assert "97.00元" in first.words
    assert "107.00元" in first.words
    assert second.who == "在职的人，缴费基数 8,000 元，单位给交的"
    assert "160.00元" in second.words  # 8,000 yuan × 2 %
    assert (first.grade, second.grade) == ("reported", "unverified")


def test_a_smaller_place_has_the_guide_of_its_pooling_area() -> None:
    assert made("110108", "allocation") is made("北京", "allocation")


def test_a_document_is_told_once_for_each_grade() -> None:
    documents = [(one.title.split(" ")[0], one.grade) for one in made("511900", "inpatient").documents]
    assert len(documents) == len(set(documents))


def test_nobody_is_told_what_he_did_not_say() -> None:
    for topic in ALL_TOPICS:
        assert not any("您没有填" in line or "您没有说" in line for line in made("440300", topic).doubts), topic


def test_every_topic_has_its_errands_even_if_none() -> None:
    assert set(ERRANDS) == set(ALL_TOPICS)
    for topic in ALL_TOPICS:
        assert len(list(related(topic))) > 0, topic


def test_what_is_refused() -> None:
    for area, topic, code in (
        ("火星", "allocation", "unknown_area"),
        ("朝阳", "allocation", "ambiguous_area"),
        ("110000", "weather", "unknown_topic"),
        ("香港", "allocation", "area_outside"),
    ):
        found = guide(area, topic)
        assert isinstance(found, Refused)
        assert found.code == code
        assert found.message


def test_another_day_has_another_guide() -> None:
    early = guide("110000", "balance", date(2012, 1, 1), ON)
    assert isinstance(early, Done)
    assert isinstance(early.value, Guide)
    assert early.value.lead != made("110000", "balance").lead
