"""What may an app be allowed to read, subject by subject, and which parts of a record does each subject cover?

`openid` tells an app only that it is the same person again, by a number of its own. The `patient/…` scopes are those of
SMART on FHIR. What no scope covers (what would be if, who looked, the e-credential) no app ever reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Scope(NamedTuple):
    """A subject as the person is asked for it, and the parts of a record (`what`) that it opens."""

    title: str
    words: str
    opens: frozenset[str]


FHIR = "按医疗机构通用的 FHIR 格式给出。"
SCOPES = {
    "openid": Scope("认出是您", "一个只给这个应用用的编号，里面没有姓名和证件号", frozenset()),
    "account": Scope(
        "个人账户", "账户里有多少钱，每一笔收支，包括在哪家医院、药店用的", frozenset({"movements", "balance"})
    ),
    "contributions": Scope("缴费月份", "哪几个月缴了费、缴了多少，哪几个月没有缴", frozenset({"months"})),
    "enrolment": Scope("参保情况", "在哪里参保、哪个单位、什么档次、缴费基数", frozenset({"enrolments"})),
    "allocation": Scope("每月划入", "每月往账户里划了多少，怎么算的", frozenset({"allocation"})),
    "years": Scope("缴费年限", "一共缴了几年，还差几年", frozenset({"years"})),
    "coverage": Scope(
        "现在能不能报销", "在哪里参保、从哪天到哪天，今天在不在保", frozenset({"coverage", "eligibility"})
    ),
    "patient/Patient.read": Scope("您是谁", f"姓名（中间隐去）、性别、出生日期，{FHIR}", frozenset({"patient"})),
    "patient/Coverage.read": Scope("参保凭据", f"在哪里参保、从哪天到哪天，{FHIR}", frozenset({"coverage"})),
    "patient/CoverageEligibilityResponse.read": Scope(
        "待遇资格", f"今天能不能报销，{FHIR}", frozenset({"eligibility"})
    ),
    "patient/*.read": Scope(
        "您是谁、参保凭据和待遇资格",
        f"姓名（中间隐去）、性别、出生日期，在哪里参保，今天能不能报销，{FHIR}",
        frozenset({"patient", "coverage", "eligibility"}),
    ),
}
NEEDS = {"home": frozenset({"balance", "months", "enrolments"})}
"""A page that shows several parts: an app needs them all."""


def covers(scopes: Iterable[str], what: str) -> bool:
    """Whether these scopes let an app read a part of a record; nothing covers a part that no scope names.

    >>> covers({"account"}, "movements"), covers({"account"}, "home"), covers(["openid"], "lookers"), covers([], "")
    (True, False, False, False)
    """
    opened: set[str] = set().union(*(SCOPES[name].opens for name in scopes if name in SCOPES))
    return NEEDS.get(what, frozenset({what})) <= opened
