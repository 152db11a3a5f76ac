"""Are the figures of a simulation those that the rules give, person by person and stay after stay?"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from statistics import median
from typing import Any

import pytest
from tests.population.scalar import figures
from tests.services.simulate.asking import BEIJING, CHONGQING, ON, Row, people, question, run

from yibao.law.parameters.resolving import resolve


class Year:
    """The stays of one person under one law, one after another: what is used up is carried, as the law says."""

    def __init__(self, chain: str, area: str, law_of: Callable[..., Any]) -> None:
        self.chain, self.area, self.law_of = chain, area, law_of
        self.used: Row | None = {"used_cap": 0, "used_deductible": 0, "stay": 1} if chain == "inpatient" else {}

    def next(self, row: Row) -> tuple[str, Row]:
        """The figures of the next stay, or of a person; nothing is known after a stay of which nothing is known."""
        if self.used is None:
            return "not known", {}
        why, found = figures(self.chain, {**row, **self.used}, self.area, ON, self.law_of)
        if self.chain == "inpatient":
            self.used["stay"] += 1
            self.used["used_cap"] += found.get("fund_pays", 0) + found.get("large_amount_pays", 0)
            self.used["used_deductible"] += found.get("deductible", 0)
            self.used = None if why == "not known" else self.used
        return why, found


def by_hand(area: str, chain: str, change: str, rows: int) -> Iterator[tuple[Row, Row, Row]]:
    """Each row with its figures under today's law and the changed one, worked out by the rules alone."""
    asked = question(area, chain, change)
    for _, listed in groupby(people(asked, rows).to_pylist(), key=lambda row: row["person_id"]):
        years = [Year(chain, area, law) for law in (resolve, asked.scenario.law)]
        for row in listed:
            before, after = (year.next(row) for year in years)
            if "" in (before[0], after[0]) and "not known" not in (before[0], after[0]):
                yield row, before[1], after[1]


GAINS: dict[str, Callable[[dict[str, int]], int]] = {
    "allocation": lambda f: f["allocation_net"],
    "inpatient": lambda f: sum(f.get(name, 0) for name in PAID),
}
PAID = ("fund_pays", "large_amount_pays", "critical_illness_pays", "medical_aid_pays")
TOTALS: dict[str, Callable[[dict[str, int]], int]] = {
    "allocation": lambda f: f["allocation_gross"],
    "inpatient": GAINS["inpatient"],
}


@pytest.mark.parametrize(("area", "chain", "change", "rows"), [CHONGQING, BEIJING], ids=["重庆", "北京"])
def test_key_figures_are_those_of_the_rules_one_by_one(area: str, chain: str, change: str, rows: int) -> None:
    told = list(by_hand(area, chain, change, rows))
    gains = [GAINS[chain](after) - GAINS[chain](before) for _, before, after in told]
    found = run(area, change, rows).to_json()
    assert len(told) > 300
    assert found["people"]["compared"] == len(told)
    assert found["total"]["today"] == sum(TOTALS[chain](before) for _, before, _ in told)
    assert found["total"]["changed"] == sum(TOTALS[chain](after) for _, _, after in told)
    each = found["per_person"]
    assert (each["winners"], each["losers"]) == (sum(g > 0 for g in gains), sum(g < 0 for g in gains))
    assert each["gain"] == sum(gains)
    assert each["average"] == (2 * sum(gains) + len(gains)) // (2 * len(gains))
    assert each["median"] == (int(2 * median(gains)) + 1) // 2
    assert (each["least"], each["most"]) == (min(filter(None, gains)), max(gains))
    by_sex = Counter[str]()
    for (row, _, _), gain in zip(told, gains, strict=True):
        by_sex["男" if row["sex"] == 1 else "女"] += gain
    assert {group["label"]: group["gain"] for group in found["groups"].get("sex", [])} in (
        by_sex,
        {"没有这一项": sum(gains)},
    )
