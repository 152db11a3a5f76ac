"""Does an outside program that knows only formulas find the same fen, for every answer that must be shown?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.outside import recompute
from tests.outside.questions import Question, allocations, stays
from tests.outside.questions_areas_a import allocations_a, stays_a, years_a
from tests.outside.questions_areas_b import area_allocations, area_stays, area_years
from tests.outside.questions_areas_more import areas_more
from tests.outside.questions_away import aid, away, chronic
from tests.outside.questions_gap import histories, moves
from tests.outside.questions_outpatient import visits_without_a_stay
from tests.outside.questions_pension import PART_AGES, PRINTED_ON_THE_SLIPS, pensions, retirement_ages, slips, years
from tests.outside.questions_premium import accounts, months
from tests.outside.questions_premium import years as premium_years
from tests.outside.questions_seed_cities import seed_cities
from tests.outside.questions_years import years_and_money

from yibao.services.answers import answer

HERE = Path(__file__).parent
QUESTIONS = [
    *allocations(), *stays(), *allocations_a(), *stays_a(), *years_a(), *area_allocations(), *area_stays(),
    *area_years(), *visits_without_a_stay(), *retirement_ages(), *pensions(), *months(), *premium_years(),
    *accounts(), *years(), *histories(), *seed_cities(), *areas_more(), *away(), *chronic(), *aid(),
    *years_and_money(), *moves(),
]  # fmt: skip
BY_THE_COMMAND = [q for q in QUESTIONS if q.topic in ("allocation", "inpatient")][:20:2] + QUESTIONS[-3:]


def asked(question: Question) -> dict[str, Any]:
    return answer(question.topic, area=question.area, on=question.day, facts=question.facts).value.to_json()


def shown(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: f["value"] if "value" in f else (f["low"], f["high"]) for name, f in figures.items()}


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_answer_is_what_the_law_gives(question: Question) -> None:
    body = asked(question)
    assert body["certainty"] == question.certainty
    found = shown(body["figures"])
    assert {name: found.get(name) for name in question.figures} == question.figures
    assert [need["name"] for need in body["needs"]] == list(question.needs)
    assert [(case["facts"], shown(case["figures"])) for case in body["cases"]] == question.cases
    if not question.figures:
        assert found == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_every_step_is_recomputed(question: Question) -> None:
    body = asked(question)
    assert recompute.check(body) == []
    if body["certainty"] in ("exact", "range"):
        assert all(part["steps"] for part in (body["cases"] or [body]))


@pytest.mark.parametrize("question", BY_THE_COMMAND, ids=str)
def test_the_command_gives_the_same_and_the_program_says_so(question: Question) -> None:
    options = [part for name, value in question.facts.items() for part in ("--" + name.replace("_", "-"), value)]
    command = [sys.executable, "-m", "yibao.channels.cli.main", "answer", question.topic, "--area", question.area]
    run = subprocess.run([*command, "--on", question.on, *options, "--json"], capture_output=True, check=True)
    assert json.loads(run.stdout) == asked(question)
    checked = subprocess.run([sys.executable, HERE / "recompute.py"], input=run.stdout, capture_output=True)
    assert checked.returncode == 0, checked.stdout.decode()


def test_slips_are_printed_so() -> None:
    printed = [(q.figures["basic_pension"], q.figures["account_pension"]) for q in slips()]
    assert printed == PRINTED_ON_THE_SLIPS


@pytest.mark.parametrize(("age", "tenths"), PART_AGES)
def test_divisor_between_whole_ages(age: str, tenths: int) -> None:
    body = answer("pension", area="北京", on=QUESTIONS[0].day, facts={"age": age, "balance": "1"}).value.to_json()
    assert [step["value"] for step in body["steps"] if step["name"] == "divisor_tenths"] == [tenths]


def test_a_changed_step_is_noticed(tmp_path: Path) -> None:
    """The check has teeth: one fen more in one step, one case or one figure, and the program says no."""
    for question in (allocations()[0], allocations()[2], stays()[1]):
        part = body = asked(question)
        if body["cases"]:
            part = body["cases"][1]
        for changed in (part["steps"][-1], part["parameters"][0], next(iter(part["figures"].values()))):
            changed["value"] += 1
            file = tmp_path / "answer.json"
            file.write_text(json.dumps([body]), encoding="utf-8")
            run = subprocess.run([sys.executable, HERE / "recompute.py", file], capture_output=True, text=True)
            changed["value"] -= 1
            assert run.returncode == 1
            assert "differences" in run.stdout


@pytest.mark.parametrize(
    "formula",
    ["1 / 2", "1.5", "2 ** 3", "a", "-1", "1 if 1 else 2", "abs(1)", "min(1)", "max(1, 2, 3)", "half_up(1, 0)",
     "half_up(-1, 2)", "1 // 0", "1 < 2", "True", "'1'", "[1][0]", "(lambda: 1)()",
     "__import__('os')", "half_up(n=1, d=2)", "1 +", ""],
)  # fmt: skip
def test_other_formulas_are_refused(formula: str) -> None:
    with pytest.raises(recompute.RefusedFormula):
        recompute.compute(formula, {"b": 1})


def test_formulas_are_computed() -> None:
    assert recompute.compute("max(min(a, 7) - 3, 0) * 2 + half_up(5, b) - 9 // 2", {"a": 9, "b": 2}) == 4 * 2 + 3 - 4
