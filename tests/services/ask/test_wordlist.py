"""Are the words of the lists found where they mean what they say?"""

from yibao.services.ask.judging import topics_of
from yibao.services.ask.places import named
from yibao.services.ask.wordlist import present


def test_a_no_inside_a_question_denies_nothing() -> None:
    assert present(("不能用", "没有交"), "能不能用，有没有交") == {}
    assert present(("不能用",), "医保不能用") == {"不能用": [(2, 5)]}


def test_words_with_a_gap_and_with_a_place_are_found() -> None:
    assert set(present(("没给…交", "…交", "交"), "公司没给我交")) == {"没给…交", "…交", "交"}


def test_what_ends_the_question_counts_more() -> None:
    first, second = topics_of("离职后如何交社保")[:2]
    assert first.end > second.end or first.score > second.score


def test_the_districts_of_everyday_speech_are_no_places() -> None:
    assert named("跨市区农村合作医疗怎么报销") == ()
