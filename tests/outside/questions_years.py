"""What must be shown, years and money: prices of missing years, ladders by joining, first waits, aid, transitions."""

from tests.outside.questions import Figure, Question, half_up

ON = "2026-11-21"


def short(area: str, on: str, asked: int, paid: int, figures: dict[str, Figure], **facts: str) -> Question:
    """A man with too few years: what is asked for and missing in all, in years, and what may be done about it."""
    missing: dict[str, Figure] = {"required_months": asked * 12, "missing_months": (asked - paid) * 12}
    given = {"sex": "male", "paid_months": f"{paid}y", "deemed_months": "0", **facts}
    return Question("contribution-years", area, on, given, {**missing, **figures})


def both(month: int, once: int, months: int) -> dict[str, Figure]:
    """Month by month and at once, in fen."""
    return {"may_pay_monthly": 1, "monthly_payment": month, "may_pay_once": 1, "once_month": once,
            "one_payment": once * months}  # fmt: skip


def hangzhou(on: str, average: int, floor: int) -> Question:
    """One payment: 8.9 % of the average of a month and 48 / 12 yuan; monthly 8.9 % of the base of 60 %; yuan."""
    once = half_up(average * 100 * 89, 12 * 1000) + 48_00 // 12
    return short("杭州", on, 20, 15, both(half_up(floor * 100 * 89, 1000), once, 5 * 12))


def shenzhen(tier: str, rate: int) -> dict[str, Figure]:
    """The floor of the base is 60 % of the wage; 6 % of it in tier 1, 2 % in tier 2; once at the same price."""
    month = half_up(6_727_00 * rate, 100)
    return {"required_local_months": 120, "missing_local_months": 0, **both(month, month, 15 * 12)}


def missing_years() -> list[Question]:
    """What missing years cost, where the facts give base and rate; elsewhere only what may be done."""
    nanjing: dict[str, Figure] = {
        "may_pay_monthly": 1, "may_pay_once": 1, "once_month": 8_000_00 * 9 // 100,
        "one_payment": 8_000_00 * 9 // 100 * 60, "required_paid_months": 120, "missing_paid_months": 0,
    }  # fmt: skip
    monthly: dict[str, Figure] = {"may_pay_monthly": 1}
    at_once: dict[str, Figure] = {**monthly, "may_pay_once": 1}
    local: dict[str, Figure] = {"required_local_months": 120, "missing_local_months": 0}
    return [
        hangzhou("2023-06-01", 79_133, 3_957),
        hangzhou("2024-06-01", 89_240, 4_462),
        hangzhou("2025-06-01", 96_237, 4_812),
        short("杭州", ON, 20, 15, at_once),  # of 2026 no price was found
        *(short("深圳", ON, 25, 10, shenzhen(tier, rate), tier=tier, local_months="10y")
          for tier, rate in (("1", 6), ("2", 2))),
        short("南京", ON, 25, 20, nanjing, base="8000"),
        short("武汉", ON, 30, 20, {**at_once, **local}, local_months="10y"),
        short("北京", ON, 25, 20, monthly),
        short("北京", ON, 25, 25, {}),  # nothing is missing, nothing is to be paid
        Question("contribution-years", "中山", ON,
                 {"sex": "male", "paid_months": "20y", "deemed_months": "5y", "local_months": "10y"},
                 {"required_months": 360, "missing_months": 360 - 240, **local, **monthly,
                  "required_paid_months": 360, "missing_paid_months": 360 - 240}),
    ]  # fmt: skip


def ladders() -> list[Question]:
    """Required years by the day of joining: 江门 before 2018 and after, the year itself between; 成都 before 2009."""
    jiangmen = [
        ("male", "2026-12", "2017-12-31", 22), ("female", "2028-03", "2010-05-01", 23),
        ("male", "2028-03", "2019-01-01", 28), ("female", "2026-12", "2020-01-01", 25), ("male", "2030-01", "", 30),
    ]  # fmt: skip
    local: dict[str, Figure] = {"required_local_months": 120}
    out = [
        Question("contribution-years", "江门", ON,
                 {"sex": sex, "retires": retires, **({"joined": joined} if joined else {})},
                 {"required_months": years * 12, **local})
        for sex, retires, joined, years in jiangmen
    ]  # fmt: skip
    return [
        *out,
        Question("contribution-years", "江门", ON, {"sex": "male", "retires": "2026-12", "joined": "2018-05-01"},
                 {"required_months": (22 * 12, 26 * 12), **local}, "range"),
        Question("contribution-years", "江门", ON, {"sex": "male", "retires": "2026-12"}, {}, "unknown",
                 needs=("joined",)),
        Question("contribution-years", "成都", ON, {"joined": "2008-12-31"}, {"required_months": 15 * 12}),
        Question("contribution-years", "成都", ON, {"joined": "2009-01-01"},
                 {"required_months": (15 * 12, 20 * 12)}, "range"),
    ]  # fmt: skip


