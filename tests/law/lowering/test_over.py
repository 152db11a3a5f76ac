"""Does a run over many areas and days give each row the law of its own area and day?"""

import doctest
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yibao.law.lowering.laws import content, distinct, resolved
from yibao.law.lowering.over import lowered
from yibao.law.parameters import Law
from yibao.law.parameters.resolving import resolve
from yibao.law.registry import RuleError
from yibao.law.rules.allocation import AllocationLaw, Band, allocation
from yibao.law.rules.transfer import TransferLaw
from yibao.law.values import Gap, Scheme, Status

DAYS = (date(2022, 6, 1), date(2025, 6, 1))
AREAS = ("110000", "310000", "420100", "500000")
GROSS = ("allocation_gross",)


def columns(rows: int) -> dict[str, Any]:
    draw = np.random.default_rng(3)
    return {
        "scheme": np.zeros(rows, np.int8), "flexible": np.zeros(rows, bool), "tier": np.zeros(rows, np.int8),
        "status": draw.integers(0, 2, rows), "age": draw.integers(18, 100, rows), "base": draw.integers(0, 10**7, rows),
        "average_pension": draw.integers(0, 10**6, rows), "pension": draw.integers(0, 10**6, rows),
        "retired_month": draw.integers(2010 * 12, 2025 * 12, rows),
    }  # fmt: skip


def scalar(area: str, day: date, given: dict[str, Any], row: int) -> int | None:
    facts = {name: int(column[row]) for name, column in given.items()}
    order = ("base", "average_pension", "pension", "retired_month")
    try:
        found = allocation(
            resolve(AllocationLaw, area, day), Scheme.EMPLOYEE, False, Status(facts["status"]), 0, facts["age"],
            *(facts[name] for name in order),
        )  # fmt: skip
    except Exception:
        return None
    return getattr(found, "allocation_gross", None)


def test_every_row_has_the_law_of_its_area_and_day() -> None:
    run, given = lowered("allocation", [(a, d) for a in AREAS for d in DAYS], outputs=GROSS), columns(600)
    draw = np.random.default_rng(4)
    area = np.array([int(a) for a in AREAS], np.int32)[draw.integers(0, 4, 600)]
    on = np.array([d.toordinal() for d in DAYS], np.int32)[draw.integers(0, 2, 600)]
    found = run.run(given, area, on)
    for row in range(600):
        expected = scalar(f"{area[row]:06d}", date.fromordinal(int(on[row])), given, row)
        assert found["allocation_gross"][row] == (expected or 0)
        assert (found["reason_allocation_gross"][row] == 0) == (expected is not None)
    for a in AREAS:
        here = run.run({n: c[area == int(a)] for n, c in given.items()}, a, DAYS[1])["allocation_gross"]
        assert (here == run.run(given, np.full(600, int(a)), DAYS[1])["allocation_gross"][area == int(a)]).all()


def test_an_area_or_a_day_that_was_not_lowered_is_a_gap() -> None:
    run, given = lowered("allocation", [("110000", DAYS[1])], outputs=GROSS), columns(3)
    assert run.run(given, "310000", DAYS[1])["reason"].tolist() == [3, 3, 3]
    assert run.run(given, "110000", DAYS[0])["reason"].tolist() == [3, 3, 3]
    found = run.run(given, np.array([110000, 999999, -5]), DAYS[1])
    assert found["reason"].tolist() == [0, 3, 3]
    assert found["allocation_gross"][1:].tolist() == [0, 0]
    assert run.reason_texts[3] == "当地的规定没有查到"


def test_buffers_are_filled_again() -> None:
    run, given = lowered("allocation", [("310000", DAYS[1])]), columns(50)
    first = run.run(given, "310000", DAYS[1])
    kept = {name: values.copy() for name, values in first.items()}
    again = run.run({n: c[::-1] for n, c in given.items()}, "310000", DAYS[1], out=first)
    assert again["allocation_year"] is first["allocation_year"]
    assert (again["allocation_year"][::-1] == kept["allocation_year"]).all()
    assert (again["reason_allocation_year"][::-1] == kept["reason_allocation_year"]).all()


def test_a_changed_law_is_run_as_it_is_given() -> None:
    def changed(law: type[Law], area: str, day: date) -> Law:
        return replace(resolved(law, area, day), retired_bands=(Band(0, 12_345),))  # type: ignore[call-arg]

    given = {**columns(20), "status": np.ones(20, int)}
    found = lowered("allocation", [("110000", DAYS[1])], changed, GROSS).run(given, "110000", DAYS[1])
    assert set(found["allocation_gross"].tolist()) == {12_345}


def test_laws_that_say_the_same_are_one() -> None:
    laws, own = distinct([AllocationLaw], [("110000", date(2025, month, 1)) for month in range(1, 13)])
    assert len(laws) < 12
    assert max(own) == len(laws) - 1
    law = resolve(AllocationLaw, "110000", DAYS[1])
    assert content(law) == content(replace(law, area="999999", sources={}))
    assert content(law) != content(replace(law, large_amount_fee=301))
    assert content(replace(law, own_rate=Gap("a"))) != content(replace(law, own_rate=Gap("a", range_only=True)))


def test_what_another_area_says_is_not_taken_from_this_one() -> None:
    law = resolved(TransferLaw, "110000", DAYS[1])
    assert isinstance(law, TransferLaw)
    assert isinstance(law.days_in, Gap)
    assert not isinstance(resolve(TransferLaw, "110000", DAYS[1]).days_in, Gap)


def test_wrong_wishes_are_refused_in_words() -> None:
    with pytest.raises(RuleError, match="没有 alocation 这一组规则；有 allocation"):
        lowered("alocation", [("110000", DAYS[1])])
    with pytest.raises(RuleError, match="没有收进来"):
        lowered("allocation", [("110000", date(1990, 1, 1))])
    with pytest.raises(RuleError, match="is not a figure of this chain"):
        lowered("allocation", [("110000", DAYS[1])], outputs=("gross",))
    run = lowered("allocation", [("110000", DAYS[1])], outputs=GROSS)
    with pytest.raises(RuleError, match="行数不一样"):
        run.run({**columns(3), "age": np.array([1, 2])}, "110000", DAYS[1])


def test_the_example_of_the_document_runs() -> None:
    found = doctest.testfile(str(Path(__file__).parents[3] / "docs" / "lowering.md"), module_relative=False)
    assert (found.failed, found.attempted) == (0, 5)
