"""Does an answer of yes or no say why, with its article, and keep relatives, purposes and days apart?"""

from datetime import date
from typing import Any

import pytest

from yibao.services.answers import FACTS, answer

ON = date(2025, 6, 1)
NEAR = {"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}


def asked(topic: str, area: str = "北京", on: date = ON, **facts: str) -> dict[str, Any]:
    return answer(topic, area=area, on=on, facts=facts).value.to_json()


def allowed(body: dict[str, Any]) -> int | None:
    return body["figures"].get("allowed", {}).get("value")


def test_cash_is_forbidden_with_articles_and_penalties() -> None:
    body = asked("withdrawal", reason="cash")
    assert allowed(body) == 0
    (cited,) = body["citations"]
    assert (cited["number"], cited["article"]) == ("国务院令第735号", "第十九条、第四十一条")
    assert all(words in body["summary"] for words in ("不可以", "3到12个月", "2到5倍"))


def test_inheritance_says_that_it_is_not_verified() -> None:
    body = asked("withdrawal", reason="death")
    assert (allowed(body), body["grade"]) == (1, "unverified")


@pytest.mark.parametrize("reason", ["emigration", "military", "transfer_impossible"])
def test_what_nobody_found_is_neither_yes_nor_no(reason: str) -> None:
    body = asked("withdrawal", reason=reason)
    assert (allowed(body), body["certainty"]) == (None, "unknown")
    assert body["next"]


@pytest.mark.parametrize("topic", ["withdrawal", "family-sharing"])
def test_residents_have_no_account(topic: str) -> None:
    assert asked(topic, scheme="resident")["certainty"] == "not_applicable"


@pytest.mark.parametrize("relation", FACTS["relation"].values)
@pytest.mark.parametrize("purpose", ["care", "drugs", "premium"])
def test_near_relatives_since_2024(relation: str, purpose: str) -> None:
    body = asked("family-sharing", relation=relation, purpose=purpose)
    assert allowed(body) == (relation in NEAR)


@pytest.mark.parametrize("relation", FACTS["relation"].values)
def test_three_relations_before(relation: str) -> None:
    body = asked("family-sharing", on=date(2024, 7, 25), relation=relation, purpose="care")
    assert allowed(body) == (relation in {"spouse", "parent", "child"})


@pytest.mark.parametrize("relation", FACTS["relation"].values)
def test_fitness_is_for_nobody(relation: str) -> None:
    assert allowed(asked("family-sharing", relation=relation, purpose="wellness")) == 0


def test_the_wallet_and_local_limits_are_told() -> None:
    wallet = asked("family-sharing", on=date(2026, 7, 1), relation="child", purpose="premium")
    assert all(words in wallet["summary"] for words in ("一天最多转3次", "2000元", "晚上10点到早上6点"))
    assert "往年结余" in asked("family-sharing", "杭州", relation="child", purpose="care")["summary"]
    assert (
        "不限人数" in asked("family-sharing", "成都", on=date(2025, 8, 1), relation="child", purpose="care")["summary"]
    )


def test_the_note_is_told_once() -> None:
    for body in (asked("withdrawal", reason="cash"), asked("family-sharing", relation="child", purpose="care")):
        assert [line for line in body["caveats"] if line in body["summary"]] == []


def test_cases_say_why() -> None:
    body = asked("withdrawal")
    assert len(body["cases"]) == len(FACTS["reason"].values)
    assert all(case["reason"] for case in body["cases"])
