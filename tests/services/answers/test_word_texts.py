"""Do the answers in words say what the law says: its articles, its counts of days and years, before and after a change?

Each expectation is written from the law that is named beside it; where two versions stand in a row, the day before the
change and the day itself are both asked.
"""

from datetime import date
from typing import Any

import pytest

from yibao.services.answers import answer
from yibao.services.results import Done

NOW = date(2026, 11, 22)
TOPICS = (
    "waiting-period", "back-payment", "double-payment", "pension-adjustment",
    "chronic", "out-of-area", "maternity", "fraud-warning",
)  # fmt: skip
VAGUE = ("约", "左右", "因地区而异")


def told(topic: str, area: str, on: date = NOW, **facts: str) -> dict[str, Any]:
    found = answer(topic, area=area, on=on, facts=facts)
    assert isinstance(found, Done)
    return found.value.to_json()


def words(said: dict[str, Any]) -> str:
    """Everything that is read: the sentence, the steps, what to beware of and what others claim."""
    return said["summary"] + "".join(step["how"] for step in said["steps"]) + "".join(said["caveats"])


def step(said: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in said["steps"] if one["name"] == name)


def step_words(said: dict[str, Any], name: str) -> str:
    return str(step(said, name)["how"])


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("area", ["全国", "绍兴", "鄂州", "辽源", "杭州", "巴中", "北京"])
def test_every_answer_has_steps_with_citations_and_no_vague_words(topic: str, area: str) -> None:
    said = told(topic, area)
    assert said["steps"]
    assert {one["citation"] for one in said["steps"]} <= {one["id"] for one in said["citations"]}
    assert not [bad for bad in VAGUE if bad in said["summary"] + "".join(one["how"] for one in said["steps"])]


# 医疗保障基金使用监督管理条例（国务院令第735号），2021-05-01起施行

FRAUD = [  # key, article, what the article says
    ("own_card", "第十七条", "自己的医保卡"),
    ("proxy", "第十七条", "两个人的身份证明"),
    ("lend", "第四十一条", f"暂停{3}到{12}个月"),
    ("twice", "第十七条、第四十一条", f"暂停{3}到{12}个月"),
    ("resell", "第十九条、第四十一条", f"暂停{3}到{12}个月"),
    ("intent", "第四十一条", f"罚骗的钱的{2}到{5}倍"),
    ("forged", "第二十条、第四十一条", f"罚骗的钱的{2}到{5}倍"),
    ("refuse", "第三十条", "先自己付全款"),
    ("provider_help", "第三十八条", f"罚损失的{1}到{2}倍"),
    ("provider_cheat", "第四十条", f"停{6}到{12}个月"),
    ("consent", "第十五条、第三十九条", f"罚{1}万到{5}万元"),
    ("report", "第三十五条", "保密"),
    ("crime", "第四十八条", "刑事责任"),
]


@pytest.mark.parametrize(("name", "article", "says"), FRAUD)
def test_fraud_by_the_articles_of_the_regulation(name: str, article: str, says: str) -> None:
    said = step(told("fraud-warning", "巴中"), name)
    assert said["clause"] == article
    assert says in said["how"]


def test_fraud_is_answered_from_the_day_of_the_regulation() -> None:
    assert told("fraud-warning", "绍兴", date(2021, 4, 30))["certainty"] == "unknown"
    assert told("fraud-warning", "绍兴", date(2021, 5, 1))["certainty"] == "exact"


def test_family_sharing_is_not_lending() -> None:
    assert "卡和医保码不能给别人用" in step_words(told("fraud-warning", "成都"), "family")


# 医保办发〔2021〕43号第十一条；国办发〔2024〕38号，2025年起


def test_residents_wait_from_2025_on() -> None:
    before, after = (told("waiting-period", "南昌", day) for day in (date(2024, 12, 31), date(2025, 1, 1)))
    assert "居民" not in before["summary"]
    assert f"固定等{3}个月" in after["summary"]
    assert f"多等{1}个月" in after["summary"]
    assert f"至少等{6}个月" in step_words(after, "resident_four_years")
    assert "新生儿" in step_words(after, "resident_exempt")
    assert f"{1000}元" in step_words(after, "reward")


def test_a_long_gap_is_not_forever() -> None:
    """People read that three months unpaid end all claims; 43号 lets an area ask for a wait of at most 6."""
    said = told("waiting-period", "鄂州")
    assert any("您可能读到过" in one and "不是从此不能报" in one and f"最多等{6}个月" in one for one in said["caveats"])


