"""Does every rule answer on every day on which any parameter changes, in every area, or say plainly why not?"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from tests.law.parameter_files import NATION, days_of_change, files

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.explanation import explain
from yibao.law.explanation.reader import read
from yibao.law.parameters import Law
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.registry import VERSIONS, Version, in_force
from yibao.law.values import (
    AidGroup,
    Away,
    Category,
    Disease,
    FirstTime,
    Gap,
    Level,
    Missing,
    NeedsFact,
    NotApplicable,
    Purpose,
    Reason,
    Relation,
    Scheme,
    Sex,
    Status,
    Switched,
    Unset,
)

WITHOUT_OWN_LAW = "630200"
AREAS = [*sorted({file.code for file in files()}), WITHOUT_OWN_LAW]
PICKS: tuple[Pick, ...] = ("", "low", "high")
Outcome = tuple[str, Any]

SAMPLES: dict[str, tuple[int, ...]] = {
    "scheme": tuple(Scheme), "status": tuple(Status), "sex": tuple(Sex), "level": tuple(Level),
    "flexible": (False, True), "signed_doctor": (False, True), "tier": (1, 2), "age": (17, 59, 75), "stay": (1, 6),
    "cost": (0, 2_000_000_00), "old_age": (50, 55, 60),
    "born": (1960 * 12, 1976 * 12 + 8), "retires": (2010 * 12, 2027 * 12, 2045 * 12), "retires_year": (2010, 2045),
    "age_months": (39 * 12, 60 * 12 + 1, 71 * 12), "months_before_account": (0, 157), "continuous_months": (0, 80),
    "retired_month": (2000 * 12 + 11, 2001 * 12), "base": (8_000_00,), "average_pension": (3_000_00,),
    "switched": tuple(Switched), "gap_months": (3, 4), "missed_years": (0, 5), "repaid_years": (0, 4),
    "category": tuple(Category), "reason": tuple(Reason), "relation": tuple(Relation), "purpose": tuple(Purpose),
    "aid_group": tuple(AidGroup), "first_time": tuple(FirstTime), "joined": (2000 * 12, 2018 * 12 + 6, 2020 * 12),
    "pension": (3_000_00,), "missing_months": (0, 60), "person_year": (400_00,),
    "away": tuple(Away), "disease": tuple(Disease), "rate_cut": (0,), "away_upfront": (0,),
    "home": (110000,), "to": (110000, 310000),
}  # fmt: skip


def arguments(version: Version) -> list[dict[str, int]]:
    """Inputs that reach every cell of every table; what a rule reads as a plain amount is one typical amount."""
    inputs = read(version.function).inputs
    values = [SAMPLES.get(name, (max(bounds.low, min(bounds.high, 120)),)) for name, bounds in inputs.items()]
    return [dict(zip(inputs, chosen, strict=True)) for chosen in product(*values)]


def outcome(run: Any) -> Outcome:
    """A figure, not applicable, missing or a fact needed; anything else that is raised fails the test."""
    try:
        value = run()
    except Missing as error:
        return "missing", error.gap.path
    except NeedsFact as error:
        return "needs", error.name
    if isinstance(value, NotApplicable):
        return "not applicable", value.reason
    for figure in value:
        if isinstance(figure, Gap):
            return "missing", figure.path
        if isinstance(figure, Unset):
            return "needs", figure.name
    assert all(isinstance(figure, int) and figure >= 0 for figure in value), value
    return "figures", tuple(value)


def versions_on(day: date) -> Iterator[Version]:
    """Every rule in force on a day; a rule that has none must say so as a hole in the law."""
    for topic in VERSIONS:
        try:
            yield in_force(topic, day)
        except Missing:
            assert all(not version.covers(day) for version in VERSIONS[topic])


def laws(area: str) -> Iterator[tuple[Version, Law]]:
    """Every rule with every law of an area that differs from those before, over all the days."""
    seen = set()
    for day, pick in product(days_of_change(area), PICKS):
        for version in versions_on(day):
            law = resolve(read(version.function).law_class, area, day, pick)
            entries = tuple((key, code, id(entry)) for key, (code, entry) in law.entries.items())
            if (version.function, pick, entries) not in seen:
                seen.add((version.function, pick, entries))
                yield version, law


def test_every_rule_and_area_is_walked() -> None:
    assert {version.topic for area in AREAS for version, _ in laws(area)} == set(VERSIONS)
    assert NATION in AREAS


@pytest.mark.parametrize("area", AREAS)
def test_every_rule_on_every_day(area: str) -> None:
    found = set()
    for version, law in laws(area):
        for given in arguments(version):
            found.add(outcome(lambda: version.function(law, *given.values()))[0])  # noqa: B023  run at once
    assert "missing" in found
    assert "figures" in found  # at the least the national pension law


@pytest.mark.parametrize("area", AREAS)
def test_explained_is_what_the_rule_gives(area: str) -> None:
    """In both registers, with every fact given and with each fact missing in turn."""
    for version, law in laws(area):
        cases = arguments(version)
        sample = cases[:: max(1, len(cases) // 24)]
        missing_one = [{**sample[0], name: Unset(name)} for name in sample[0]]
        for given in [*sample, *missing_one]:
            values = tuple(given.values())
            plain = outcome(lambda: version.function(law, *values))  # noqa: B023  run at once
            for register in ("official", "plain"):
                told = outcome(lambda: explain(version.function, law, *values, register=register).value)  # noqa: B023
                assert told[0] == plain[0], (version.topic, given)
                if told[0] not in ("missing", "needs"):  # of several gaps the words may meet another one first
                    assert told == plain, (version.topic, given)


@pytest.mark.parametrize("area", ["110000", "440300", "500000", WITHOUT_OWN_LAW])
def test_every_step_is_told(area: str) -> None:
    """A step has words in both registers and a formula, and no brackets of a program in them."""
    for version, law in laws(area):
        for given in arguments(version)[::7]:
            try:
                runs = [explain(version.function, law, *given.values(), register=r) for r in ("official", "plain")]
            except (Missing, NeedsFact):
                continue
            for step in (step for run in runs for step in run.steps):
                assert step.how
                assert step.formula
                assert not set("_{}[]<>") & set(step.how), step
