"""What must be shown, third part: what is paid for the insurance, each figure as arithmetic from the law."""

from tests.outside.questions import Figure, Question, half_up

YEAR = "insurance_year"


def employed(area: str, on: str, base: int, paid_base: int, rates: tuple[int, int, int], extra: int = 0) -> Question:
    """Rates of person, employer and account in thousandths; a rate of -1 is not known; amounts in fen."""
    own, employer, account = rates
    figures: dict[str, Figure] = {"premium_base": paid_base, "person_pays": half_up(paid_base * own, 1000) + extra}
    for name, rate in (("employer_pays", employer), ("allocated", account)):
        if rate >= 0:
            figures[name] = half_up(paid_base * rate, 1000)
    facts = {"scheme": "employee", "base": str(base // 100)}
    return Question("premium", area, on, facts, figures)


def resident(area: str, year: int, own: int, subsidy: int = 0, **facts: str) -> Question:
    """Sums in yuan for the year of insurance."""
    figures: dict[str, Figure] = {"person_pays": own * 100, YEAR: year}
    if subsidy:
        figures["subsidy"] = subsidy * 100
    return Question("premium", area, f"{year}-03-01", {"scheme": "resident", **facts}, figures)


def self_employed(area: str, on: str, own: int, **facts: str) -> Question:
    return Question("premium", area, on, {"scheme": "flexible", **facts}, {"person_pays": own})


def months() -> list[Question]:
    """Employees, and those who pay for themselves."""
    ladder = (4007_00, half_up(6805_00 * 60, 100), half_up(6805_00 * 80, 100), 6805_00)
    return [
        employed("重庆", "2025-10-01", 8_000_00, 8_000_00, (20, 85 + 15, 20)),
        employed("重庆", "2025-10-01", 3_000_00, 4_404_00, (20, 85 + 15, 20)),
        employed("重庆", "2025-10-01", 30_000_00, 22_017_00, (20, 85 + 15, 20)),
        employed("北京", "2025-12-01", 8_000_00, 8_000_00, (20, -1, 20), 3_00),
        employed("北京", "2025-12-01", 5_000_00, 7_162_00, (20, -1, 20), 3_00),
        employed("上海", "2026-08-01", 50_000_00, 37_731_00, (20, 90, 20)),
        employed("长春", "2026-03-01", 4_000_00, 4_393_20, (20, 77, 19)),
        employed("武汉", "2025-03-01", 8_000_00, 8_000_00, (20, 87, 20), 7_00),
        self_employed("北京", "2025-12-01", 584_92),
        self_employed("重庆", "2025-06-01", 3_075_00 // 12, tier="1"),
        self_employed("重庆", "2025-06-01", 6_765_00 // 12, tier="2"),
        self_employed("杭州", "2023-06-01", half_up(3_957_00 * 95, 1000)),
        self_employed("杭州", "2024-06-01", half_up(4_462_00 * 95, 1000)),
        self_employed("杭州", "2025-06-01", half_up(4_812_00 * 95, 1000)),
        self_employed("温州", "2024-06-01", half_up(4_462_00 * 112, 1000)),
        self_employed("成都", "2026-03-01", half_up(6_117_00 * 95, 1000), tier="1"),
        self_employed("长春", "2026-03-01", half_up(6_077_26 * 97, 1000), tier="1"),
        self_employed("长春", "2026-03-01", half_up(6_077_26 * 64, 1000), tier="2"),
        self_employed("武汉", "2025-03-01", half_up(7_489_00 * 48, 1000) + 7_00),
        *(self_employed("鄂州", "2025-03-01", half_up(base * 105, 1000) + 10_00, base=f"{base // 100}")
          for base in ladder),
        *(self_employed("广州", on, half_up(8_000_00 * rate, 1000), base="8000")
          for on, rate in (("2023-06-01", 80), ("2025-06-01", 65), ("2026-06-01", 80))),
        *(self_employed("深圳", on, half_up(8_000_00 * rate, 1000), base="8000")
          for on, rate in (("2025-06-01", 70), ("2026-06-01", 80))),
        Question("premium", "天津", "2025-10-01", {"scheme": "employee", "base": "8000"},
                 {"person_pays": (160_00 + 21_00, 160_00 + 22_00), "employer_pays": 800_00}, "range"),
    ]  # fmt: skip


def years() -> list[Question]:
    """Residents, by year of insurance and category; where only the frame is known a range without an upper end."""
    no_limit = 10**11
    return [
        resident("北京", 2025, 750, 2335, category="adult"),
        resident("北京", 2026, 750 + 45, 2335 + 20, category="adult"),
        resident("北京", 2026, 430 + 30, 4350 + 30, category="elderly"),
        resident("北京", 2026, 405 + 30, 1725 + 30, category="student"),
        *(resident("上海", 2026, own + 45, category="elderly", age=age) for own, age in ((655, "70"), (825, "69"))),
        resident("上海", 2026, 995 + 45, category="adult"),
        resident("天津", 2025, 1030, 1100, category="adult", tier="2"),
        resident("广州", 2026, 413, 956, category="student"),
        resident("杭州", 2026, 800, 1610, category="adult", tier="1"),
        resident("绍兴", 2025, 668, 1985 - 668, category="adult"),
        resident("温州", 2025, 630, 1260, category="adult"),
        resident("宁波", 2025, 630, 1280, category="child"),
        resident("成都", 2025, 520, 710, category="adult", tier="2"),
        resident("成都", 2026, 550, 740, category="adult", tier="2"),
        *(resident("巴中", year, own) for year, own in ((2023, 350), (2024, 380), (2025, 400))),
        resident("重庆", 2026, 775, category="student", tier="2"),
        resident("辽源", 2025, 400, 670),
        resident("厦门", 2023, 1200 - 770, 770),
        resident("南京", 2024, 640, 1190, category="adult"),
        resident("武汉", 2026, 400),
        resident("兰州", 2024, 380, 640),
        Question("premium", "海东", "2026-03-01", {"scheme": "resident"},
                 {"person_pays": (400_00, no_limit), "subsidy": ((700 + 24) * 100, no_limit), YEAR: 2026}, "range"),
        *(Question("premium", area, "2027-03-01", {"scheme": "resident", "category": "adult"}, {}, "unknown")
          for area in ("海东", "北京", "绍兴", "广州")),
    ]  # fmt: skip


def accounts() -> list[Question]:
    """What the money of the account may be used for."""
    sharing = [
        ("北京", "2024-01-01", "sibling", "care", 0),
        ("北京", "2024-01-01", "child", "care", 1),
        ("北京", "2025-01-01", "sibling", "premium", 1),
        ("北京", "2025-01-01", "other", "care", 0),
        ("北京", "2025-01-01", "spouse", "wellness", 0),
        ("成都", "2025-08-01", "grandchild", "premium", 1),
        ("杭州", "2025-08-01", "spouse", "care", 1),
    ]
    return [
        *(Question("withdrawal", "北京", "2025-06-01", {"reason": reason}, {"allowed": allowed})
          for reason, allowed in (("cash", 0), ("death", 1), ("resettled", 1))),
        *(Question("withdrawal", "北京", "2025-06-01", {"reason": reason}, {}, "unknown")
          for reason in ("emigration", "military", "transfer_impossible")),
        *(Question("family-sharing", area, on, {"relation": relation, "purpose": purpose}, {"allowed": allowed})
          for area, on, relation, purpose, allowed in sharing),
    ]  # fmt: skip
