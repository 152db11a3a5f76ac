"""Which figures of a chain are money that somebody gets or pays, and who: what a comparison adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that is added up.

    own: what one fen of it is to the person, 1 (gets it), -1 (pays it), 0 (neither, or told by another part);
    cost: whether it belongs to the total; times: how often in the period of the comparison; instead: the figure that
    stands in for it where it is not known, such as the gross sum where nobody knows what is deducted.
    """

    figure: str
    word: str
    payer: str
    own: int = 0
    cost: bool = False
    times: int = 1
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the comparison of a chain is about.

    per: over which time a row's figures are; each: what a row is; total: what the total is called; better, worse:
    what it is called to gain and to lose; title: what it is about; unit: what is added up.
    """

    parts: tuple[Part, ...]
    per: Literal["month", "year", "claims", "person"]
    each: str
    total: str
    better: str
    worse: str
    title: str
    unit: str = "fen"


ALLOCATION = Outcome(
    (
        Part("allocation_gross", "划入个人账户（扣费前）", "在职的是本人缴的费，退休的是统筹基金", cost=True),
        Part("allocation_net", "实际到账", "", own=1, instead="allocation_gross"),
    ),
    "month", "人", "划入个人账户的钱", "多到账", "少到账", "每月划入",
)  # fmt: skip
ALLOCATION_YEAR = Outcome(
    (
        Part("allocation_gross", "划入个人账户（扣费前），12个月", "在职的是本人缴的费，退休的是统筹基金",
             cost=True, times=12),
        Part("allocation_net", "实际到账，12个月", "", own=1, times=12, instead="allocation_gross"),
        Part("allocation_year", "一年一次划入", "统筹基金", own=1, cost=True),
    ),
    "year", "人", "划入个人账户的钱", "多到账", "少到账", "划入个人账户",
)  # fmt: skip
"""Where today's law or the changed one credits a whole year at once."""
OUTCOMES: dict[str, Outcome] = {
    "allocation": ALLOCATION,
    "inpatient": Outcome(
        (
            Part("fund_pays", "统筹基金付", "统筹基金", own=1, cost=True),
            Part("large_amount_pays", "大额补助付", "大额医疗费用补助资金", own=1, cost=True),
            Part("critical_illness_pays", "大病保险付", "大病保险", own=1, cost=True),
            Part("medical_aid_pays", "医疗救助付", "医疗救助资金", own=1, cost=True),
            Part("person_pays", "大病保险和救助付以前，个人负担", "个人"),
        ),
        "claims", "人次", "各项医保资金付的钱", "少负担", "多负担", "住院费用分担",
    ),
    "outpatient": Outcome(
        (
            Part("fund_pays", "统筹基金付", "统筹基金", own=1, cost=True),
            Part("person_pays", "个人负担", "个人"),
        ),
        "claims", "人次", "统筹基金付的钱", "少负担", "多负担", "普通门诊费用分担",
    ),
    "premium": Outcome(
        (
            Part("person_month", "职工和灵活就业人员本人缴，12个月", "本人", own=-1, cost=True, times=12),
            Part("person_year", "居民本人缴", "本人", own=-1, cost=True),
            Part("employer_month", "单位缴，12个月", "用人单位", cost=True, times=12),
            Part("subsidy_year", "财政补助", "财政", cost=True),
            Part("allocated", "其中进个人账户，12个月", "本人和用人单位", times=12),
            Part("aid_year", "其中医疗救助替本人缴", "医疗救助资金", own=1),
        ),
        "year", "人", "缴进来的钱", "少缴", "多缴", "缴费",
    ),
    "pension": Outcome(
        (Part("pension", "养老金", "养老保险基金", own=1, cost=True),),
        "month", "人", "发的养老金", "多领", "少领", "养老金",
    ),
    "contribution_years": Outcome(
        (Part("missing_months", "还差的月数", "", own=-1, cost=True),),
        "person", "人", "还差的月数", "少差", "多差", "缴费年限", unit="months",
    ),
    "gap": Outcome(
        (Part("waiting_months", "等待期", "", own=-1, cost=True),),
        "person", "人", "等待的月数", "少等", "多等", "断缴待遇等待期", unit="months",
    ),
}  # fmt: skip
"""By chain what is compared; a chain that is not here gives no sum that could be added up."""
