"""Is what people have read and what is wrong told in the answer: the right figure, the claim, and why not?"""

from datetime import date
from typing import Any

import pytest

from yibao.services.answers import answer
from yibao.services.answers.topics import ALL_TOPICS

Json = dict[str, Any]
GANSU = {  # yuan a month, by the list of 2023
    "兰州": 90, "嘉峪关": 90, "金昌": 90, "白银": 80, "天水": 85, "武威": 120, "张掖": 90, "平凉": 90, "酒泉": 90,
    "庆阳": 90, "定西": 90, "陇南": 90, "临夏": 100, "甘南": 120,
}  # fmt: skip
LADDER_OF_SHENZHEN = {year: 15 + year - 2014 for year in range(2014, 2025)}  # 2014 15 years … 2024 25


def asked(topic: str, area: str, on: str = "2026-11-22", **facts: str) -> Json:
    return answer(topic, area=area, on=date.fromisoformat(on), facts=facts).value.to_json()


def refuted(body: Json, claim: str) -> str:
    """The caveat that names a claim; fails if the answer is silent about it or does not say why it is wrong."""
    told = [line for line in body["caveats"] if line.startswith("另有说法：") and claim in line]
    assert len(told) == 1, (claim, body["caveats"])
    assert "没有采用，因为" in told[0]
    return told[0]


def computed_with(body: Json) -> set[int]:
    """Every value of the law that stands in the answer or in one of its cases."""
    return {p["value"] for part in (body, *body["cases"]) for p in part["parameters"]}


@pytest.mark.parametrize(("area", "yuan"), GANSU.items())
def test_gansu_has_no_120_for_the_province(area: str, yuan: int) -> None:
    body = asked("allocation", area, status="retired", age="65")
    assert body["figures"]["allocation_gross"]["value"] == yuan * 100
    assert "省直、武威和甘南" in refuted(body, "甘肃全省都是120元")
    assert (120_00 in computed_with(body)) == (yuan == 120)


def test_gansu_asked_as_a_province_lists_its_areas() -> None:
    body = asked("allocation", "甘肃", status="retired", age="65")
    assert body["certainty"] == "range"
    assert (body["figures"]["allocation_gross"]["low"], body["figures"]["allocation_gross"]["high"]) == (80_00, 120_00)
    assert len(body["cases"]) == len(GANSU) + 1  # and the province's own offices
    refuted(body, "甘肃全省都是120元")


@pytest.mark.parametrize("area", ["济南", "青岛", "烟台", "济宁"])
@pytest.mark.parametrize(("age", "yuan"), [("69", 100), ("70", 125)])
def test_shandong_100_and_125_are_sums_of_cities(area: str, age: str, yuan: int) -> None:
    body = asked("allocation", area, status="retired", age=age)
    assert body["figures"]["allocation_gross"]["value"] == yuan * 100
    assert "2%和2.5%" in refuted(body, "山东全省不满70岁100元、满70岁125元")


@pytest.mark.parametrize("area", ["潍坊", "临沂"])
@pytest.mark.parametrize(("age", "thousandths"), [("69", 20), ("70", 25)])
def test_shandong_elsewhere_has_a_share_of_the_city_s_average(area: str, age: str, thousandths: int) -> None:
    """Only an average of 5,000 yuan gives 100 and 125; another city has another sum."""
    unknown = asked("allocation", area, status="retired", age=age)
    assert unknown["certainty"] == "unknown"
    assert unknown["figures"] == {}
    body = asked("allocation", area, status="retired", age=age, average_pension="4400")
    assert body["figures"]["allocation_gross"]["value"] == 4_400_00 * thousandths // 1000
    for told in (unknown, body):
        refuted(told, "山东全省不满70岁100元、满70岁125元")
        assert not {100_00, 125_00} & computed_with(told)


def test_shandong_asked_as_a_province_says_that_no_sum_is_the_province_s() -> None:
    body = asked("allocation", "山东", status="retired", age="75")
    assert "没有查到统一的数" in body["summary"]
    refuted(body, "山东全省不满70岁100元、满70岁125元")


@pytest.mark.parametrize(("year", "years"), LADDER_OF_SHENZHEN.items())
def test_shenzhen_rises_year_by_year_not_in_two_steps(year: int, years: int) -> None:
    on = f"{max(year, 2015)}-06-15"
    body = asked("contribution-years", "深圳", on=on, sex="male", retires=f"{year}-06")
    assert body["figures"]["required_months"]["value"] == years * 12
    local = min(10 + year - 2014, 15) if year < 2023 else 10
    assert body["figures"]["required_local_months"]["value"] == local * 12
    assert ("一年一级" if year > 2022 else "一年加一年") in refuted(body, "2023年前15年、2023年后25年")


def test_shenzhen_now_asks_for_10_years_there_not_15() -> None:
    body = asked("contribution-years", "深圳", sex="female", retires="2026-11")
    assert body["figures"]["required_local_months"]["value"] == 10 * 12
    assert 15 * 12 not in computed_with(body)
    refuted(body, "2023年前实际缴满10年、2023年后15年")
    refuted(body, "仍写在深圳实际缴满15年")


