"""What may a terminal offer, by the kind of place where it stands? Chosen when it is registered, kept by the server."""

from __future__ import annotations

from dataclasses import dataclass

TASKS = ("movements", "months", "allocation", "years", "enrolments", "looked")
"""What one may look at after the PIN, besides the first page; in the order of the buttons."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the law that one tap asks: how it is put, its topic, and the facts that it says."""

    words: str
    topic: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of place: what is offered there, what may be printed, and whom one asks who gets stuck."""

    title: str
    tasks: tuple[str, ...]
    slips: bool
    records: bool  # the contribution record on A4, from a printer with paper for it
    help: str
    questions: tuple[Question, ...]  # of the law, asked most there


RETIRED = Question("退休人员每月返多少钱", "allocation", (("scheme", "employee"), ("status", "retired")))
WORKING = Question("上班的人每月返多少钱", "allocation", (("scheme", "employee"), ("status", "active")))
GAP = Question("职工医保断缴了会怎样", "gap", (("scheme", "employee"),))
YEARS = Question("要缴满多少年", "contribution-years")
AWAY = Question("去外地看病怎么备案", "out-of-area")
CHRONIC = Question("慢性病怎么办", "chronic")
PAYING = Question("居民医保去哪里交", "paying", (("scheme", "resident"),))
INPATIENT = Question("住院能报销多少", "inpatient")
OUTPATIENT = Question("看门诊能报销多少", "outpatient")
PROFILES = {
    "agency": Profile(
        "医保经办大厅", TASKS, True, True, "有不会的，请叫大厅的工作人员。",
        (RETIRED, WORKING, GAP, YEARS, AWAY, PAYING),
    ),
    "hospital": Profile(
        "医院", ("movements", "allocation", "enrolments"), True, False, "有不会的，请问医院的医保办或导医台。",
        (INPATIENT, OUTPATIENT, AWAY, CHRONIC, RETIRED),
    ),
    "community": Profile(
        "社区服务中心", TASKS, True, True, "有不会的，请叫服务中心的工作人员。",
        (PAYING, RETIRED, WORKING, YEARS, CHRONIC, AWAY),
    ),
    "service_point": Profile(
        "便民服务点", ("months", "allocation", "years"), True, False, "有不会的，请问店里的人，或者打 12393。",
        (PAYING, RETIRED, GAP, YEARS),
    ),
}  # fmt: skip
"""By the name under which a terminal is registered: 经办大厅, 医院, 社区, 便民服务点."""
