"""What was read again for the seeds' cities and their neighbours, each figure as arithmetic from the law.

Amounts are written `yuan_fen`: 1_300_00 is 1,300.00 yuan.
"""

from tests.outside.questions import Figure, Question, half_up, retired
from tests.outside.questions_outpatient import paid
from tests.outside.questions_premium import employed, resident, self_employed

NO_LIMIT = 10**11
SHAOXING_2021 = (6_594_00, 19_783_00)


def ezhou() -> list[Question]:
    """鄂州's self-employed: the four sums that were printed for 2024, and the same way on the base of 2025."""
    printed = {3_675_00: 395_88, 3_780_00: 406_90, 5_040_00: 539_20, 6_300_00: 671_50}
    assert all(half_up(base * 105, 1000) + 10_00 == total for base, total in printed.items())
    average = 7_154_00
    later = (4_254_00, half_up(average * 60, 100), half_up(average * 80, 100), average)
    return [
        *(self_employed("鄂州", "2024-08-01", total, base=f"{base // 100}") for base, total in printed.items()),
        *(self_employed("鄂州", "2026-06-01", half_up(base * 105, 1000) + 10_00, base=f"{base // 100}.{base % 100:02}")
          for base in later),
    ]  # fmt: skip


def bases() -> list[Question]:
    """Below the floor the floor counts, above the ceiling the ceiling; 湖北 by its three classes."""
    return [
        employed("武汉", "2024-06-01", 4_000_00, 4_224_00, (20, 87, 20), 7_00),
        employed("武汉", "2026-06-01", 30_000_00, 22_488_00, (20, 87, 20), 7_00),
        *(employed(area, on, 3_000_00, floor, (20, -1, -1))
          for area in ("黄石", "十堰", "恩施")
          for on, floor in (("2024-06-01", 3_800_00), ("2025-06-01", 4_097_00), ("2026-06-01", 4_299_00))),
        *(employed(area, on, 30_000_00, ceiling, (20, -1, -1))
          for area in ("荆州", "咸宁", "神农架")
          for on, ceiling in (("2024-06-01", 18_900_00), ("2025-06-01", 20_415_00), ("2026-06-01", 21_462_00))),
        employed("辽源", "2026-06-01", 4_000_00, half_up(7_322_00 * 60, 100), (20, -1, -1)),
        employed("巴中", "2026-06-01", 4_000_00, 4_588_00, (20, -1, -1)),
        employed("成都", "2025-06-01", 4_000_00, 4_511_00, (20, 69 + 8 + 6, -1)),
        employed("成都", "2026-06-01", 30_000_00, 22_938_00, (20, 69 + 8 + 6, -1)),
        employed("杭州", "2022-06-01", 8_000_00, 8_000_00, (20, 99, -1)),
        employed("杭州", "2025-06-01", 4_000_00, 4_812_00, (20, 95, 20)),
        employed("杭州", "2025-06-01", 30_000_00, 3 * 8_020_00, (20, 95, 20)),
        employed("宁波", "2025-06-01", 8_000_00, 8_000_00, (20, 85, -1)),
    ]  # fmt: skip


