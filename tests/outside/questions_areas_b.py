"""What must be shown, third part: the areas of the east, north, centre and west, each figure as arithmetic."""

from tests.outside.questions import Figure, Question, half_up, retired

ON = "2026-11-21"
CAN_BE_ASKED = "2025-06-01"

MONTHLY = {  # yuan a month whatever the age; nothing is known to be deducted
    "厦门": 110, "沈阳": 80, "郑州": 95, "南昌": 77, "长沙": 75, "太原": 85, "哈尔滨": 90, "南宁": 120, "乌鲁木齐": 80,
}  # fmt: skip
ONLY_NOW = {"贵阳": 109, "西安": 100, "昆明": 106}  # no page tells the day; seen on the day of the look-up
BY_AGE = {"济宁": (100, 125), "青岛": (100, 125), "烟台": (100, 125)}  # below 70, from 70 on
AVERAGE = {"南京": 25, "苏州": 25, "福州": 25, "石家庄": 20, "呼和浩特": 20}  # thousandths of the average pension


def gross(area: str, on: str, sum_: int, **facts: str) -> Question:
    """A retiree's allocation where the deductions are not known."""
    return Question("allocation", area, on, {"status": "retired", **facts}, {"allocation_gross": sum_})


def area_allocations() -> list[Question]:
    """What retirees and people in work are credited."""
    frame = [gross(area, CAN_BE_ASKED, half_up(3_456_78 * part, 1000), average_pension="3456.78")
             for area, part in AVERAGE.items()]  # fmt: skip
    frame_2022 = half_up(3_456_78 * 30, 1000)
    care = half_up(half_up(12_024_00 * 60, 100) * 12, 10_000)  # 广州: 0.12 % of 60 % of the wage of 2021
    base = {"status": "active", "base": "7310.55"}
    two_percent: dict[str, Figure] = {"allocation_gross": half_up(7_310_55 * 2, 100)}
    places = ("天津", "广州", "南京", "福州", "厦门", "济南", "郑州", "南昌", "长沙")
    return [
        gross("天津", CAN_BE_ASKED, 480_00 // 12, age="69"),
        gross("天津", CAN_BE_ASKED, 600_00 // 12, age="70"),
        retired("广州", CAN_BE_ASKED, 169_08, care),
        gross("无锡", CAN_BE_ASKED, half_up(3_300_00 * 25, 1000)),
        gross("济南", CAN_BE_ASKED, 100_00, age="69"),
        gross("济南", CAN_BE_ASKED, 125_00, age="70"),
        gross("大连", CAN_BE_ASKED, 80_00),
        *(retired(area, CAN_BE_ASKED, yuan * 100) for area, yuan in MONTHLY.items()),
        *(retired(area, ON, yuan * 100) for area, yuan in ONLY_NOW.items()),
        *(retired(area, CAN_BE_ASKED, yuan * 100, age=age)
          for area, sums in BY_AGE.items() for age, yuan in zip(("69", "70"), sums, strict=True)),
        *frame,
        gross("呼和浩特", "2022-11-01", frame_2022, average_pension="3456.78"),
        Question("allocation", "淄博", CAN_BE_ASKED, {"status": "retired", "age": "70"}, {}, "unknown",
                 needs=("average_pension",)),
        *(Question("allocation", area, CAN_BE_ASKED, base, two_percent) for area in places),
    ]  # fmt: skip


YEARS = [  # area, day asked, retires, sex, required in all, local, really paid (years; 0: not known)
    ("天津", CAN_BE_ASKED, "2026-01", "male", 25, 0, 5),
    ("天津", CAN_BE_ASKED, "2026-01", "female", 20, 0, 5),
    ("广州", CAN_BE_ASKED, "2030-01", "male", 30, 10, 0),
    ("江门", ON, "2030-01", "female", 25, 10, 0),
    ("中山", CAN_BE_ASKED, "2026-01", "male", 30, 10, 30),
    ("东莞", CAN_BE_ASKED, "2026-01", "female", 25, 10, 0),
    ("南京", CAN_BE_ASKED, "2026-01", "male", 25, 0, 10),
    ("苏州", CAN_BE_ASKED, "2026-01", "male", 30, 0, 0),
    ("无锡", ON, "2026-01", "female", 20, 0, 10),
    ("厦门", ON, "2026-01", "male", 25, 10, 0),
    ("淄博", CAN_BE_ASKED, "2026-01", "male", 30, 0, 0),
    ("青岛", CAN_BE_ASKED, "2025-12", "male", 25, 0, 0),
    ("青岛", CAN_BE_ASKED, "2026-01", "female", 25, 0, 0),
    ("大连", CAN_BE_ASKED, "2026-01", "female", 25, 0, 10),
    ("沈阳", CAN_BE_ASKED, "2026-01", "female", 25, 10, 0),
    ("九江", ON, "2026-01", "male", 25, 0, 0),
    ("海南省", CAN_BE_ASKED, "2026-01", "male", 30, 0, 0),
    ("昆明", ON, "2026-01", "female", 25, 10, 0),
    *(("沈阳", CAN_BE_ASKED, f"{year}-12", "male", min(25 + year - 2023, 30), 10, 0) for year in range(2023, 2030)),
    *(("长沙", CAN_BE_ASKED, f"{year}-06", "male", 30, 0, min(11 + year - 2024, 15)) for year in range(2024, 2030)),
    *(("西安", CAN_BE_ASKED, f"{year}-06", "female", 25, 0, min(10 + year - 2016, 15)) for year in range(2016, 2023)),
    *(("清远", CAN_BE_ASKED, f"{2023 + n}-06", "male", years, 10, 0)
      for n, years in enumerate((16, 17, 19, 21, 23, 25, 27, 30))),
    *(("清远", CAN_BE_ASKED, f"{2023 + n}-06", "female", years, 10, 0)
      for n, years in enumerate((16, 17, 18, 19, 20, 21, 23, 25))),
]  # fmt: skip
NOT_KNOWN = [("广州", "2029-12"), ("江门", "2027-06"), ("郑州", "2026-06"), ("淄博", "2025-12")]


def area_years() -> list[Question]:
    """The years of contributions, with 200 months paid, of them 100 in the area, and 10 deemed."""
    facts = {"paid_months": "200", "deemed_months": "10", "local_months": "100"}
    out = []
    for area, on, retires, sex, total, local, paid in YEARS:
        deemed = 0 if area == "中山" else 10  # 中山 asks for years really paid
        missing = max(total * 12 - 200 - deemed, 0)
        figures: dict[str, Figure] = {"required_months": total * 12, "missing_months": missing}
        if local:
            figures |= {"required_local_months": local * 12, "missing_local_months": max(local * 12 - 100, 0)}
        if paid:
            figures |= {"required_paid_months": paid * 12, "missing_paid_months": max(paid * 12 - 200, 0)}
        out.append(Question("contribution-years", area, on, {"sex": sex, "retires": retires, **facts}, figures))
    for area, retires in NOT_KNOWN:
        asked = {"sex": "male", "retires": retires, **facts}
        out.append(Question("contribution-years", area, CAN_BE_ASKED, asked, {}, "unknown"))
    return out


def stay(area: str, on: str, cost: int, parts: tuple[int, int], **facts: str) -> Question:
    """A stay within every limit; parts: the deductible, and what the fund pays, in fen."""
    deductible, fund = parts
    figures: dict[str, Figure] = {"eligible": cost, "deductible": deductible, "fund_pays": fund,
                                  "person_pays": cost - fund}  # fmt: skip
    return Question("inpatient", area, on, {"cost": str(cost // 100), **facts}, figures)


def either(area: str, on: str, cost: int, deductibles: tuple[int, int], percent: int, **facts: str) -> Question:
    """A stay of which only the ends of the deductible are known; the fund pays one share of all above it."""
    low, high = deductibles
    fund = half_up((cost - high) * percent, 100), half_up((cost - low) * percent, 100)
    figures: dict[str, Figure] = {"deductible": (low, high), "fund_pays": fund,
                                  "person_pays": (cost - fund[1], cost - fund[0])}  # fmt: skip
    return Question("inpatient", area, on, {"cost": str(cost // 100), **facts}, figures, "range")


def area_stays() -> list[Question]:
    """Stays in hospital where the yearly limit is known, and those where it is not."""
    tianjin = [
        stay("天津", CAN_BE_ASKED, 200_000_00,
             (first, half_up((turn - first) * low + (200_000_00 - turn) * 80, 100)), status=status, level=level, stay=n)
        for status, turn, low in (("active", 120_000_00, 85), ("retired", 180_000_00, 90))
        for level, n, first in (("1", "1", 800_00), ("2", "1", 1_100_00), ("3", "1", 1_700_00), ("3", "2", 500_00))
    ]  # fmt: skip
    changsha = [
        stay("长沙", CAN_BE_ASKED, 20_000_00, (own, half_up((20_000_00 - own) * (percent + more), 100)),
             status=status, level=level, stay=n)
        for status, more in (("active", 0), ("retired", 2))
        for level, percent, first in (("community", 93, 200_00), ("1", 92, 500_00), ("2", 90, 800_00))
        for n, own in (("1", first), ("2", first // 2))
    ]  # fmt: skip
    qingdao = [
        stay("青岛", CAN_BE_ASKED, 60_000_00, (own, half_up((40_000_00 - own) * low + 20_000_00 * high, 100)),
             status=status, level=level, stay="1")
        for status, high, rates in (("active", 95, (90, 88)), ("retired", 97, (95, 94)))
        for level, own, low in (("1", 200_00, rates[0]), ("2", 500_00, rates[1]))
    ]  # fmt: skip
    haerbin = [
        stay("哈尔滨", ON, 20_000_00, (own, half_up((20_000_00 - own) * percent, 100)),
             status="active", level=level, stay="1")
        for level, own, percent in (("1", 240_00, 94), ("2", 480_00, 91), ("3", 720_00, 88))
    ]  # fmt: skip
    guangzhou = [
        stay("广州", CAN_BE_ASKED, 20_000_00, (own, half_up((20_000_00 - own) * thousandths, 1000)),
             status=status, level=level, stay="2")
        for status, rates in (("active", (900, 850, 800)), ("retired", (930, 895, 860)))
        for level, own, thousandths in zip("123", (250_00, 500_00, 1_000_00), rates, strict=True)
    ]  # fmt: skip
    asked = {"status": "active", "level": "3", "stay": "1", "cost": "20000"}
    return [
        *tianjin, *changsha, *qingdao, *haerbin, *guangzhou,
        either("长沙", CAN_BE_ASKED, 20_000_00, (0, 400_00), 92, status="retired", level="2", stay="3"),
        either("青岛", CAN_BE_ASKED, 30_000_00, (800_00, 1_000_00), 86, status="active", level="3", stay="1"),
        either("哈尔滨", ON, 20_000_00, (0, 720_00), 88, status="active", level="3", stay="2"),
        *(Question("inpatient", area, ON, asked, {}, "unknown") for area in ("南昌", "长沙")),
        Question("inpatient", "哈尔滨", ON, {**asked, "status": "retired"}, {}, "unknown"),
    ]  # fmt: skip
