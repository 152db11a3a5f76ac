"""The topics: which rules answer each, which facts are asked in which order, what is assumed where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass, field

from yibao.law.parameters import Law
from yibao.law.rules.allocation import AllocationLaw
from yibao.law.rules.contribution_years import YearsLaw
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.rules.pension import PensionLaw
from yibao.law.rules.retirement_age import RetirementAgeLaw


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that people ask.

    `rules` are worked out in order, each may read the figures of those before; the first must give a figure, the others
    are told where the facts suffice. `main` is the figure to show first: the first of these that an answer has. `assumed` is taken where a fact is not given, and the answer says so.
    """

    name: str
    title: str
    plain: str
    law: type[Law]
    rules: tuple[str, ...]
    facts: tuple[str, ...]
    main: tuple[str, ...]
    assumed: dict[str, tuple[str, str]] = field(default_factory=dict)
    settles: str = ""


TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        Topic(
            "allocation", "每月划入个人账户多少钱", "俗称“返款”“返钱”", AllocationLaw, ("allocation", "allocation_net"),
            ("scheme", "status", "age", "base", "tier", "average_pension"),
            ("allocation_net", "allocation_year", "allocation_gross"),
            {"scheme": ("employee", "您没有说参加哪种医保，这里按单位职工的职工医保回答；居民医保没有个人账户。")},
            "当地医疗保障局关于职工医保门诊共济保障机制的实施办法",
        ),
        Topic(
            "contribution-years", "医保要交满多少年，还差几年", "交够年限，退休后不再交医保费", YearsLaw,
            ("required_years", "missing_years", "required_local_years", "missing_local_years", "required_paid_years",
             "missing_paid_years"),
            ("sex", "retires", "paid_months", "deemed_months", "local_months"),
            ("missing_months", "required_months", "missing_local_months", "required_local_months"),
            {},
            "当地医疗保障局关于职工医保缴费年限的规定",
        ),
        Topic(
            "retirement-age", "几岁、哪年哪月到退休年龄", "延迟退休以后的法定退休年龄", RetirementAgeLaw, ("retirement_age",),
            ("sex", "old_age", "born"), ("retires_on", "retirement_age_months"),
        ),
        Topic(
            "pension", "养老金怎么算，最少要交多少年", "基本养老金的三个部分", PensionLaw,
            ("minimum_pension_years", "basic_pension", "account_pension", "transitional_pension", "total_pension"),
            ("age", "wage", "index", "months", "balance", "months_before_account"),
            ("pension", "basic_pension", "account_pension", "minimum_pension_months"),
            {"months_before_account": ("0", "您没有填建立个人账户以前的缴费年限，这里没有算过渡性养老金；有的话会更多。")},
            "省人力资源和社会保障厅关于基本养老金计发办法的文件",
        ),
        Topic(
            "inpatient", "住院一次自己要付多少", "起付线、报销比例、封顶线", InpatientLaw, ("inpatient", "critical_illness"),
            ("scheme", "status", "level", "cost", "excluded", "upfront", "stay", "tier", "age", "continuous_months",
             "retired_on", "used_deductible", "used_cap"),
            ("person_pays", "fund_pays"),
            {
                "scheme": ("employee", "您没有说参加哪种医保，这里按职工医保回答。"),
                "excluded": ("0", "您没有填目录外的自费，这里按没有自费算；有自费的，要由个人另外负担。"),
                "upfront": ("0", "您没有填乙类先行自付，这里按没有算；有的话个人负担会更多。"),
                "used_deductible": ("0", "您没有填今年已负担的起付标准，这里按还没有负担过算。"),
                "used_cap": ("0", "您没有填今年基金已支付的金额，这里按还没有支付过算。"),
            },
            "当地医疗保障局关于住院待遇的规定",
        ),
    )
}  # fmt: skip
