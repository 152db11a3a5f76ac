"""Are amounts that are not exact left out, and is it said?"""

import pytest

from yibao.services.ask import ask
from yibao.services.ask.inexact import inexact
from yibao.services.results import Done


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("合肥住院花了一万多能报多少", "一万多"),
        ("合肥住院花了3万多块能报多少", "3万多块"),
        ("合肥住院花了三四万能报多少", "三四万"),
        ("合肥住院花了好几万能报多少", "好几万"),
        ("合肥医保交了二十多年还差几年", "二十多年"),
        ("合肥医保交了12年多还差几年", "12年多"),
        ("合肥医保交了二十来年还差几年", "二十来年"),
        ("北京退休70多岁每月返多少", "70多岁"),
    ],
)
def test_no_fact_is_taken_and_it_is_said(question: str, typed: str) -> None:
    result = ask(question)
    assert isinstance(result, Done)
    assert not {"cost", "paid_months", "age"} & set(result.value.facts)
    told = [part for part in result.value.understood if part.typed == typed]
    assert [part.value for part in told] == [""]
    assert "不是确切的数" in told[0].told


@pytest.mark.parametrize(
    "question", ["一年交多少", "每月一共多少钱", "交几年", "一年多久交一次", "三甲医院", "满15年多交的"]
)
def test_questions_are_no_amounts(question: str) -> None:
    assert inexact(question) == []


def test_an_exact_amount_beside_it_counts() -> None:
    result = ask("合肥退休十几年了，三级医院住院花了3万")
    assert isinstance(result, Done)
    assert result.value.facts["cost"] == "30000"