def shares() -> list[Question]:
    """绍兴, where a person pays 1 % or 2 %, and those who pay for themselves."""
    out = []
    for on, base, counted, employer in (
        ("2021-12-31", 5_000_00, SHAOXING_2021[0], 56),
        ("2022-06-01", 30_000_00, SHAOXING_2021[1], 56),
        ("2025-06-01", 8_000_00, 8_000_00, 86),
    ):
        own = (half_up(counted, 100), half_up(counted * 2, 100))
        figures: dict[str, Figure] = {"premium_base": counted, "person_pays": own, "allocated": own}
        figures["employer_pays"] = half_up(counted * employer, 1000)
        facts = {"scheme": "employee", "base": str(base // 100)}
        out.append(Question("premium", "绍兴", on, facts, figures, "range"))
    return [
        *out,
        self_employed("宁波", "2025-06-01", half_up(8_000_00 * 105, 1000), base="8000"),
        self_employed("武汉", "2026-03-01", half_up(7_496_00 * 48, 1000) + 7_00),
        *(Question("premium", area, "2026-03-01", {"scheme": "flexible", "tier": tier}, {}, "unknown")
          for area, tier in (("绍兴", "1"), ("成都", "2"))),
    ]  # fmt: skip


def sums() -> list[Question]:
    """Residents by the year of insurance; where only the nation's least sum is known, a range without an end."""
    students: dict[str, Figure] = {"person_pays": (100_00, 130_00), "subsidy": (330_00, 390_00)}
    least: dict[str, Figure] = {"person_pays": (400_00, NO_LIMIT)}
    return [
        resident("杭州", 2023, 700, category="adult", tier="1"),
        resident("杭州", 2025, 630, category="adult", tier="2"),
        resident("杭州", 2026, 700, 1410, category="elderly", tier="2"),
        resident("杭州", 2026, 340, 750, category="child"),
        Question("premium", "杭州", "2026-03-01", {"scheme": "resident", "category": "student"}, students, "range"),
        resident("绍兴", 2023, 580, category="adult"),
        resident("绍兴", 2024, 620, 1850 - 620, category="adult"),
        resident("绍兴", 2025, 130, 540, category="student"),
        Question("premium", "绍兴", "2024-03-01", {"scheme": "resident", "category": "student"}, {}, "unknown"),
        resident("宁波", 2025, 770, 1540, category="adult"),
        resident("宁波", 2025, 200, 720, category="student"),
        resident("温州", 2024, 580, 1160, category="adult"),
        resident("温州", 2025, 70, 150, category="student"),
        resident("鄂州", 2024, 380, 640),
        resident("鄂州", 2026, 400),
        resident("辽源", 2023, 310, 640, category="student"),
        resident("长春", 2024, 380, 670),
        *(Question("premium", area, "2026-03-01", {"scheme": "resident"}, least, "range") for area in ("辽源", "巴中")),
        resident("达州", 2026, 400, 700),
        resident("成都", 2025, 400, 710, category="student"),
        resident("成都", 2026, 400, 740, category="adult", tier="1"),
    ]  # fmt: skip


def visit(area: str, on: str, cost: int, deductible: int, percent: int, cap: int = NO_LIMIT, **facts: str) -> Question:
    """A visit: what is above the deductible at a share, at most a limit."""
    fund = min(half_up((cost - deductible) * percent, 100), cap)
    return Question("outpatient", area, on, {"cost": str(cost // 100), **facts}, paid(cost, deductible, fund))


def visits() -> list[Question]:
    """Outpatient care: by status and level, at the limit, and where only a range or nothing is known."""
    now = {"scheme": "resident", "level": "1"}
    half = half_up(1_600_00 * 50, 100)
    changchun: dict[str, Figure] = {"fund_pays": (500_00, half), "person_pays": (1_600_00 - half, 1_600_00 - 500_00)}
    return [
        visit("武汉", "2025-06-01", 8_000_00, 0, 65, 3_500_00, status="active", level="2"),
        visit("武汉", "2025-06-01", 8_000_00, 0, 90, 4_500_00, status="retired", level="1"),
        visit("武汉", "2025-06-01", 900_00, 200_00, 50, 400_00, scheme="resident", level="2"),
        visit("成都", "2025-06-01", 2_000_00, 200_00, 50, 2_000_00, scheme="employee", status="active", level="3"),
        visit("巴中", "2025-06-01", 6_000_00, 150_00, 70, 3_000_00, status="retired", level="2"),
        visit("绍兴", "2025-06-01", 1_000_00, 400_00, 70, 5_000_00, status="active", level="community"),
        visit("绍兴", "2025-06-01", 1_000_00, 0, 65, 1_200_00, scheme="resident", level="community"),
        visit("绍兴", "2025-06-01", 1_000_00, 0, 15, 1_200_00, scheme="resident", level="2"),
        visit("杭州", "2024-06-01", 1_000_00, 300_00, 82, status="retired", level="3"),
        visit("温州", "2022-06-01", 1_000_00, 100_00, 35, 1_500_00, scheme="resident", level="3"),
        visit("长春", "2025-06-01", 1_000_00, 200_00, 57, 2_000_00, status="retired", level="2"),
        visit("辽源", "2026-11-21", 600_00, 0, 50, 500_00, **now),
        visit("辽源", "2026-11-21", 2_000_00, 0, 50, 500_00, **now),
        visit("吉林市", "2026-11-21", 2_000_00, 0, 50, 350_00, **now),
        Question("outpatient", "长春", "2026-11-21", {**now, "cost": "1600"}, changchun, "range"),
        *(Question("outpatient", area, "2026-11-21", {**facts, "level": "2", "cost": "1000"}, {}, "unknown")
          for area, facts in (
              ("辽源", {"status": "active"}), ("辽源", {"scheme": "resident"}), ("鄂州", {"status": "active"}),
              ("杭州", {"scheme": "resident", "tier": "1"}), ("宁波", {"status": "active", "age": "40"}))),
    ]  # fmt: skip


def in_bed(area: str, on: str, cost: int, deductible: int, fund: int, **facts: str) -> Question:
    """A stay of which nothing lies outside the catalogue and no limit is reached."""
    figures: dict[str, Figure] = {"large_amount_pays": 0, **paid(cost, deductible, fund)}
    return Question("inpatient", area, on, {"cost": str(cost // 100), **facts}, figures)


def in_hospital() -> list[Question]:
    """Stays: what lies above the deductible, by segments of the cost."""
    shaoxing = half_up((50_000_00 - 1_200_00) * 80 + 50_000_00 * 85, 100)
    ningbo = half_up((35_000_00 - 600_00) * 80 + 25_000_00 * 85, 100)
    hangzhou = half_up((40_000_00 - 800_00) * 86 + 60_000_00 * 92, 100)
    wuhan = half_up((20_000_00 - 800_00) * 888, 1000)
    active, old, resident_one = {"status": "active", "stay": "1"}, {"status": "retired"}, {"scheme": "resident"}
    return [
        in_bed("绍兴", "2025-06-01", 100_000_00, 1_200_00, shaoxing, level="3", **active),
        in_bed("绍兴", "2025-06-01", 20_000_00, 150_00, half_up((20_000_00 - 150_00) * 90, 100),
             level="community", stay="2", **old),
        in_bed("绍兴", "2025-06-01", 20_000_00, 800_00, half_up((20_000_00 - 800_00) * 75, 100),
             level="2", stay="1", **resident_one),
        in_bed("宁波", "2025-06-01", 60_000_00, 600_00, ningbo, level="2", **active),
        in_bed("温州", "2025-06-01", 10_000_00, 300_00, half_up((10_000_00 - 300_00) * 90, 100),
             level="1", stay="1", **resident_one),
        in_bed("武汉", "2025-06-01", 20_000_00, 800_00, wuhan, level="3", stay="1", **old),
        in_bed("杭州", "2025-06-01", 100_000_00, 800_00, hangzhou, level="3", stay="1", **old),
        in_bed("吉林市", "2026-11-21", 20_000_00, 400_00, half_up((20_000_00 - 400_00) * 80, 100),
             level="1", stay="1", **resident_one),
    ]  # fmt: skip


def seed_cities() -> list[Question]:
    """Everything that was read again of the seeds' cities."""
    sharing = (("杭州", "2023-06-01", "parent", "care"), ("杭州", "2025-06-01", "sibling", "premium"),
               ("巴中", "2024-06-01", "sibling", "drugs"), ("鄂州", "2024-11-01", "grandparent", "care"))  # fmt: skip
    return [
        *ezhou(),
        *bases(),
        *shares(),
        *sums(),
        *visits(),
        *in_hospital(),
        retired("鄂州", "2025-06-01", 71_00),
        retired("济宁", "2025-06-01", 125_00, age="70"),
        *(
            Question("family-sharing", area, on, {"relation": relation, "purpose": purpose}, {"allowed": 1})
            for area, on, relation, purpose in sharing
        ),
    ]
