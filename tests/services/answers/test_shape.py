"""Has every answer the fixed shape of version 1, the same from every channel, in words that people understand?"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.outside.questions import Question, allocations, stays
from tests.outside.questions_gap import histories, moves
from tests.outside.questions_outpatient import visits_without_a_stay
from tests.outside.questions_pension import pensions, retirement_ages, years

from yibao.channels.cli.main import main
from yibao.services.answers import answer

INTERFACE = {  # the keys of the interface, and those that we add
    "": ("answer_version topic area on certainty figures summary needs cases inputs parameters steps citations "
         "caveats next", "wanted because reason grade"),
    "figures": ("value low high unit", "label text code"),
    "needs": ("name label", "question"),
    "cases": ("when facts figures", "certainty inputs parameters steps because reason needs"),
    "inputs": ("name label value unit", "text assumed"),
    "parameters": ("path label value unit from citation", "name grade"),
    "steps": ("name label value unit formula how citation", "plain_label text plain rounding clause parameters"),
    "citations": ("id document number issuer effective_from grade checked_on url", "article"),
}  # fmt: skip
SOMETIMES = {"figures": {"value", "low", "high", "text", "code"}, "inputs": {"assumed"}}
QUESTIONS = [
    *allocations(), *stays()[::5], *retirement_ages()[::6], *pensions()[::9], *years(), *histories()[::3],
    *moves()[::2], *visits_without_a_stay()[::5],
    Question("allocation", "全国", "2023-06-01", {"status": "retired"}),
    Question("allocation", "香港", "2025-06-01", {}),
    Question("allocation", "北京", "2025-06-01", {"scheme": "resident"}),
    Question("inpatient", "北京", "2025-06-01", {"cost": "50000"}),
    Question("inpatient", "重庆", "2025-06-01", {"status": "active", "level": "3", "cost": "100000"}),
    Question("inpatient", "合肥", "2025-06-01", {"status": "active", "level": "3", "stay": "1", "cost": "100"}),
]  # fmt: skip
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=str)
EVASIONS = ("约", "左右", "因地区而异", "系统繁忙", "操作失败", "非法")


def asked(question: Question) -> dict[str, Any]:
    return answer(question.topic, area=question.area, on=question.day, facts=question.facts).value.to_json()


def objects(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of an answer with the key under which it stands."""
    yield "", body
    for part in (body, *body["cases"]):
        yield from (("figures", figure) for figure in part["figures"].values())
        for key in ("needs", "inputs", "parameters", "steps"):
            yield from ((key, item) for item in part[key])
    for key in ("cases", "citations", "wanted"):
        yield from (("needs" if key == "wanted" else key, item) for item in body[key])


@every_question
def test_keys_are_those_of_the_interface(question: Question) -> None:
    for kind, item in objects(asked(question)):
        own, added = (set(keys.split()) for keys in INTERFACE[kind])
        assert own - SOMETIMES.get(kind, set()) <= set(item) <= own | added, kind


@every_question
def test_values_are_whole_numbers_with_units(question: Question) -> None:
    for kind, item in objects(asked(question)):
        for end in {"value", "low", "high"} & set(item):
            assert type(item[end]) is int or item["unit"] in ("month", "day") or type(item["code"]) is int, (kind, item)
        assert kind not in ("figures", "inputs", "parameters", "steps") or item["unit"], item


@every_question
def test_everything_cited_is_listed(question: Question) -> None:
    body = asked(question)
    listed = {cited["id"] for cited in body["citations"]}
    used = {item["citation"] for kind, item in objects(body) if kind in ("parameters", "steps")} - {""}
    assert used <= listed
    assert len(listed) == len(body["citations"])
    assert all(item["citation"] for kind, item in objects(body) if kind == "parameters")
    assert {cited["grade"] for cited in body["citations"]} <= {"official", "reported", "unverified"}


@every_question
def test_figures_have_a_reason(question: Question) -> None:
    body = asked(question)
    for part in [body, *body["cases"]]:
        if part["figures"] and not (part is body and body["cases"]):
            assert part["steps"]
            assert part["parameters"]


@every_question
def test_survives_json_and_is_the_same_again(question: Question) -> None:
    body = asked(question)
    assert json.loads(json.dumps(body, ensure_ascii=False)) == body == asked(question)


def test_order_of_the_facts_does_not_matter() -> None:
    """The command line and the API name the facts in different orders and give the same JSON."""
    for question in QUESTIONS:
        turned = Question(question.topic, question.area, question.on, dict(reversed(question.facts.items())))
        assert asked(turned) == asked(question), question


def told(body: dict[str, Any]) -> Iterator[str]:
    """What our own words say: sentence, steps and conditions; not notes, which quote what others claim."""
    yield body["summary"]
    yield from body["next"]
    for part in (body, *body["cases"]):
        yield from part["because"]
        yield from (step[key] for step in part["steps"] for key in ("how", "plain"))


@every_question
def test_an_exact_answer_is_said_without_evasion(question: Question) -> None:
    body = asked(question)
    if body["certainty"] == "exact":
        assert [text for text in told(body) for word in EVASIONS if word in text] == []


@every_question
def test_summary_is_plain_chinese(question: Question) -> None:
    summary = asked(question)["summary"]
    assert summary.endswith(("。", "）"))
    assert not set("{}_[]<>") & set(summary)
    assert "None" not in summary
    assert "。。" not in summary


@pytest.mark.parametrize("question", QUESTIONS[::4], ids=str)
def test_the_command_prints_the_same(question: Question, capsys: pytest.CaptureFixture[str]) -> None:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in question.facts.items()]
    command = ["answer", question.topic, "--area", question.area, "--on", question.on, *options]
    body = asked(question)
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == body
    assert main(command) == 0
    text = capsys.readouterr().out
    assert text.startswith(body["summary"])
    assert all(step["label"] in text for step in body["steps"])
    assert all(cited["document"] in text for cited in body["citations"])


def test_today_is_asked_where_no_day_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answer", "allocation", "--area", "北京", "--status", "retired", "--json"]) == 0
    on = date.fromisoformat(json.loads(capsys.readouterr().out)["on"])
    assert abs((on - date.today()).days) <= 1  # China may already be in tomorrow
