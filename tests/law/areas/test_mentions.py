"""Are the places that a sentence names found, and nothing else taken for a place?"""

import pytest

from yibao.law.areas import mentions

WORDS = ("合作", "延长", "互助", "和平")


def codes(sentence: str) -> list[str]:
    return [one.place.code if one.place else "?" for one in mentions(sentence, words=WORDS)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("合肥医保余额怎么查", ["340100"]),
        ("甘肃武威医保怎么交", ["620600"]),
        ("四川省巴中市断缴", ["511900"]),
        ("四川 巴中 断缴", ["511900"]),
        ("我在巴中断缴了", ["511900"]),
        ("昆山职工医保", ["320500"]),  # a city of the level of a county, in the area of Suzhou
        ("平昌县新农合", ["511900"]),
        ("昌平县医保", ["110000"]),  # the old word behind the name
        ("北京朝阳医保", ["110000"]),
        ("我在北京，住朝阳区", ["110000", "110000"]),
        ("四川的医保，我在巴中", ["511900"]),  # the province says no more than its city
        ("医保从江西南昌转到杭州", ["360100", "330100"]),
        ("全国统一吗", ["000000"]),
        ("511900医保怎么交", ["511900"]),
        ("香港医保", ["810000"]),
    ],
)
def test_places_named(sentence: str, expected: list[str]) -> None:
    assert codes(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    ["延长缴费", "合作医疗怎么交", "医疗互助", "和平年代", "住院花了130000", "130000元", "", "国家医保局"],
)
def test_words_that_are_no_places(sentence: str) -> None:
    assert codes(sentence) == []


@pytest.mark.parametrize(("sentence", "expected"), [("延长县医保", "610600"), ("陕西延长医保", "610600")])
def test_a_word_counts_as_a_place_beside_what_shows_it(sentence: str, expected: str) -> None:
    assert codes(sentence) == [expected]


def test_a_name_of_several_places_keeps_them_all() -> None:
    (one,) = mentions("朝阳医保怎么交")
    assert one.place is None
    assert {place.code for place in one.candidates} == {"110105", "211300"}


def test_a_place_above_it_elsewhere_settles_a_name() -> None:
    assert codes("北京的医保，家在朝阳") == ["110000", "110000"]


def test_the_span_is_that_of_the_characters() -> None:
    sentence = "医保从江西南昌转到杭州"
    assert [sentence[one.start : one.end] for one in mentions(sentence)] == ["江西南昌", "杭州"]


def test_a_cut_across_the_edge_of_a_county_is_heard() -> None:
    assert mentions("我昆山医保", cut=lambda text: list(text)) != []
    assert mentions("我昆山医保", cut=lambda text: ["我昆", "山医保"]) == []
