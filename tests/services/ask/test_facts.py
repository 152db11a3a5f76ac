"""Are the facts in a sentence found, as the texts that `answer` reads?"""

import pytest

from yibao.services.answers import FACTS
from yibao.services.ask.facts import lines, told
from yibao.services.ask.places import masked, named


def facts(sentence: str) -> dict[str, str]:
    return {one.fact: one.value for one in told(masked(sentence, named(sentence)))}


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("我72岁了", "age", "72"),
        ("七十二岁", "age", "72"),
        ("断了5个月", "gap_months", "5个月"),
        ("断缴半年", "gap_months", "6个月"),
        ("交了12年", "paid_months", "12年"),
        ("交了十二年零三个月", "paid_months", "12年3个月"),
        ("住院花了3万", "cost", "30000"),
        ("住院花了三万二", "cost", "32000"),
        ("住院花了3.5万", "cost", "35000"),
        ("花了三千五", "cost", "3500"),
        ("花了12,345.6元", "cost", "12345.6"),
        ("缴费基数8000", "base", "8000"),
        ("退休金3500元", "pension", "3500"),
        ("第二次住院", "stay", "2"),
        ("三甲医院住院", "level", "3"),
        ("社区卫生服务中心", "level", "community"),
        ("灵活就业人员", "scheme", "flexible"),
        ("灵活就业参加职工医保", "scheme", "flexible"),
        ("新农合", "scheme", "resident"),
        ("退休人员", "status", "retired"),
        ("还没退休", "status", "active"),
        ("1970年6月出生", "born", "1970-06-01"),
        ("1970年6月15日出生", "born", "1970-06-15"),
        ("2000年12月退休", "retired_on", "2000-12"),
        ("高血压和糖尿病", "disease", "both"),
        ("没备案", "away", "unfiled"),
        ("人去世了", "reason", "death"),
        ("给老婆用", "relation", "spouse"),
        ("我爸的医保卡我能用吗", "relation", "child"),  # the father is the holder: it is his child who uses it
    ],
)
def test_told(sentence: str, name: str, expected: str) -> None:
    assert facts(sentence)[name] == expected


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("几岁退休", "status"),
        ("什么时候退休", "status"),
        ("职工医保和居民医保哪个好", "scheme"),  # both: neither is told
        ("2025年", "paid_months"),
        ("报80%", "cost"),
        ("交了好多年", "paid_months"),
    ],
)
def test_not_told(sentence: str, name: str) -> None:
    assert name not in facts(sentence)


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.fact} {line.value} {line.example}")
def test_every_line_is_proven_by_its_example(line) -> None:  # type: ignore[no-untyped-def]
    assert line.fact in FACTS
    assert line.fact in facts(line.example)
    assert line.value in ("", facts(line.example)[line.fact])


def test_every_value_is_one_that_answers_know() -> None:
    wrong = [line for line in lines() if FACTS[line.fact].options and line.value not in FACTS[line.fact].values]
    assert wrong == []
