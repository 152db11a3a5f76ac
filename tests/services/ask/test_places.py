"""Where is the person insured, if a question names several places?"""

import pytest

from yibao.services.ask.places import named, sorted_out


@pytest.mark.parametrize(
    ("sentence", "topic", "insured", "to"),
    [
        ("从南昌转到杭州", "transfer", ["南昌"], "杭州"),
        ("杭州医保转回成都", "transfer", ["杭州"], "成都"),
        ("医保转到杭州，原来在南昌", "transfer", ["南昌"], "杭州"),
        ("巴中医保在成都住院能报多少", "inpatient", ["巴中"], None),
        ("在成都住院，巴中医保能报多少", "inpatient", ["巴中"], None),
        ("北京和上海的医保怎么交", "paying", ["北京", "上海"], None),
    ],
)
def test_sorted_out(sentence: str, topic: str, insured: list[str], to: str | None) -> None:
    places = sorted_out(sentence, named(sentence), topic)
    assert [one.name for one in places.insured] == insured
    assert (places.to.name if places.to else None) == to


@pytest.mark.parametrize("sentence", ["许多城市社保受户籍限制", "大城市的医保", "全国人大代表建议", "养老保险全国统筹"])
def test_words_that_hold_a_name_name_no_place(sentence: str) -> None:
    assert named(sentence) == ()


def test_each_place_once() -> None:
    assert len(named("合肥医保，合肥市怎么交")) == 1


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("医保定点药店", []),
        ("社保定期查", []),
        ("医保山东怎么交", ["山东"]),
        ("保定医保定点医院", ["保定"]),
        ("保山医保", ["保山"]),
    ],
)
def test_the_end_of_yibao_begins_no_place(sentence: str, names: list[str]) -> None:
    assert [one.name for one in named(sentence)] == names
