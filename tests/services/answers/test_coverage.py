"""What is answered where: worked out from the answers, for every topic, once for a day and a state of the law."""

from datetime import date
from time import perf_counter

import pytest

from yibao.services.answers import ALL_TOPICS, FACTS, answer, coverage, examples
from yibao.services.answers.coverage import checked_on
from yibao.services.results import Done

ON = date(2025, 6, 1)


def rows() -> dict[str, coverage.Row]:
    return {row.code: row for row in coverage.coverage(ON)}


def test_every_topic_has_a_column_in_every_row() -> None:
    for row in coverage.coverage(ON):
        assert [cell.question for cell in row.cells] == list(examples.questions())
    assert {question.topic for question in examples.questions()} == set(ALL_TOPICS)


def test_a_cell_is_what_the_answer_says() -> None:
    for cell in rows()["110000"].cells:
        if cell.completed:
            continue
        found = answer(cell.question.topic, area="110000", on=ON, facts=cell.question.facts)
        assert isinstance(found, Done)
        assert cell.certainty == found.value.certainty
        if cell.certainty in ("exact", "range"):
            assert cell.grade == found.value.grade
            assert cell.checked == min(row["checked_on"] for row in found.value.citations)
        else:
            assert (cell.grade, cell.checked) == ("", "")


def test_what_is_not_known_has_no_grade_and_no_day() -> None:
    unknown = [cell for row in coverage.coverage(ON) for cell in row.cells if cell.certainty == "unknown"]
    assert unknown
    assert {(cell.grade, cell.checked) for cell in unknown} == {("", "")}


def test_areas_without_own_law_stand_together_for_their_province_and_the_nation() -> None:
    others = {row.code: row for row in coverage.coverage(ON) if not row.is_own}
    assert others["000000"].province == ""
    assert others["440000"].name == others["440000"].province == "广东省"
    assert all(row.asked for row in others.values())


def test_it_is_worked_out_once_for_a_day() -> None:
    coverage._coverage.cache_clear()
    start = perf_counter()
    first = coverage.coverage(ON)
    between = perf_counter()
    again = coverage.coverage(ON)
    assert again is first
    assert perf_counter() - between < 0.01
    assert between - start < 10, "seconds for the first visitor of a day, on a busy machine"
    assert coverage.coverage(date(2025, 6, 2)) is not first


def test_another_state_of_the_law_is_another_table(monkeypatch: pytest.MonkeyPatch) -> None:
    first = coverage.coverage(ON)
    changed = {**coverage.tree(), "pack": "other"}
    monkeypatch.setattr(coverage, "tree", lambda: changed)
    assert coverage.coverage(ON) is not first


def test_a_topic_without_a_question_of_its_own_is_asked_with_usual_values(monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(question for question in examples.QUESTIONS if question.topic != "inpatient")
    monkeypatch.setattr(examples, "QUESTIONS", others)
    (made,) = [question for question in examples.questions() if question.topic == "inpatient"]
    cell = coverage._cell(made, "110000", ON)
    assert cell.certainty == "exact"
    assert {"level", "cost", "stay"} <= set(cell.completed)


def test_questions_are_told_apart_by_choices() -> None:
    by_title = {question.title: examples.apart(question) for question in examples.questions()}
    assert by_title["`allocation`, retired"] == {"status": "retired"}
    assert by_title["`inpatient`, resident"] == {"scheme": "resident"}
    assert by_title["`contribution-years`"] == {}
    for told in by_title.values():
        assert all(FACTS[name].options for name in told)


def test_the_law_was_checked_on_some_day() -> None:
    assert checked_on() >= date(2026, 11, 21)
