"""What must be shown, third part: outpatient care, each figure as arithmetic from the law of the day.

Amounts are written `yuan_fen`: 1_300_00 is 1,300.00 yuan.
"""

from tests.outside.questions import Figure, Question, half_up


def paid(cost: int, deductible: int, fund: int, outside: int = 0) -> dict[str, Figure]:
    """The four figures of a bill; `outside` is what does not count."""
    return {"eligible": cost - outside, "deductible": deductible, "fund_pays": fund, "person_pays": cost - fund}


def settlement() -> list[Question]:
    """The worked examples of the order of settlement, with the law of the day."""
    on = "2025-06-01"
    shanghai = paid(20_000_00, 500_00, half_up((20_000_00 - 500_00) * 70, 100))  # 13,650.00
    outside = paid(3_000_00, 300_00, half_up((3_000_00 - 200_00 - 300_00) * 80, 100), outside=200_00)  # 2,000.00
    # The example (2,000 − 500) × 90 % = 1,350 is of a law that 武汉 gave up: no deductible since 2023-02-01.
    wuhan = paid(2_000_00, 0, half_up(2_000_00 * 90, 100))
    return [
        Question("outpatient", "上海", on, {"status": "active", "level": "3", "cost": "20000"}, shanghai),
        Question("outpatient", "上海", on, {"status": "retired", "level": "2", "retired_on": "2005-03", "cost": "3000",
                                          "excluded": "200"}, outside),
        Question("outpatient", "武汉", on, {"status": "retired", "level": "1", "cost": "2000"}, wuhan),
    ]  # fmt: skip


