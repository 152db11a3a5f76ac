"""What must be shown of 浙江, 湖北, 吉林 and 四川: allocations, years and stays, each figure as arithmetic."""

from tests.outside.questions import Figure, Question, half_up, monthly, monthly_range, retired

HUBEI_2023 = {  # yuan a month, as the list of 2023 has them; two of them are told by the year
    "鄂州": 71, "武汉": 83, "黄石": 72, "襄阳": 95, "荆门": 70, "随州": 70, "潜江": 66, "宜昌": 70,
    "咸宁": 840 // 12, "恩施": 1200 // 12,
}  # fmt: skip
ZHEJIANG = ("杭州", "绍兴", "宁波", "温州")
AVERAGE = 2_800_00
ON, LATE = "2025-06-01", "2026-11-21"


def of_average(area: str, on: str, permille: int) -> Question:
    """A retiree's share of the area's average pension, which the person must know; no deduction is known."""
    facts = {"status": "retired", "average_pension": str(AVERAGE // 100)}
    return Question("allocation", area, on, facts, {"allocation_gross": half_up(AVERAGE * permille, 1000)})


def in_work(area: str, on: str, base: str, permille: int) -> Question:
    fen = int(base.replace(".", ""))
    facts = {"status": "active", "base": base, "scheme": "employee"}
    return Question("allocation", area, on, facts, {"allocation_gross": half_up(fen * permille, 1000)})


def allocations_a() -> list[Question]:
    """Sums by the month, shares of the average pension, and the places of which nothing is told."""
    average = {"status": "retired", "average_pension": str(AVERAGE // 100)}
    by_frame = (half_up(AVERAGE * 20, 1000), half_up(AVERAGE * 28, 1000))
    own_share = (half_up(8_000_00, 100), half_up(8_000_00 * 2, 100))
    return [
        *(retired(city, ON, yuan * 100) for city, yuan in HUBEI_2023.items()),
        Question("allocation", "荆州", ON, {"status": "retired"}, monthly_range((30_00, 70_00)), "range"),
        of_average("十堰", ON, 25),
        of_average("辽源", "2023-06-01", 32),
        of_average("辽源", ON, 28),
        of_average("成都", ON, 28),
        of_average("巴中", ON, 28),
        Question("allocation", "辽源", ON, {"status": "retired"}, {}, "unknown", needs=("average_pension",)),
        Question("allocation", "绵阳", ON, average, {"allocation_gross": by_frame}, "range"),
        retired("长春", ON, 111_00),
        retired("吉林市", "2023-06-01", 88_20),
        retired("吉林市", ON, 72_60),
        retired("南充", LATE, 68_80),
        *(Question("allocation", city, ON, average, {}, "unknown") for city in (*ZHEJIANG, "嘉兴")),
        in_work("杭州", ON, "8000.00", 20),
        in_work("鄂州", ON, "4007.00", 20),
        in_work("武汉", ON, "4494.00", 20),
        in_work("成都", ON, "7646.00", 20),
        in_work("巴中", ON, "4588.00", 20),
        Question("allocation", "长春", "2025-11-01", {"status": "active", "base": "6077.26"},
                 monthly(half_up(6_077_26 * 19, 1000), 0)),
        Question("allocation", "绍兴", ON, {"status": "active", "base": "8000"}, {"allocation_gross": own_share},
                 "range"),
        Question("allocation", "武汉", ON, {"scheme": "flexible", "status": "active"}, {}, "not_applicable"),
    ]  # fmt: skip


def of_years(area: str, on: str, years: int, sex: str = "male", **more: int) -> Question:
    """16 years and 8 months paid, all of them there, and 10 months deemed; what else is required by name."""
    required: dict[str, Figure] = {"required_months": years * 12, "missing_months": years * 12 - 200 - 10}
    for name, other in more.items():
        required |= {f"required_{name}_months": other * 12, f"missing_{name}_months": max(other * 12 - 200, 0)}
    facts = {"sex": sex, "paid_months": "200", "deemed_months": "10", "local_months": "200"}
    return Question("contribution-years", area, on, facts, required)


def years_a() -> list[Question]:
    """Years of contributions where an area or its province has a number."""
    suizhou = {"sex": "male", "retires": "2027-03", "paid_months": "300", "deemed_months": "0"}
    chengdu = {"required_months": (15 * 12, 20 * 12), "missing_months": (0, 20 * 12 - 200 - 10)}
    facts = {"sex": "male", "paid_months": "200", "deemed_months": "10"}
    return [
        *(of_years(city, ON, 20, sex) for city in ZHEJIANG for sex in ("male", "female")),
        of_years("武汉", LATE, 30, local=10),
        of_years("武汉", LATE, 25, "female", local=10),
        of_years("襄阳", LATE, 30, local=15),
        of_years("宜昌", LATE, 30, paid=15),
        of_years("宜昌", LATE, 25, "female", paid=10),
        of_years("荆州", LATE, 30),
        Question("contribution-years", "随州", LATE, suizhou,
                 {"required_months": (25 + 2) * 12, "missing_months": (25 + 2) * 12 - 300}),
        of_years("长春", LATE, 30),
        of_years("巴中", LATE, 20),
        Question("contribution-years", "成都", LATE, {**facts, "joined": "2010-01-01"}, chengdu, "range"),
        Question("contribution-years", "鄂州", LATE, facts, {}, "unknown"),
        Question("contribution-years", "绵阳", LATE, facts, {}, "unknown"),
    ]  # fmt: skip


def paid(cost: int, deductible: int, fund: int) -> dict[str, Figure]:
    return {"eligible": cost, "deductible": deductible, "fund_pays": fund, "person_pays": cost - fund}


def stay(area: str, on: str, cost: int, deductible: int, fund: int, **facts: str) -> Question:
    told = {"stay": "1", "status": "active", "cost": str(cost // 100), **facts}
    return Question("inpatient", area, on, told, paid(cost, deductible, fund))


def stays_a() -> list[Question]:
    """Stays in hospital: one for each area and scheme of which the law is known, and those of which it is not."""
    to_40, to_360, above = 40_000_00 - 300_00, 360_000_00 - 40_000_00, 500_000_00 - 360_000_00
    shaoxing = half_up((50_000_00 - 600_00) * 85 + 50_000_00 * 90 + 20_000_00 * 95, 100)
    ningbo = half_up((35_000_00 - 600_00) * 80 + 35_000_00 * 85 + 30_000_00 * 95, 100)
    at_third = [half_up((35_000_00 - ded) * 80 + 5_000_00 * 85, 100) for ded in (1_200_00, 1_500_00)]
    third: dict[str, Figure] = {
        "deductible": (1_200_00, 1_500_00), "fund_pays": (at_third[1], at_third[0]),
        "person_pays": (40_000_00 - at_third[0], 40_000_00 - at_third[1]),
    }  # fmt: skip
    wuhan = half_up((20_000_00 - 800_00) * 888, 1000)
    home, first_at_third = {"scheme": "resident"}, {"status": "active", "level": "3", "stay": "1"}
    jilin = half_up((30_000_00 - 800_00) * 70 + 10_000_00 * 75, 100)
    return [
        stay("杭州", ON, 500_000_00, 300_00, half_up(to_40 * 88 + to_360 * 92 + above * 90, 100), level="1"),
        stay("杭州", "2026-06-01", 50_000_00, 800_00, half_up((50_000_00 - 800_00) * 70, 100), **home, level="3"),
        stay("绍兴", ON, 120_000_00, 600_00, shaoxing, level="3", stay="2", status="retired"),
        stay("绍兴", ON, 10_000_00, 300_00, half_up((10_000_00 - 300_00) * 85, 100), **home, level="1"),
        stay("宁波", ON, 100_000_00, 600_00, ningbo, level="2"),
        Question("inpatient", "宁波", ON, {**first_at_third, "cost": "40000"}, third, "range"),
        stay("温州", ON, 10_000_00, 400_00, half_up((10_000_00 - 400_00) * 80, 100), **home, level="2"),
        stay("武汉", ON, 20_000_00, 800_00, wuhan, level="3", status="retired"),
        stay("武汉", LATE, 10_000_00, 400_00, half_up((10_000_00 - 400_00) * 60, 100), **home, level="3", stay="2"),
        stay("吉林市", LATE, 40_000_00, 800_00, jilin, **home, level="2"),
        stay("辽源", LATE, 40_000_00, 800_00, jilin, **home, level="2"),
        *(Question("inpatient", area, LATE, {**first_at_third, "cost": "1000", "age": "40"}, {}, "unknown")
          for area in ("杭州", "鄂州", "成都", "巴中", "辽源")),
    ]  # fmt: skip
