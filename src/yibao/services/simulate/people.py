"""On whom is a simulation run: made-up people after published statistics, or those of given files?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from yibao.population.comparing import Question
from yibao.population.errors import PopulationError
from yibao.population.people.claims import Claims
from yibao.population.people.synthetic import People
from yibao.services.simulate.result import Described

BATCH = 1 << 18
OF_PEOPLE = ("allocation", "premium", "contribution_years", "gap")
"""Chains whose facts made-up people have; `inpatient` has stays of theirs."""
SUPPOSED = {
    "age_structure": "每个地方的年龄和性别都按全国2020年普查的样子，同一组里每岁一样多",
    "scheme_by_area": "每个地方职工医保和居民医保的比例都按全国的",
    "first_age": "20岁以上才会参加职工医保",
    "ceiling_is_threefold": "当地平均工资按缴费基数上限的三分之一",
    "old_age_women": "女职工一半原定50岁退休，一半55岁",
    "wage_spread": "工资按对数正态分布，离散程度是假设的",
    "flexible_base": "灵活就业人员按最低基数缴，没有查到最低基数的按平均工资的六成",
    "pension_mean": "平均养老金按当地平均工资的四成",
    "pension_spread": "养老金按对数正态分布，离散程度是假设的",
    "work_begins": "18岁到26岁之间开始工作",
    "scheme_began": "1998年12月以前的工龄都算视同缴费",
    "residents_began": "居民医保从2003年1月起算",
    "paid_in_full": "六成的人每个月都缴了，其他人缴了一半以上",
    "in_gap": "在职的有5%正断缴1到24个月",
    "paid_here": "八成的人全在本地缴，其他人在本地缴了一半以上",
    "missed": "居民里两成漏缴过1到5年",
    "students": "18到22岁的居民一半是学生",
    "aid_groups": "困难群众里特困、低保、监测对象各占三分之一",
    "tiers": "分档的地方，各档人数一样多",
    "family_size": "一家人的多少是假设的",
    "stays_by_age": "住院次数按医疗费用的比例，退休的是在职的3.3倍，60岁以上的居民也这样",
    "stays_alike": "各次住院互不相干，一个人一年最多5次",
    "level_one": "一级和以下医院的住院，职工占10%，居民占20%",
    "resident_level_costs": "居民在各级医院的费用，比例和职工一样",
    "cost_spread": "住院费用按对数正态分布，离散程度是假设的",
    "excluded": "目录外费用占0到15%",
    "upfront": "乙类先自付占其余的0到5%",
    "away_kinds": "在外地住院的，备案、转诊、自己去的各占三分之一",
}
"""What the statistics do not say and was assumed, in Chinese; named as in `population/people/statistics.yaml`."""


def made_up(question: Question, rows: int, seed: int) -> tuple[Iterator[pa.Table], Described]:
    """Made-up people (or their stays in hospital in the year of the day), batch by batch; rows: how many people in all.

    Several areas get equal parts. Raises `PopulationError` for a chain of whose facts made-up people have none.
    """
    if question.chain not in (*OF_PEOPLE, "inpatient"):
        what = question.outcome.title
        raise PopulationError("no_made_up_people", f"合成人口里没有“{what}”要用的记录，请用 --people 给文件。")
    year_end = date(question.on.year, 12, 31)
    with_stays = question.chain == "inpatient"
    parts = _parts(rows, len(question.areas))
    people = [People(area, year_end if with_stays else question.on, seed) for area in question.areas]
    stays = [Claims(one) for one in people] if with_stays else []

    def batches() -> Iterator[pa.Table]:
        for place, (one, count) in enumerate(zip(people, parts, strict=True)):
            for start in range(0, count, BATCH):
                columns: dict[str, Any] = one.batch(start, min(BATCH, count - start))
                yield _table(_with_stays(stays[place], columns, start) if stays else columns)

    return batches(), _described(people, question, rows, seed)


def _parts(rows: int, areas: int) -> list[int]:
    """So many people for each area, together exactly all."""
    return [rows * (place + 1) // areas - rows * place // areas for place in range(areas)]


def _with_stays(stays: Claims, columns: dict[str, Any], start: int) -> dict[str, Any]:
    """The stays of a batch of people, with the pension too, by which incomes are told apart."""
    found: dict[str, Any] = stays.of(columns)
    return {**found, "pension": columns["pension"][found["person_id"] - start]}


def _table(columns: dict[str, Any]) -> pa.Table:
    return pa.table({name: np.ascontiguousarray(values) for name, values in columns.items()})


def _described(people: Sequence[People], question: Question, rows: int, seed: int) -> Described:
    cited = [one for person in people for one in person.statistics.used]
    sources = dict.fromkeys(f"{one.issuer}《{one.document}》" for one in cited)
    supposed = dict.fromkeys(name for person in people for name in person.statistics.supposed)
    words = [f"合成人口 {rows:,} 人，随机种子 {seed}：同样的种子、同样的人数，每次都是同样的人。"]
    if question.chain == "inpatient":
        words.append(f"再按公布的住院率和费用，给他们编出{question.on.year}年一整年的住院，一行是一次。")
    words.append("年龄、性别、参保、工资和看病按公布的统计数；没有公布的是假设的，都写在下面。")
    told = tuple(SUPPOSED.get(name, name) for name in supposed)
    return Described(rows, True, seed, tuple(words), tuple(sources), told)


def of_files(paths: Sequence[Path], rows: int) -> Described:
    """What is told of people who come from files."""
    names = "、".join(path.name for path in paths)
    return Described(rows, False, 0, (f"用的是给定的文件：{names}，一共 {rows:,} 行。",))
