"""Does an answer in words have the fixed shape, say whose words it tells, and never fill a gap?"""

from datetime import date
from typing import Any

import pytest

from yibao.services.answers import WORD_TOPICS, answer, journey
from yibao.services.answers.journey import Journey
from yibao.services.results import Done

ON = date(2026, 11, 22)
STEP = [
    "name", "label", "plain_label", "value", "unit", "text", "formula", "how", "plain", "rounding", "clause",
    "citation", "parameters", "kind", "scheme", "grade",
]  # fmt: skip


def asked(topic: str, area: str, on: date = ON, **facts: str) -> dict[str, Any]:
    found = answer(topic, area=area, on=on, facts=facts)
    assert isinstance(found, Done)
    return found.value.to_json()


@pytest.mark.parametrize("area", ["全国", "浙江", "绍兴", "上虞", "巴中", "拉萨"])
@pytest.mark.parametrize("topic", sorted(WORD_TOPICS))
def test_every_topic_answers_everywhere_in_the_fixed_shape(topic: str, area: str) -> None:
    body = asked(topic, area)
    assert body["certainty"] in ("exact", "unknown")
    assert body["figures"] == {}
    assert body["cases"] == []
    assert body["summary"].startswith(body["area"]["name"])
    ids = {row["id"] for row in body["citations"]}
    for number, step in enumerate(body["steps"], 1):
        assert list(step) == STEP
        assert step["value"] == number
        assert step["formula"] == ""
        assert step["how"] == step["plain"]
        assert step["citation"] in ids
    assert body["certainty"] == "exact" or body["next"]


def test_what_to_do_stands_before_what_the_law_says() -> None:
    kinds = [step["kind"] for step in asked("balance", "绍兴")["steps"]]
    assert kinds == sorted(kinds, key=["step", "rule"].index)
    assert set(kinds) == {"step", "rule"}


def test_a_city_has_the_telephone_and_the_channels_of_its_own_province_and_no_other() -> None:
    """皖事通 belongs to 安徽, 浙里办 to 浙江, 0575 is the code of 绍兴."""
    shaoxing = str(asked("balance", "绍兴")["steps"])
    assert "0575-12393" in shaoxing
    assert "浙里办" in shaoxing
    bazhong = asked("paying", "巴中")
    assert "浙里办" not in str(bazhong)
    assert "皖事通" not in str(bazhong["steps"])
    (told,) = [line for line in bazhong["caveats"] if "皖事通" in line]
    assert told.startswith("您可能读到过：")
    assert "其实皖事通是安徽的" in told


def test_a_scheme_leaves_out_what_is_said_to_the_other() -> None:
    both, own = asked("paying", "北京"), asked("paying", "北京", scheme="resident")
    assert {step["scheme"] for step in both["steps"]} == {"", "employee", "resident"}
    assert {step["scheme"] for step in own["steps"]} == {"", "resident"}
    assert [step["label"] for step in both["steps"] if step["name"] == "family"] == ["用家里人的个人账户交（居民医保）"]
    assert [step["label"] for step in own["steps"] if step["name"] == "family"] == ["用家里人的个人账户交"]
    assert [row["text"] for row in own["inputs"]] == ["居民医保"]
    flexible = asked("paying", "北京", scheme="flexible")
    assert {step["scheme"] for step in flexible["steps"]} == {"", "employee"}, (
        "who pays alone is in the employee scheme"
    )


def test_a_fact_that_tells_nothing_apart_is_named() -> None:
    assert "这里的说明没有用到您填的：年龄。" in asked("balance", "北京", age="70")["caveats"]
    assert "这里的说明没有用到您填的：参加哪种医保。" in asked("claim-progress", "北京", scheme="resident")["caveats"]


def test_before_the_first_known_words_nothing_is_said() -> None:
    """The law of social insurance is in force since 2011-07-01."""
    body = asked("balance", "北京", date(2011, 6, 30))
    assert body["certainty"] == "unknown"
    assert "2011年7月1日以前的规定没有查到" in body["summary"]
    assert any("12393" in line for line in body["next"])
    assert body["steps"] == []


def test_a_gap_is_told_with_what_would_settle_it() -> None:
    body = asked("enrolment", "巴中")
    assert body["certainty"] == "exact"
    assert any(line.startswith("还有一项没有查到：旧地方已经交的钱") for line in body["caveats"])
    assert "能说清这件事的是：旧参保地医疗保障局、税务局关于退费的规定。" in body["next"]


def test_the_regulation_counts_the_days_in_its_articles() -> None:
    """社会保险经办条例: 6, 10 registration 10; 18 pension 20; 20 claims by hand 30, allowance 10; 22 injury 20."""
    told = {step["name"]: (step["clause"], step["how"]) for step in asked("claim-progress", "合肥")["steps"]}
    for name, article, days in (
        ("manual", "第二十条", 30), ("maternity", "第二十条", 10), ("register", "第六条、第十条", 10),
        ("pension", "第四条、第十八条", 20), ("unemployment", "第四条、第二十四条", 10),
        ("injury", "第四条、第二十二条", 20),
    ):  # fmt: skip
        assert told[name][0] == article
        assert f"最长{days}个工作日" in told[name][1]
    assert asked("claim-progress", "合肥", date(2023, 11, 30))["certainty"] == "unknown", "in force since 2023-12-01"


def test_the_grade_is_that_of_the_sentence_and_each_step_tells_its_own() -> None:
    body = asked("paying", "北京")
    assert body["grade"] == "reported"
    assert {step["name"]: step["grade"] for step in body["steps"]}["collector"] == "unverified"


def test_warnings_and_misreadings_are_marked() -> None:
    caveats = asked("balance", "绍兴")["caveats"]
    assert any(line.startswith("当心：") and "123456" in line for line in caveats)
    assert any(line.startswith("您可能读到过：医保的事打 12333。其实") for line in caveats)


def test_outside_the_mainland_it_does_not_apply_and_nothing_is_asked_anywhere() -> None:
    assert asked("balance", "香港")["certainty"] == "not_applicable"
    step = journey("balance", area="北京", on=ON, facts={}, skipped=())
    assert isinstance(step, Journey)
    assert step.next is None


def test_pensions_are_a_matter_of_the_other_office() -> None:
    assert WORD_TOPICS["pension-adjustment"].office == "12333"
    unknown = asked("pension-adjustment", "北京", date(1950, 1, 1))
    assert any("12333" in line for line in unknown["next"])
