"""The common cases of each guide: whose answers its tables show. Data; the figures themselves come from `answer()`.

A table is asked for every row and column: `facts` hold for all of it, a row and a column add theirs. `shows` names the
figures of a cell, those that an answer has. `example` is the (row, column) that stands for the table in a sentence and
where many areas stand side by side. `beside` are facts that a law may read and the table does not vary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Facts = Mapping[str, str]
Entry = tuple[str, Facts]


class Plan(NamedTuple):
    """One table: of which topic it asks, of whom it speaks, what it varies, what it shows."""

    topic: str
    title: str
    facts: Facts
    rows: tuple[Entry, ...]
    heads: tuple[Entry, ...]
    shows: tuple[str, ...]
    example: tuple[int, int] = (0, 0)
    lead: Facts | None = None  # facts for the sentence, where they are fewer than those of the example
    whom: str = ""  # of whom the sentence then speaks
    why: bool = False  # whether each cell says its reason in words

    def example_facts(self) -> dict[str, str]:
        """The facts of the cell that stands for the table."""
        row, head = self.example
        return {**self.facts, **self.rows[row][1], **self.heads[head][1]}

    def example_words(self) -> str:
        """Of whom that cell speaks."""
        row, head = self.example
        said = (self.title.partition("：")[0] if "：" in self.title else "", self.rows[row][0], self.heads[head][0])
        varied = said if len(self.heads) > 1 else said[:2]
        return "，".join(word for word in varied if word)


USUAL: Facts = {
    "age": "40", "base": "8000", "pension": "4000", "retired_on": "2015-06", "continuous_months": "10y", "tier": "1",
    "joined": "2000-01-01", "stay": "1", "first_time": "no", "signed_doctor": "no", "category": "adult",
    "missed_years": "1", "gap_months": "5", "paid_months": "25y", "deemed_months": "0", "local_months": "25y",
    "scheme": "employee", "status": "active", "level": "3", "switched": "no", "repaid_years": "0",
    "disease": "chronic", "aid_group": "none", "to": "上海", "reason": "cash",
}  # fmt: skip
"""What is taken of a fact that a law reads and a table does not vary; the table says so."""
ELSEWHERE = {"310000": "北京"}
"""Where one moves to, from the area to which all others move."""

EMPLOYEE: Facts = {"scheme": "employee", "status": "active"}
FLEXIBLE: Facts = {"scheme": "flexible", "status": "active"}
RETIRED: Facts = {"scheme": "employee", "status": "retired", "age": "65"}
RESIDENT: Facts = {"scheme": "resident", "status": "active"}
AT_WORK: Facts = {**EMPLOYEE, "age": "40"}
STAY: Facts = {"stay": "1", "continuous_months": "10y"}


def _yuan(name: str, words: str, *amounts: int) -> tuple[Entry, ...]:
    return tuple((f"{words} {amount:,} 元", {name: str(amount)}) for amount in amounts)


BASES = _yuan("base", "缴费基数", 5_000, 8_000, 12_000)
BILLS = (("花 1 万元", {"cost": "10000"}), ("花 3 万元", {"cost": "30000"}), ("花 10 万元", {"cost": "100000"}))
HOSPITALS = (("三级医院", {"level": "3"}), ("二级医院", {"level": "2"}), ("一级医院", {"level": "1"}))
VISITS = _yuan("cost", "花", 300, 1_000, 3_000)
CLINICS = (("三级医院", {"level": "3"}), ("二级医院", {"level": "2"}), ("社区、乡镇卫生院", {"level": "community"}))
PAYS = ("person_pays",)
EACH_MONTH = ("allocation_net", "allocation_year", "allocation_gross")
MAN_WOMAN = (("男", {"sex": "male"}), ("女", {"sex": "female"}))
WAITS = ("waiting_months", "back_payment_allowed")


def _care(topic: str, words: str, bills: tuple[Entry, ...], places: tuple[Entry, ...], more: Facts) -> tuple[Plan, ...]:
    whom = (("在职职工，40 岁", AT_WORK), ("退休职工，65 岁", RETIRED), ("居民医保，成年人", {**RESIDENT, "age": "40"}))
    return tuple(Plan(topic, f"{who}：{words}", {**facts, **more}, bills, places, PAYS, (1, 0)) for who, facts in whom)


GAPS = (
    Plan(
        "gap", "职工医保断了：续上以后等多久", {"switched": "no"},
        tuple((f"断了 {n} 个月", {"gap_months": str(n)}) for n in (2, 3, 5, 12)),
        (("单位给交的", {"scheme": "employee"}), ("自己交的", {"scheme": "flexible"})), WAITS, (2, 0),
    ),
    Plan(
        "gap", "居民医保断了：续上以后等多久", {"scheme": "resident", "switched": "no"},
        (("只是今年交晚了", {"missed_years": "0"}),
         *((f"断了 {n} 年", {"missed_years": str(n)}) for n in (1, 2, 4))),
        (("没有补缴", {"repaid_years": "0"}),), WAITS, (2, 0),
    ),
)  # fmt: skip
AWAY = (
    ("在参保地", {"away": "home"}),
    ("长住外地，备了案", {"away": "filed"}),
    ("转诊去的，或者急诊", {"away": "referred"}),
    ("自己临时去的", {"away": "unfiled"}),
)
DISEASES = (
    ("高血压", {"disease": "hypertension"}),
    ("糖尿病", {"disease": "diabetes"}),
    ("其他慢性病", {"disease": "chronic"}),
    ("特殊病，比如透析", {"disease": "special"}),
)
WHOM = (("职工医保，在职", AT_WORK), ("职工医保，退休", RETIRED), ("居民医保", {**RESIDENT, "age": "40"}))
RELATIONS = (
    ("丈夫、妻子", {"relation": "spouse"}),
    ("父母", {"relation": "parent"}),
    ("儿女", {"relation": "child"}),
    ("兄弟姐妹", {"relation": "sibling"}),
    ("祖父母、外祖父母", {"relation": "grandparent"}),
    ("孙辈", {"relation": "grandchild"}),
    ("其他亲戚、朋友", {"relation": "other"}),
)
PURPOSES = (
    ("看病、住院", {"purpose": "care"}),
    ("药店买药", {"purpose": "drugs"}),
    ("交居民医保", {"purpose": "premium"}),
    ("健身、保健品", {"purpose": "wellness"}),
)
REASONS = (
    ("参保人去世，家里人继承", {"reason": "death"}),
    ("出国定居", {"reason": "emigration"}),
    ("退休后长住外省", {"reason": "resettled"}),
    ("换了城市，钱转不过去", {"reason": "transfer_impossible"}),
    ("参军", {"reason": "military"}),
    ("想换成现金花", {"reason": "cash"}),
)
BORN = tuple((f"{year} 年 6 月出生", {"born": f"{year}-06-15"}) for year in (1965, 1970, 1975, 1980, 1985))
OLD_AGES = (
    ("男职工", {"sex": "male", "old_age": "60"}),
    ("女干部（原来 55 岁退）", {"sex": "female", "old_age": "55"}),
    ("女职工（原来 50 岁退）", {"sex": "female", "old_age": "50"}),
)
TOTAL: Facts = {"joined": "2000-01-01", "deemed_months": "0", "base": "8000"}
YEARS = tuple((f"已经交了 {n} 年", {"paid_months": f"{n}y", "local_months": f"{n}y"}) for n in (10, 15, 20, 25))

PLANS: dict[str, tuple[Plan, ...]] = {
    "allocation": (
        Plan("allocation", "退休的人：每月划入多少", {"scheme": "employee", "status": "retired"},
             tuple((f"{n} 岁", {"age": str(n)}) for n in (65, 70, 75)), (("每月划入", {}),), EACH_MONTH, (1, 0),
             {"scheme": "employee", "status": "retired"}, "退休的人"),
        Plan("allocation", "在职的人：每月划入多少", {"status": "active"}, BASES,
             (("单位给交的", {"scheme": "employee"}), ("自己交的", {"scheme": "flexible"})), EACH_MONTH, (1, 0)),
    ),
    "contribution-years": (
        Plan("contribution-years", "要交满多少年", {"joined": "2000-01-01"},
             MAN_WOMAN, (("今年退休", {}), ("2030 年 1 月退休", {"retires": "2030-01"})),
             ("required_months", "required_local_months", "required_paid_months"), (0, 0),
             {"joined": "2000-01-01"}, "今年退休"),
        Plan("contribution-years", "这个月退休，还差多少", TOTAL, YEARS, MAN_WOMAN,
             ("missing_months", "missing_local_months", "missing_paid_months"), (1, 0)),
    ),
    "retirement-age": (
        Plan("retirement-age", "几岁、哪个月到退休年龄", {}, BORN, OLD_AGES,
             ("retires_on", "retirement_age_months"), (1, 0)),
    ),
    "pension": (
        Plan("pension", "基础养老金：计发基数按 8,000 元举例", {"wage": "8000", "age": "60"},
             tuple((f"交了 {n} 年", {"months": f"{n}y"}) for n in (15, 20, 30)),
             (("指数 0.6", {"index": "0.6"}), ("指数 1", {"index": "1"}), ("指数 2", {"index": "2"})),
             ("basic_pension",), (1, 1)),
        Plan("pension", "个人账户养老金", {"wage": "8000", "index": "1", "months": "20y"},
             tuple((f"账户里有 {n} 万元", {"balance": f"{n}0000"}) for n in (5, 10, 20)),
             (("50 岁退休", {"age": "50"}), ("55 岁退休", {"age": "55"}), ("60 岁退休", {"age": "60"})),
             ("account_pension",), (1, 2)),
    ),
    "inpatient": _care("inpatient", "住一次院自己付多少", BILLS, HOSPITALS, STAY),
    "outpatient": _care("outpatient", "看门诊自己付多少", VISITS, CLINICS, {"chronic": "no"}),
    "premium": (
        Plan("premium", "单位给交的：每月各交多少", EMPLOYEE, BASES, (("每月", {}),),
             ("person_pays", "employer_pays"), (1, 0)),
        Plan("premium", "自己交职工医保的：每月交多少", FLEXIBLE, BASES, (("每月", {}),), PAYS, (1, 0)),
        Plan("premium", "居民医保：一年交多少", {"scheme": "resident"},
             (("成年人", {"category": "adult", "age": "40"}), ("老年人，65 岁", {"category": "elderly", "age": "65"}),
              ("孩子、中小学生", {"category": "child", "age": "10"}), ("大学生", {"category": "student", "age": "20"})),
             (("一年", {}),), ("person_pays", "subsidy")),
    ),
    "withdrawal": (
        Plan("withdrawal", "什么情况能取出来", {"scheme": "employee"}, REASONS, (("能不能取", {}),), ("allowed",),
             (5, 0), why=True),
    ),
    "family-sharing": (
        Plan("family-sharing", "能给谁用、做什么用", {"scheme": "employee"}, RELATIONS, PURPOSES, ("allowed",)),
    ),
    "gap": GAPS,
    "transfer": (
        Plan("transfer", "转到外地要多久", {"switched": "no"},
             (("在职职工", {"scheme": "employee", "status": "active"}),
              ("退休职工", {"scheme": "employee", "status": "retired"}), ("居民医保", {"scheme": "resident"})),
             (("怎么办", {}),), ("working_days_out", "working_days_in", "account")),
    ),
    "waiting-period": GAPS,
    "back-payment": GAPS[:1],
    "chronic": (
        Plan("outpatient", "办了认定的病，看门诊花 1,000 元，自己付多少",
             {"chronic": "yes", "cost": "1000", "level": "3"}, DISEASES, WHOM, PAYS),
    ),
    "out-of-area": (
        Plan("inpatient", "三级医院住院花 3 万元，自己付多少", {**STAY, "cost": "30000", "level": "3"}, AWAY, WHOM,
             PAYS, (3, 0)),
    ),
}  # fmt: skip
"""The tables of each topic; a topic in words without any is told by its steps alone."""