def beijing() -> list[Question]:
    """北京: 1,800 and 1,300 yuan a year, 70/85/90 % to 20,000 yuan of the year, 60 and 80 % above, no limit."""
    out = []
    for status, age, level, deductible, low, high in (
        ("active", "40", "3", 1_800_00, 70, 60),
        ("active", "40", "community", 1_800_00, 90, 60),
        ("retired", "69", "3", 1_300_00, 85, 80),
        ("retired", "70", "3", 1_300_00, 90, 80),
        ("retired", "69", "community", 1_300_00, 90, 80),
    ):
        for cost in (1_000_00, 5_000_00, 30_000_00):
            below = max(min(cost, 20_000_00) - deductible, 0)
            above = max(cost - 20_000_00, 0)
            fund = half_up(below * low + above * high, 100)
            facts = {"status": status, "age": age, "level": level, "cost": str(cost // 100)}
            out.append(Question("outpatient", "北京", "2025-06-01", facts, paid(cost, min(cost, deductible), fund)))
    # 12,600 paid of 19,800 yuan: 1,800 + 12,600 / 70 %; of 1,000 more, 200 are paid at 70 %, 800 at 60 %
    facts = {"status": "active", "level": "3", "cost": "1000", "used_deductible": "1800", "used_cap": "12600"}
    fund = half_up(200_00 * 70 + 800_00 * 60, 100)
    out.append(Question("outpatient", "北京", "2025-06-01", facts, paid(1_000_00, 0, fund)))
    return out


SHENZHEN_WAGE = {"2023-11-01": 12_964_00 * 12, "2024-06-01": 164_754_00, "2025-06-01": 174_640_00}


def shenzhen() -> list[Question]:
    """深圳: the limit is 6 %, 7 % or 1.5 % of the wage last published, half of it at level 2 and above."""
    out = []
    for on, wage in SHENZHEN_WAGE.items():
        for facts, thousandths in (
            ({"status": "active", "tier": "1", "level": "1"}, 60),
            ({"status": "retired", "tier": "1", "level": "community"}, 70),
            ({"status": "active", "tier": "1", "level": "3"}, 30),
            ({"status": "retired", "tier": "1", "level": "2"}, 35),
            ({"status": "active", "tier": "2", "level": "1"}, 15),
            ({"scheme": "resident", "age": "40", "level": "1"}, 15),
        ):
            fund = half_up(wage * thousandths, 1000)
            out.append(Question("outpatient", "深圳", on, {**facts, "cost": "90000"}, paid(90_000_00, 0, fund)))
    return out


def others() -> list[Question]:
    """One way of reckoning each: age, signed doctor, visits, cost bands, limits, ranges and gaps."""
    day = "2025-06-01"
    signed = {"status": "active", "level": "community", "cost": "5000", "signed_doctor": "yes"}
    visits = {"status": "active", "level": "2", "cost": "300", "per_visit": "100"}
    capped = {"status": "active", "level": "2", "cost": "10000"}
    tianjin = {"status": "active", "level": "2", "cost": "9500", "signed_doctor": "no"}
    base = half_up((5_500_00 - 800_00) * 65 + (9_000_00 - 5_500_00) * 55, 100)
    more = half_up(500_00 * 55, 100)  # the part that only those without a gap have had since 2024
    nanjing = half_up(1_000_00 * 50 + 4_000_00 * 70 + 1_000_00 * 75, 100)
    chengdu = (880_00, 2_000_00)
    band = {"eligible": 9_500_00, "deductible": 800_00, "fund_pays": (base, base + more),
            "person_pays": (9_500_00 - base - more, 9_500_00 - base)}  # fmt: skip
    return [
        Question("outpatient", "杭州", day, signed, paid(5_000_00, 700_00, half_up((5_000_00 - 700_00) * 89, 100))),
        Question("outpatient", "郑州", day, visits, paid(300_00, 3 * 40_00, half_up((300_00 - 3 * 40_00) * 60, 100))),
        Question("outpatient", "郑州", day, {**visits, "per_visit": "0"},
                 paid(300_00, 40_00, half_up((300_00 - 40_00) * 60, 100))),
        Question("outpatient", "昆明", day, {"status": "retired", "level": "3", "cost": "1000"},
                 paid(1_000_00, 90_00, half_up((1_000_00 - 90_00) * 55, 100))),
        Question("outpatient", "昆明", day, {"status": "active", "level": "3", "cost": "50000"}, {}, "unknown"),
        Question("outpatient", "南京", day, {"status": "active", "level": "community", "cost": "6000"},
                 paid(6_000_00, 0, nanjing)),  # 500 + 2,800 + 750
        Question("outpatient", "重庆", day, {**capped, "scheme": "employee"}, paid(10_000_00, 200_00, 3_000_00)),
        Question("outpatient", "重庆", day, {**capped, "scheme": "flexible", "tier": "1"},
                 paid(10_000_00, 200_00, 800_00)),
        Question("outpatient", "重庆", day, {**capped, "used_deductible": "200", "used_cap": "2900"},
                 paid(10_000_00, 0, 3_000_00 - 2_900_00)),
        Question("outpatient", "天津", "2025-06-01", tianjin, band, "range"),
        Question("outpatient", "天津", "2023-06-01", tianjin, paid(9_500_00, 800_00, base)),
        Question("outpatient", "成都", day, {**capped, "scheme": "flexible"},
                 {"fund_pays": chengdu, "person_pays": (8_000_00, 9_120_00)}, "range"),
        Question("outpatient", "巴中", day, {"scheme": "resident", "cost": "3000"}, paid(3_000_00, 0, 200_00)),
        Question("outpatient", "厦门", "2024-06-01", {"scheme": "resident", "age": "40", "level": "2", "cost": "12000"},
                 paid(12_000_00, 500_00, half_up((10_000_00 - 500_00) * 55 + 2_000_00 * 75, 100))),
        Question("outpatient", "海口", day, {"status": "active", "level": "1", "cost": "500"}, {}, "unknown"),
        Question("outpatient", "杭州", "2026-02-01", signed, {}, "unknown"),
    ]  # fmt: skip


def visits_without_a_stay() -> list[Question]:
    """Everything that must be shown of outpatient care."""
    return [*settlement(), *beijing(), *shenzhen(), *others()]