def waits() -> list[Question]:
    """The first joining, and residents who pay late, before and after the national rule of 2025."""
    first = [("上海", "flexible", 6), ("重庆", "flexible", 6), ("武汉", "flexible", 7 - 1), ("鄂州", "flexible", 7 - 1),
             ("绍兴", "flexible", 2 - 1), ("绍兴", "employee", 2 - 1)]  # fmt: skip
    late: list[tuple[str, str, Figure]] = [
        ("杭州", "2023-06-01", 3 - 1), ("杭州", "2025-06-01", 3), ("巴中", "2024-06-01", 3),
        ("鄂州", "2024-06-01", (0, 3)), ("北京", "2026-06-01", 3), ("长春", "2025-06-01", 90 // 30),
        ("福州", ON, 3), ("宜昌", ON, 3),
    ]  # fmt: skip
    return [
        *(Question("gap", area, ON, {"scheme": scheme, "first_time": "yes"}, {"waiting_months": wait})
          for area, scheme, wait in first),
        *(Question("gap", area, ON, {"scheme": scheme, "first_time": "yes"}, {}, "unknown")
          for area, scheme in (("合肥", "flexible"), ("上海", "employee"))),
        *(Question("gap", area, on, {"scheme": "resident", "missed_years": "0"},
                   {"waiting_months": wait} | ({"back_payment_allowed": 1} if on >= "2025" else {}),
                   "range" if isinstance(wait, tuple) else "exact")
          for area, on, wait in late),
    ]  # fmt: skip


def aided(area: str, year: int, own: int, group: str, aid: int, subsidy: int = 0) -> Question:
    """A resident in need; sums in yuan."""
    figures: dict[str, Figure] = {"person_pays": own * 100, "insurance_year": year, "aid_year": aid * 100,
                                  "own_after_aid": (own - aid) * 100}  # fmt: skip
    if subsidy:
        figures["subsidy"] = subsidy * 100
    return Question("premium", area, f"{year}-03-01", {"scheme": "resident", "aid_group": group}, figures)


def aid() -> list[Question]:
    """Aid with the resident premium by group."""
    return [
        aided("巴中", 2024, 380, "low_income", 380 - 95),
        aided("巴中", 2024, 380, "former_poor", 380 - 285),
        aided("巴中", 2024, 380, "destitute", 380),
        aided("长春", 2025, 400, "low_income", 400 - 250, 670),
        aided("辽源", 2025, 400, "destitute", 400, 670),
        aided("达州", 2026, 400, "low_income", 300, 700),
    ]


def accounts() -> list[Question]:
    """Allocation by age and average (山东), by own pension (山东 2023, 福州, 南京 2023), deductions, self-employed."""
    shandong_2023 = [("59", 6_000, 170), ("60", 6_000, 190), ("72", 5_000, 200), ("85", 1_500, 80), ("90", 2_000, 90)]
    own = {"status": "retired", "scheme": "employee"}
    guangzhou = [("34", 0), ("35", 2), ("44", 2), ("45", 8)]  # parts of 10,000 of the base
    out = [
        Question("allocation", "潍坊", ON, {**own, "age": age, "average_pension": "4800"},
                 {"allocation_gross": 4_800_00 * rate // 1000})
        for age, rate in (("69", 20), ("70", 25))
    ]  # fmt: skip
    return [
        *out,
        Question("allocation", "潍坊", ON, {**own, "age": "70"}, {}, "unknown", needs=("average_pension",)),
        *(Question("allocation", area, "2023-06-01", {**own, "age": age, "pension": str(pension)},
                   {"allocation_gross": sum_ * 100})
          for area in ("潍坊", "青岛") for age, pension, sum_ in shandong_2023),
        Question("allocation", "福州", "2022-06-01", {**own, "pension": "4000"},
                 {"allocation_gross": 4_000_00 * 35 // 1000}),
        Question("allocation", "南京", "2023-06-01", {**own, "pension": "4000", "retired_on": "2023-02"},
                 {"allocation_gross": 4_000_00 * 54 // 1000}),
        Question("allocation", "南京", "2023-06-01", {**own, "retired_on": "2022-12"}, {}, "not_applicable"),
        *(Question("allocation", "广州", ON, {"status": "active", "base": "10000", "age": age},
                   {"allocation_gross": 200_00, "allocation_net": 200_00 - 10_000_00 * care // 10_000})
          for age, care in guangzhou),
        Question("allocation", "长春", ON, {"scheme": "flexible", "status": "active", "tier": "1", "base": "6077.26"},
                 {"allocation_gross": half_up(6_077_26 * 19, 1000), "allocation_net": half_up(6_077_26 * 19, 1000)}),
    ]  # fmt: skip


def years_and_money() -> list[Question]:
    """All of this part."""
    return [*missing_years(), *ladders(), *waits(), *aid(), *accounts()]