LOCAL_WAITS = [  # area, day before, first day, what the area says from that day on
    ("上海", date(2025, 9, 9), date(2025, 9, 10), "头一次参加或者断缴以后再交，要等6个月"),  # 沪医保规〔2025〕7号
    ("江苏", date(2022, 2, 20), date(2022, 2, 21), "最多等3个月"),  # 江苏 2022-02-21
    ("鄂州", date(2024, 6, 30), date(2024, 7, 1), "第7个月"),
    ("武汉", date(2023, 5, 30), date(2023, 5, 31), "头一次参加要等6个月"),
    ("兰州", date(2026, 11, 20), date(2026, 11, 21), "要等3个月"),
]


@pytest.mark.parametrize(("area", "before", "first", "says"), LOCAL_WAITS, ids=lambda x: str(x))
def test_local_waits_on_both_sides_of_the_change(area: str, before: date, first: date, says: str) -> None:
    assert says not in told("waiting-period", area, before)["summary"]
    assert says in told("waiting-period", area, first)["summary"]


def test_zhejiang_says_the_third_month() -> None:
    """浙江省医疗保障条例 第二十八条、第二十九条."""
    said = told("waiting-period", "绍兴")
    assert "第三个月" in said["summary"]
    assert (step(said, "employer_late")["clause"], step(said, "flexible_after_gap")["clause"]) == (
        "第二十八条",
        "第二十九条",
    )
    assert f"最多{60}天" in step_words(said, "employer_late")
    assert "连着交满6个月" in "".join(told("waiting-period", "杭州")["caveats"])  # a page's claim, refuted


