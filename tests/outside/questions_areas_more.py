"""Visits, premiums and years of areas, read again beside their sources: each figure as arithmetic from the law.

Amounts are written `yuan_fen`: 1_300_00 is 1,300.00 yuan. A rate is a number of hundredths.
"""

from typing import NamedTuple

from tests.outside.questions import Figure, Question, half_up


class Visit(NamedTuple):
    """One visit of 3,000 yuan and what the area's law says of it: deductible, rate, yearly limit; facts as asked."""

    area: str
    on: str
    facts: dict[str, str]
    deductible: int
    rate: int
    cap: int


COST = 3_000_00
IN_WORK = {"status": "active"}
RETIRED = {"status": "retired"}


def at(level: str, who: dict[str, str], **more: str) -> dict[str, str]:
    return {**who, "level": level, **more}


VISITS = [
    Visit("滕州", "2025-06-01", at("1", IN_WORK), 200_00, 80, 3_500_00),
    Visit("枣庄", "2025-06-01", at("2", RETIRED), 400_00, 70 + 5, 4_500_00),
    Visit("枣庄", "2025-06-01", at("3", RETIRED, used_cap="4400"), 600_00, 60 + 5, 4_500_00 - 4_400_00),
    Visit("襄阳", "2026-11-22", at("1", RETIRED), 400_00, 80, 3_100_00),
    Visit("襄阳", "2026-11-22", at("3", RETIRED), 400_00, 60, 3_100_00),
    Visit("苏州", "2025-06-01", at("2", IN_WORK), 600_00, 75, 13_000_00),
    Visit("苏州", "2025-06-01", at("pharmacy", RETIRED, used_cap="2900"), 400_00, 70, 3_000_00 - 2_900_00),
    Visit("无锡", "2023-06-01", at("community", RETIRED), 300_00, 90, 12_000_00),
    Visit("济南", "2024-06-01", at("2", IN_WORK), 400_00, 70, 6_000_00),
    Visit("青岛", "2024-06-01", at("1", IN_WORK), 0, 80, 6_000_00),
    Visit("沈阳", "2024-06-01", at("3", RETIRED, signed_doctor="no"), 400_00, 55 + 5, 12_000_00),
    Visit("大连", "2024-06-01", at("2", IN_WORK), 200_00, 65, 12_000_00),
    Visit("合肥", "2024-06-01", at("1", RETIRED), 200_00, 60 + 10, 5_000_00),
    Visit("南昌", "2023-06-01", at("2", IN_WORK), 600_00, 55, 1_800_00),
    Visit("石家庄", "2023-06-01", at("3", IN_WORK, age="44"), 100_00, 50, 2_000_00),
    Visit("石家庄", "2023-06-01", at("3", IN_WORK, age="45", used_cap="1900"), 100_00, 50, 3_000_00 - 1_900_00),
    Visit("呼和浩特", "2023-06-01", at("3", RETIRED), 1_000_00, 60 + 5, 6_000_00),
    Visit("呼和浩特", "2024-06-01", at("1", RETIRED), 50_00, 80 + 5, 6_000_00),
    Visit("哈尔滨", "2025-06-01", at("1", IN_WORK), 400_00, 70, 3_000_00),
    Visit("贵阳", "2024-07-01", at("3", RETIRED), 150_00, 65 + 5, 2_000_00),
    Visit("西安", "2023-06-01", at("pharmacy", IN_WORK), 200_00, 70, 2_000_00),
    Visit("兰州", "2023-06-01", at("2", RETIRED), 200_00, 60 + 5, 2_500_00),
    Visit("福州", "2022-06-01", at("community", RETIRED), 800_00, 80 + 10, 20_000_00),
    Visit("长沙", "2023-06-01", at("3", IN_WORK), 300_00, 60, 1_500_00),
    Visit("荆州", "2026-11-22", at("1", RETIRED), 400_00, 80, 2_400_00),
    Visit("宜昌", "2023-06-01", at("2", IN_WORK), 500_00, 65, 2_200_00),
    Visit("乌海", "2023-06-01", at("3", RETIRED), 1_000_00, 50 + 5, 5_000_00),
    Visit("宝鸡", "2023-06-01", at("1", IN_WORK), 200_00, 60, 500_00),
    Visit("巴中", "2025-06-01", at("3", RETIRED), 150_00, 60, 3_000_00),
    Visit("成都", "2025-06-01", at("pharmacy", RETIRED), 150_00, 60, 2_500_00),
    Visit("广州", "2024-06-01", at("3", RETIRED, used_cap="10000"), 0, 70, 10_663_00 - 10_000_00),
]


def visit(v: Visit) -> Question:
    """A visit's bill; the share is rounded once, then held under what is left of the yearly limit."""
    fund = min(half_up((COST - v.deductible) * v.rate, 100), v.cap)
    figures: dict[str, Figure] = {
        "eligible": COST, "deductible": v.deductible, "fund_pays": fund, "person_pays": COST - fund,
    }  # fmt: skip
    return Question("outpatient", v.area, v.on, {"scheme": "employee", "cost": "3000", **v.facts}, figures)


def shares_that_are_ranges() -> list[Question]:
    """南宁: 600 yuan, then 50 % to 65 %, nobody says of whom; 2,000 and, retired, 2,600 a year."""
    low, high = half_up((COST - 600_00) * 50, 100), half_up((COST - 600_00) * 65, 100)
    band: dict[str, Figure] = {"fund_pays": (low, high), "person_pays": (COST - high, COST - low)}
    facts = {"scheme": "employee", "status": "retired", "level": "2", "cost": "3000"}
    return [Question("outpatient", "南宁", "2026-11-22", facts, band, "range")]


def visits_not_known() -> list[Question]:
    """What is known is too little for a figure: price classes, limits at each visit, missing shares or limits."""
    facts = {"scheme": "employee", "status": "active", "level": "2", "age": "50", "cost": "3000"}
    return [
        Question("outpatient", area, "2026-11-22", facts, {}, "unknown")
        for area in ("太原", "西宁", "乌鲁木齐", "昌吉", "宁波", "南通", "云浮", "襄阳", "鄂州")
    ]


def sums_of_residents() -> list[Question]:
    """青岛 and 西藏: two sums, and nobody says who pays which."""
    adult: dict[str, Figure] = {"person_pays": (395_00, 462_00), "subsidy": (770_00, 850_00), "insurance_year": 2024}
    tibet: dict[str, Figure] = {"person_pays": (220_00, 400_00), "subsidy": 705_00, "insurance_year": 2025}
    student: dict[str, Figure] = {"person_pays": 150_00, "insurance_year": 2024}
    asked = {"scheme": "resident"}
    return [
        Question("premium", "青岛", "2024-03-01", {**asked, "category": "adult"}, adult, "range"),
        Question("premium", "青岛", "2024-03-01", {**asked, "category": "student"}, student),
        Question("premium", "拉萨", "2025-03-01", {**asked, "category": "adult"}, tibet, "range"),
    ]


def years_of_hohhot() -> list[Question]:
    return [
        Question("contribution-years", "呼和浩特", "2026-11-22", {"sex": sex}, {"required_months": years * 12})
        for sex, years in (("male", 25), ("female", 20))
    ]


def areas_more() -> list[Question]:
    """Everything of this page."""
    return [
        *(visit(v) for v in VISITS), *shares_that_are_ranges(), *visits_not_known(), *sums_of_residents(),
        *years_of_hohhot(),
    ]  # fmt: skip
