"""What must be shown, first part: allocations and stays in hospital, each figure as arithmetic from the law.

Amounts are written `yuan_fen`: 1_300_00 is 1,300.00 yuan.
"""

from dataclasses import dataclass, field
from datetime import date

Figure = int | str | tuple[int, int]

ANHUI = (
    "合肥", "芜湖", "蚌埠", "淮南", "马鞍山", "淮北", "铜陵", "安庆",
    "黄山", "滁州", "阜阳", "宿州", "六安", "亳州", "池州", "宣城",
)  # fmt: skip
GANSU_2023 = {  # yuan a month, as the list of 2023 has them
    "兰州": 90, "嘉峪关": 90, "金昌": 90, "白银": 80, "天水": 85, "武威": 120, "张掖": 90, "平凉": 90, "酒泉": 90,
    "庆阳": 90, "定西": 90, "陇南": 90, "临夏": 100, "甘南": 120,
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question with the answer that the law gives; a range is a pair, a case is its facts and figures."""

    topic: str
    area: str
    on: str
    facts: dict[str, str]
    figures: dict[str, Figure] = field(default_factory=dict)
    certainty: str = "exact"
    cases: list[tuple[dict[str, str], dict[str, Figure]]] = field(default_factory=list)
    needs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.topic, self.area, self.on, *(f"{k}={v}" for k, v in self.facts.items())])

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


def half_up(n: int, d: int) -> int:
    """As everybody learned it at school."""
    return n // d + (n % d * 2 >= d)


def retired(area: str, on: str, gross: int, deducted: int = 0, **facts: str) -> Question:
    """A retiree's allocation by the month: gross and net."""
    figures: dict[str, Figure] = {"allocation_gross": gross, "allocation_net": gross - deducted}
    return Question("allocation", area, on, {"status": "retired", **facts}, figures)


def monthly(gross: int, deducted: int) -> dict[str, Figure]:
    return {"allocation_gross": gross, "allocation_net": gross - deducted}


def allocations() -> list[Question]:
    """Everything that must be shown of the allocation."""
    no_age = [({"age": "69"}, monthly(100_00, 3_00)), ({"age": "70"}, monthly(110_00, 3_00))]
    by_year = [("74", 1_680_00), ("75", 1_890_00)]
    at_2024, at_2025 = 5_00 + 5_25, 5_00 + 66_00 // 12  # 大额 5 yuan; 长护险 5.25 yuan, from 2025 on 66 yuan a year
    frame = {"allocation_gross": (half_up(3_000_00 * 2, 100), half_up(3_000_00 * 28, 1000))}
    frame_2023 = {"allocation_gross": (half_up(3_000_00 * 2, 100), half_up(3_000_00 * 32, 1000))}
    in_gansu = (min(GANSU_2023.values()) * 100, max(GANSU_2023.values()) * 100)
    return [
        retired("北京", "2025-06-01", 100_00, 3_00, age="69"),
        retired("北京", "2025-06-01", 110_00, 3_00, age="70"),
        Question("allocation", "北京", "2025-06-01", {"status": "retired"}, cases=no_age),
        *(Question("allocation", "上海", "2025-06-01", {"status": "retired", "age": age}, {"allocation_year": sum_})
          for age, sum_ in by_year),
        *(retired("重庆", on, gross, deducted, age=age)
          for on, deducted in (("2024-06-01", at_2024), ("2025-06-01", at_2025))
          for age, gross in (("69", 105_00), ("70", 115_00))),
        retired("深圳", "2025-06-01", 251_00),
        *(retired(city, "2023-06-01", yuan * 100) for city, yuan in GANSU_2023.items()),
        Question("allocation", "甘肃", "2023-06-01", {"status": "retired"}, monthly_range(in_gansu), "range",
                 [({"area": code}, monthly(sum_, 0)) for code, sum_ in gansu_areas()]),
        *(retired(city, "2025-06-01", 840_00 // 12) for city in ANHUI),
        *(Question("allocation", "海东", on, {"status": "retired", "average_pension": "3000"}, figures, "range")
          for on, figures in (("2025-06-01", frame), ("2023-06-01", frame_2023))),
        Question("allocation", "海东", "2025-06-01", {"status": "retired"}, {}, "unknown", needs=("average_pension",)),
        Question("allocation", "北京", "2025-06-01", {"status": "active", "base": "8000"},
                 monthly(half_up(8_000_00 * 2, 100), 0)),
        Question("allocation", "重庆", "2025-06-01", {"scheme": "employee", "status": "active", "base": "7310.55"},
                 monthly(half_up(7_310_55 * 2, 100), 5_00 + half_up(7_310_55, 1000))),
    ]  # fmt: skip


def monthly_range(ends: tuple[int, int]) -> dict[str, Figure]:
    return {"allocation_gross": ends, "allocation_net": ends}


def gansu_areas() -> list[tuple[str, int]]:
    """The pooling areas of 甘肃 by code, 省直 (120 yuan) last."""
    codes = [*(f"62{n:02d}00" for n in range(1, 13)), "622900", "623000"]
    return [*zip(codes, (yuan * 100 for yuan in GANSU_2023.values()), strict=True), ("629900", 120_00)]


# 北京: shares of the fund in the parts up to 30,000, up to 40,000 and above, in thousandths of the eligible cost
BEIJING = {
    ("3", "active"): (850, 900, 950), ("3", "retired"): (910, 940, 970),
    ("1", "active"): (900, 950, 970), ("1", "retired"): (940, 970, 982),
}  # fmt: skip
LARGE = {"active": 85, "retired": 90}


def beijing_50_000(level: str, status: str, stay: str) -> dict[str, Figure]:
    """50,000 yuan stay below the 100,000 that the pooled fund pays at most."""
    low, middle, high = BEIJING[level, status]
    deductible = 1_300_00 if stay == "1" else 650_00
    pooled = half_up((30_000_00 - deductible) * low + 10_000_00 * middle + 10_000_00 * high, 1000)
    left = 50_000_00 - deductible - pooled
    supplement = half_up(left, 2) if status == "retired" else 0
    fund = pooled + supplement
    return {"eligible": 50_000_00, "deductible": deductible, "fund_pays": fund, "large_amount_pays": 0,
            "person_pays": 50_000_00 - fund}  # fmt: skip


def beijing_700_000(level: str, status: str, stay: str) -> dict[str, Figure]:
    """700,000 yuan: the pooled fund is used up in the highest part; from there on the large-amount fund pays."""
    low, middle, high = BEIJING[level, status]
    deductible = 1_300_00 if stay == "1" else 650_00
    wanted = half_up((30_000_00 - deductible) * low + 10_000_00 * middle + 660_000_00 * high, 1000)
    beyond = half_up((wanted - 100_000_00) * 1000, high)  # the cost above the point at which 100,000 are paid
    large = min(half_up(beyond * LARGE[status], 100), 400_000_00)
    left = 700_000_00 - deductible - beyond - 100_000_00
    supplement = half_up(left, 2) if status == "retired" else 0
    fund = 100_000_00 + supplement
    own = 700_000_00 - fund - large
    critical = half_up(50_000_00 * 60 + (own - 80_404_00) * 70, 100)
    return {"eligible": 700_000_00, "deductible": deductible, "fund_pays": fund, "large_amount_pays": large,
            "person_pays": own, "critical_illness_pays": critical}  # fmt: skip


def stays() -> list[Question]:
    """Everything that must be shown of stays in hospital, and the examples of the order of settlement."""
    out = []
    for level, status in BEIJING:
        for stay in ("1", "2"):
            facts = {"status": status, "level": level, "stay": stay}
            out.append(Question("inpatient", "北京", "2025-06-01", {**facts, "cost": "50000"},
                                beijing_50_000(level, status, stay)))  # fmt: skip
            out.append(Question("inpatient", "北京", "2025-06-01", {**facts, "cost": "700000"},
                                beijing_700_000(level, status, stay)))  # fmt: skip
    fund = half_up((20_000_00 - 1_500_00) * 85, 100)
    shanghai = {"eligible": 20_000_00, "deductible": 1_500_00, "fund_pays": fund, "person_pays": 20_000_00 - fund}
    out.append(Question("inpatient", "上海", "2025-06-01", {"status": "active", "cost": "20000"}, shanghai))
    counted = 12_000_00 - 2_000_00 - 500_00  # 2,000 outside the catalogue, 500 of class B
    fund = half_up((counted - 1_300_00) * 85, 100)
    parts = {"eligible": counted, "deductible": 1_300_00, "fund_pays": fund, "person_pays": 12_000_00 - fund}
    facts = {"status": "active", "level": "3", "stay": "1", "cost": "12000", "excluded": "2000", "upfront": "500"}
    out.append(Question("inpatient", "北京", "2025-06-01", facts, parts))
    return out
