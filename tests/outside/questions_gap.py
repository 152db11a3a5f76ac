"""What must be shown, third part: waiting after gaps, and moving to another area, each figure as arithmetic."""

from datetime import date, timedelta

from tests.outside.questions import Figure, Question

ON = "2026-11-21"
FRAME = (0, 6)
"""医保办发〔2021〕43号 第十一条: after more than 3 months an area may set a wait of at most 6."""


def resident_wait(missed: int, repaid: int) -> int:
    """国办发〔2024〕38号: 3 months, one for each missed year, one less for each paid up; from 4 years on at least 6."""
    wait = 3 + max(missed - repaid, 0)
    return max(wait, 6) if missed >= 4 else wait


def employee(area: str, months: int, wait: Figure, on: str = ON, scheme: str = "employee", **facts: str) -> Question:
    """A gap in the employee scheme; up to 3 months it may be paid up, beyond that no rule was found."""
    figures: dict[str, Figure] = {"waiting_months": wait}
    if months <= 3:
        figures["back_payment_allowed"] = 1
    given = {"scheme": scheme, "gap_months": str(months), **facts}
    return Question("gap", area, on, given, figures, "range" if isinstance(wait, tuple) else "exact")


def resident(area: str, missed: int, repaid: int, on: str = ON) -> Question:
    figures: dict[str, Figure] = {"waiting_months": resident_wait(missed, repaid), "back_payment_allowed": 1}
    given = {"scheme": "resident", "missed_years": str(missed), "repaid_years": str(repaid)}
    return Question("gap", area, on, given, figures)


def histories() -> list[Question]:
    """Twelve histories, then what single areas say."""
    switch = {"switched": "yes", "continuous_months": "24"}
    return [
        employee("合肥", 1, 0),
        employee("合肥", 3, 0),
        employee("合肥", 4, FRAME),
        employee("合肥", 3, FRAME, switched="yes", continuous_months="23"),
        employee("合肥", 2, 0, **switch),
        Question("gap", "合肥", ON, {"scheme": "resident", "gap_months": "3", **switch},
                 {"waiting_months": 0, "back_payment_allowed": 1}),
        Question("gap", "合肥", ON, {"scheme": "resident", "gap_months": "4", "missed_years": "0", **switch},
                 {"waiting_months": 3, "back_payment_allowed": 1}),
        resident("合肥", 0, 0),  # 3
        resident("合肥", 2, 0),  # 3 + 2
        resident("合肥", 3, 3),  # 3 + 3 - 3
        resident("合肥", 5, 4),  # 3 + 5 - 4 = 4, at least 6
        resident("合肥", 8, 1),  # 3 + 8 - 1 = 10
        *of_areas(),
    ]  # fmt: skip


def of_areas() -> list[Question]:
    """The areas with values of their own, before and after their first day."""
    return [
        employee("苏州", 5, (0, 6), "2022-02-20"),
        employee("苏州", 5, (0, 3), "2022-02-21"),
        employee("重庆", 5, 6, scheme="flexible"),
        employee("重庆", 5, FRAME),
        employee("重庆", 5, FRAME, "2025-06-01", scheme="flexible"),
        employee("兰州", 5, 3),
        employee("上海", 5, FRAME, "2025-09-09", scheme="flexible"),
        employee("上海", 5, 6, "2025-09-10", scheme="flexible"),
        employee("上海", 3, 0, "2025-09-10", scheme="flexible"),
        employee("绍兴", 5, 3 - 1, scheme="flexible"),  # from the third month, the month of payment being the first
        employee("杭州", 2, 3 - 1, scheme="flexible"),
        employee("杭州", 2, 0),
        employee("鄂州", 5, 7 - 1, scheme="flexible"),  # from the seventh month on
        employee("武汉", 5, FRAME, scheme="flexible"),
        employee("西安", 5, 3),
        employee("成都", 5, FRAME),
        resident("广州", 2, 1),
        Question("gap", "广州", ON,
                 {"scheme": "resident", "switched": "yes", "gap_months": "1", "continuous_months": "36"},
                 {"waiting_months": 1, "back_payment_allowed": 1}),
        resident("昆明", 4, 4),
        Question("gap", "合肥", "2024-12-31", {"scheme": "resident", "missed_years": "1"}, {}, "unknown"),
    ]  # fmt: skip


def due(accepted: str, working_days: int, days_off: int) -> str:
    return (date.fromisoformat(accepted) + timedelta(working_days + days_off)).isoformat()


def move(area: str, to: str, accepted: str, days_off: int, out: int = 10, into: int = 5, **facts: str) -> Question:
    """A move: what must be done until when, and what the account does."""
    given = {"to": to, "applied": accepted, "status": "active", **facts}
    is_resident, switched = facts.get("scheme") == "resident", facts.get("switched") == "yes"
    figures: dict[str, Figure] = {
        "duty": "may" if is_resident or switched else "must",
        "working_days_out": out,
        "working_days_in": into,
        "due_on": due(accepted, out + into, days_off),
        "account": "no_account" if is_resident else "moves",
    }
    return Question("transfer", area, ON, given, figures)


def moves() -> list[Question]:
    """Three Spring Festivals, a turn of the year, other limits, other schemes; then what is not answered."""
    late = {"duty": "must", "working_days_out": 10, "working_days_in": 5, "account": "moves"}
    return [
        # Weekend days from the day after acceptance to the last day + holidays on weekdays - worked weekend days.
        move("北京", "西宁", "2024-02-05", 6 + 5 - 1),  # 02-10, 11, 17, 18, 24, 25; 02-12…16; 02-18 is worked
        move("北京", "西宁", "2025-01-20", 6 + 6 - 2),  # 01-25, 26, 02-01, 02, 08, 09; 01-28…02-04; 01-26, 02-08
        move("北京", "西宁", "2026-02-09", 6 + 6 - 2),  # 02-14, 15, 21, 22, 28, 03-01; 02-16…20, 23; 14 and 28 worked
        move("北京", "西宁", "2025-12-20", 3 + 4 + 2 - 1),  # 2025: 21, 27, 28; 2026: 01-03, 04, 10, 11; 01-01, 02; 04
        move("合肥", "苏州", "2026-02-09", 8 + 6 - 2, into=5 + 5),  # a letter first; 03-07 and 08 as well
        move("泉州", "合肥", "2026-03-02", 4, out=8),  # 03-07, 08, 14, 15
        move("合肥", "泉州", "2026-03-02", 6, into=5 + 2),  # 03-21 and 22 as well
        move("广州", "深圳", "2026-03-02", 6),
        move("合肥", "西宁", "2026-03-02", 6, scheme="resident"),
        move("合肥", "西宁", "2026-03-02", 6, scheme="flexible", switched="yes"),
        Question("transfer", "合肥", ON, {"to": "西宁", "status": "active", "applied": "2026-12-11"}, late),
        Question("transfer", "合肥", ON, {"to": "西宁", "status": "retired"}, {}, "not_applicable"),
        Question("transfer", "合肥", ON, {"to": "肥东县", "status": "active"}, {}, "not_applicable"),
    ]