def test_guangzhou_by_its_own_notice() -> None:
    """广州 notice of 2025-10-17, for 2026: newborns within 6 months, 180 days without hukou."""
    before, after = (told("waiting-period", "广州", day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert f"{180}天" not in step_words(before, "resident_exempt")
    assert f"{180}天" in step_words(after, "resident_exempt")
    assert step(after, "resident_fixed")["grade"] == "official"
    assert f"加{3800}元" in step_words(after, "reward")  # 广东, from 2025 on


def test_only_those_of_one_scheme_are_told_theirs() -> None:
    said = told("waiting-period", "鄂州", scheme="resident")
    assert {one["scheme"] for one in said["steps"]} == {"", "resident"}


# back payment and double payment


def test_what_fell_into_the_gap_is_not_paid_in_shanghai() -> None:
    """上海市医疗保障条例 第十五条, from 2025-03-01; elsewhere 43号 lets it be claimed."""
    assert "可以按规定补报" in step_words(told("back-payment", "上海", date(2025, 2, 28)), "short_gap")
    assert "不补报" in step_words(told("back-payment", "上海", date(2025, 3, 1)), "short_gap")
    assert step(told("back-payment", "上海"), "short_gap")["clause"] == "第十五条"


def test_zhejiang_asks_for_twenty_years() -> None:
    said = told("back-payment", "绍兴")
    assert (step(said, "years_short")["clause"], f"满{20}年" in step_words(said, "years_short")) == ("第二十一条", True)


def test_double_payment() -> None:
    """令735号 第十七条: benefits once only; 社会保险经办条例 第四十六条; 浙江省医疗保障条例 第二十四条."""
    said = told("double-payment", "巴中")
    assert "不能两边都报" in said["summary"]
    assert step(said, "too_much")["clause"] == "第四十六条"
    assert any("多交的那一份保费退不退" in one for one in said["caveats"])
    assert "不退" in step_words(told("double-payment", "绍兴"), "refund")
    assert "视同缴费年限" in step_words(told("double-payment", "天津"), "months_once")


# pension adjustment: 2024 3 %; 2025 2 % (notice of 2025-07-10, for who retired by 2024-12-31); 2026 unknown


@pytest.mark.parametrize(
    ("on", "certainty", "says"),
    [
        (date(2025, 7, 9), "exact", "涨了3%"),
        (date(2025, 7, 10), "exact", "涨2%。2024年12月31日以前退休的人能涨"),
        (date(2025, 12, 31), "exact", "涨2%"),
        (date(2026, 1, 1), "unknown", "2026年调整退休人员基本养老金的通知没有查到"),
    ],
)
def test_pension_rises_by_year(on: date, certainty: str, says: str) -> None:
    said = told("pension-adjustment", "绍兴", on)
    assert said["certainty"] == certainty
    assert says in said["summary"]


def test_invented_rises_are_told_as_such() -> None:
    said = told("pension-adjustment", "巴中")
    assert any("3.5%" in one and "编出来的" in one for one in said["caveats"])
    assert any("医保返款" in one and "不再调" in one for one in said["caveats"])
    assert not any("12393" in one for one in said["next"]), "pensions are 人社"


# chronic, away, births


def test_two_diseases() -> None:
    """四川 from 2019-11-01: at least 50 %, 200 and 300 yuan; 巴中 the same, on weak pages only."""
    assert all(n in step_words(told("chronic", "四川"), "two_diseases") for n in ("50%", "200元", "300元"))
    assert step(told("chronic", "巴中"), "two_diseases")["grade"] == "unverified"
    assert any("高血压、糖尿病" in one for one in told("chronic", "北京")["caveats"]), "a gap elsewhere"


def test_medical_aid_of_the_poorest() -> None:
    """国办发〔2021〕42号: at least 70 %; the critical illness insurance at least 60 %."""
    said = told("chronic", "辽源")
    assert f"不低于{70}%" in step_words(said, "medical_aid")
    assert f"至少报{60}%" in step_words(said, "critical_illness")


AWAY = [  # articles of the 规程 of 医保发〔2022〕22号
    ("file", "第九条", "国家异地就医备案小程序"),
    ("papers", "第八条", "承诺书"),
    ("catalogue", "第六条", "按看病的地方"),
    ("who_long", "第七条", "退休以后到外地安家"),
    ("who_short", "第七条", "急诊抢救"),
    ("late", "第十六条", "出院结算以前"),
    ("emergency", "第三十四条", "已经备案"),
    ("not_networked", "第十四条", "先自己付钱"),
    ("show", "第十七条", "医保码"),
]


@pytest.mark.parametrize(("name", "article", "says"), AWAY)
def test_away_by_the_articles(name: str, article: str, says: str) -> None:
    said = step(told("out-of-area", "巴中"), name)
    assert article in said["clause"]
    assert says in said["how"]


def test_away_begins_in_2023_and_counts_in_points() -> None:
    assert told("out-of-area", "巴中", date(2022, 12, 31))["certainty"] == "unknown"
    said = told("out-of-area", "北京", date(2023, 1, 1))
    assert f"最多低{10}个百分点" in step_words(said, "ratio_referred")
    assert f"最多低{20}个百分点" in step_words(said, "ratio_other")
    assert any("说的是百分点" in one for one in said["caveats"])
    assert f"{30}个工作日" in step_words(
        told("out-of-area", "北京"), "manual_days"
    )  # 经办条例 第二十条, from 2023-12-01
    assert not [one for one in said["steps"] if one["name"] == "manual_days"]


@pytest.mark.parametrize(
    ("area", "name", "says"),
    [
        ("绍兴", "sx_referred", "先付5%"),  # 5 or 15 filed, 15 or 25 not filed
        ("绍兴", "sx_resident", "10%或者25%"),
        ("吉林市", "not_direct", "再低10个百分点"),
        ("珠海", "ratio_referred", "不降低"),
        ("成都", "five_provinces", "不用备案"),
        ("杭州", "ratio_other", "先自己付20%"),
        ("鄂州", "ratio_referred", "低10个百分点"),
        ("常州", "ratio_liyang", "低5个百分点"),
    ],
)
def test_away_of_the_areas(area: str, name: str, says: str) -> None:
    assert says in step_words(told("out-of-area", area), name)


def test_births() -> None:
    """社会保险法 第五十三至五十六条; 社会保险经办条例 第二十条: 10 working days."""
    said = told("maternity", "巴中")
    clauses = [step(said, name)["clause"] for name in ("fees", "allowance", "spouse", "allowance_apply")]
    assert clauses == ["第五十五条", "第五十六条", "第五十四条", "第二十条"]
    assert f"{10}个工作日" in step_words(said, "allowance_apply")
    assert "自己不用交" in said["summary"]
    before, after = (
        told("maternity", "杭州", day) for day in (date(2022, 6, 30), date(2022, 7, 1))
    )  # 杭医保〔2022〕41号
    assert not [one for one in before["steps"] if one["name"] == "flexible"]
    assert "生育待遇" in step_words(after, "flexible")


def test_provinces_and_the_nation_answer_too() -> None:
    for area in ("浙江", "全国"):
        assert told("out-of-area", area)["certainty"] == "exact"
        assert words(told("fraud-warning", area)).count("倍") >= 3