@pytest.mark.parametrize("status", ["active", "retired"])
def test_bazhong_s_hospitals_do_not_pay_by_beijing_s_table(status: str) -> None:
    body = asked("inpatient", "巴中", status=status, level="3", cost="50000")
    assert body["certainty"] == "unknown"
    assert body["figures"] == {}
    for claim in ("起付1300元，第二次减半", "85%、87%、90%、95%、97%", "一级医院90%到97%"):
        assert "北京" in refuted(body, claim)
    refuted(body, "一年10万到60万元")


def test_bazhong_s_outpatient_care_has_its_own_deductible() -> None:
    for status, deductible, rate, cap in (("active", 200_00, 60, 2000_00), ("retired", 150_00, 70, 3000_00)):
        body = asked("outpatient", "巴中", scheme="employee", status=status, level="2", cost="3000")
        paid = min((3000_00 - deductible) * rate // 100, cap)
        assert body["figures"]["fund_pays"]["value"] == paid
        assert "北京" in refuted(body, "起付线2000元以上")
        refuted(body, "二级医院在职55%、退休65%")
        assert not {1300_00, 1800_00, 550_000, 650_000} & computed_with(body)


def test_beijing_keeps_its_own_table() -> None:
    body = asked("inpatient", "北京", status="active", level="3", cost="50000", stay="1")
    assert body["figures"]["deductible"]["value"] == 1300_00
    own = asked("outpatient", "北京", scheme="employee", status="active", level="3", cost="5000")
    assert own["figures"]["deductible"]["value"] == 1800_00


def test_a_transfer_takes_10_and_5_working_days_not_15_to_30() -> None:
    body = asked("transfer", "合肥", scheme="employee", status="active", to="西宁", applied="2026-03-02")
    assert "10个工作日" in body["summary"]
    assert "5个工作日" in body["summary"]
    assert "老办法" in refuted(body, "15到30个工作日")
    assert not {15, 30} & computed_with(body)


def test_a_transfer_needs_no_paper_first_and_the_money_goes_along() -> None:
    body = asked("transfer", "合肥", scheme="employee", status="active", to="西宁")
    refuted(body, "打参保凭证")
    refuted(body, "各省自己定")
    refuted(asked("transfer", "广州", scheme="employee", status="active", to="深圳"), "广东省内转移的")


@pytest.mark.parametrize(("area", "paid"), [("天津", 5), ("南京", 10)])
def test_tianjin_and_nanjing_ask_for_25_and_20_years_not_30_and_25(area: str, paid: int) -> None:
    for sex, years in (("male", 25), ("female", 20)):
        body = asked("contribution-years", area, sex=sex, retires="2026-11")
        assert body["figures"]["required_months"]["value"] == years * 12
        assert body["figures"]["required_paid_months"]["value"] == paid * 12
        assert 30 * 12 not in computed_with(body)
        refuted(body, "男30年、女25年")


def test_guangzhou_s_10_and_15_years_are_named_although_no_step_is_known() -> None:
    body = asked("contribution-years", "广州", sex="male", retires="2026-11")
    assert body["certainty"] == "unknown"
    refuted(body, "2013年底以前参保的满10年")
    refuted(body, "2014年起参保的满15年")


def test_the_nation_s_share_is_2_percent_not_2_to_3_of_the_own_pension() -> None:
    """3,700 yuan: 2 % is 74 yuan, the highest share known 2.8 %; 3 % would be the 111 yuan that pages show."""
    body = asked("allocation", "保定", status="retired", age="66", average_pension="3700")
    gross = body["figures"]["allocation_gross"]
    assert (gross["low"], gross["high"]) == (3700 * 2, 3700_00 * 28 // 1000)
    for claim in ("比例是2%到3%", "每月111元", "缴费越久", "划入的钱也跟着涨", "挑划得多的地方住"):
        refuted(body, claim)
    assert 30_000 not in computed_with(body)


@pytest.mark.parametrize(
    ("area", "age", "claim"),
    [("北京", "66", "这3元是大病医疗保险"), ("上海", "74", "每月140元和157.5元"), ("深圳", "66", "大约250元"),
     ("重庆", "66", "每月5.25元"), ("绍兴", "66", "每月270元到280元"), ("杭州", "66", "2.5%")],
)  # fmt: skip
def test_other_sums_that_pages_show_are_named(area: str, age: str, claim: str) -> None:
    refuted(asked("allocation", area, status="retired", age=age), claim)


@pytest.mark.parametrize("topic", ["balance", "contributions", "claim-progress"])
@pytest.mark.parametrize("area", ["全国", "巴中", "保定", "北京"])
def test_medical_insurance_is_asked_at_12393_not_12333(topic: str, area: str) -> None:
    body = asked(topic, area)
    told = [line for line in body["caveats"] if "医保的事打 12333" in line]
    assert len(told) == 1
    assert "电话是 12393" in told[0]
    assert "12393" in "".join(step["plain"] for step in body["steps"])
    calls = [step["plain"] for step in body["steps"] if "打 12333" in step["plain"]]
    assert all("人社局" in line for line in calls), "pensions, unemployment and injuries only"


def test_12333_is_the_number_of_pensions_alone() -> None:
    offices = {name for name, topic in ALL_TOPICS.items() if topic.office == "12333"}
    assert offices <= {"pension", "retirement-age", "pension-adjustment"}
    body = asked("allocation", "潍坊", status="retired", age="75")
    assert any("12393" in line for line in body["next"])
    assert not any("12333" in line for line in body["next"])
