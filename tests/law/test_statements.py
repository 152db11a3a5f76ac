"""Is every statement cited, dated, plain and short, and does an area inherit statements key by key?"""

import re
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from tests.law.parameter_files import NATION, File, begins, files

from yibao.law.parameters import loading, statements
from yibao.law.parameters.statements import ANSWER, Statement
from yibao.law.values import Gap
from yibao.services.answers import WORD_TOPICS

EVASIONS = ("约", "左右", "因地区而异", "大概", "一般来说")
CONTRACTED = ("签约", "节约", "预约", "约定", "违约", "解约", "协约")
"""Words with 约 that evade nothing."""


class Told(NamedTuple):
    """One dated statement of a file."""

    file: File
    key: str
    entry: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file} {self.key} {begins(self.entry)}"


IN_WORDS = [file for file in files() if "statements" in file.body]
ALL = [
    Told(file, key, entry)
    for file in IN_WORDS
    for key, history in file.body["statements"].items()
    for entry in history
]  # fmt: skip
every_statement = pytest.mark.parametrize("said", ALL, ids=str)


def test_there_are_statements_to_walk() -> None:
    assert len(ALL) > 100


def test_every_file_is_of_a_topic() -> None:
    assert {file.subject for file in IN_WORDS} <= {topic.subject for topic in WORD_TOPICS.values()}


@every_statement
def test_statement_is_cited_or_a_gap_that_says_what_would_settle_it(said: Told) -> None:
    if "gap" in said.entry:
        assert said.entry["gap"]
        assert said.entry["settles"]
    else:
        assert said.entry["cite"] in said.file.body["documents"]
        assert date.fromisoformat(said.entry["checked"]).year >= 2026
    assert said.key == ANSWER or "gap" in said.entry or said.entry.get("title"), "a step has a label"


@every_statement
def test_words_are_plain_and_short(said: Told) -> None:
    told = [said.entry.get("words", ""), said.entry.get("title", ""), said.entry.get("gap", "")]
    plain = "".join(told)
    for word in CONTRACTED:
        plain = plain.replace(word, "")
    assert [word for word in EVASIONS if word in plain] == []
    assert len(re.findall("[。！？]", told[0])) <= 3, "one to three short sentences"
    assert not told[0] or told[0][-1] in "。！？"


@pytest.mark.parametrize("file", IN_WORDS, ids=str)
def test_statements_stand_in_order_and_every_document_is_used(file: File) -> None:
    for key, history in file.body["statements"].items():
        days = [begins(entry) for entry in history]
        assert days == sorted(set(days)), key
        for earlier, later in pairwise(history):
            if "until" in earlier:
                assert begins(earlier) <= date.fromisoformat(earlier["until"]) < begins(later), key
    cited = {said.entry["cite"] for said in ALL if said.file is file and "cite" in said.entry}
    assert cited == set(file.body.get("documents", {}))


@pytest.mark.parametrize("topic", sorted(WORD_TOPICS))
def test_every_topic_has_its_sentence_at_the_nation(topic: str) -> None:
    subject = WORD_TOPICS[topic].subject
    found = statements.statements(subject, NATION, date(2026, 11, 22))
    assert found, topic
    first = found[0]
    if isinstance(first, Gap):
        assert first.path == f"{subject}.{ANSWER}"
        assert first.settles, "what is not known today says what would tell"
    else:
        assert first.key == ANSWER
    assert {said.area for said in found if isinstance(said, Statement)} == {NATION}


def said_at(key: str, day: str, words: str, **more: str) -> dict[str, list[dict[str, str]]]:
    """One key with one statement, as a file holds it."""
    return {key: [{"from": day, "words": words, "grade": "official", **more}]}


MADE_UP: dict[str, Any] = {
    NATION: {**said_at("answer", "2020-01-01", "国家"), **said_at("phone", "2020-01-01", "12393"),
             **said_at("window", "2020-01-01", "窗口")},
    "330000": said_at("phone", "2022-01-01", "省里的电话"),
    "330600": {**said_at("app", "2020-01-01", "市里的软件"),
               "window": [{"from": "2020-01-01", "gap": "窗口在哪里没有查到", "settles": "市里的通告"}]},
}  # fmt: skip


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up law of a nation, a province and a city."""
    areas = {code: {"balance": {"documents": {}, "statements": said}} for code, said in MADE_UP.items()}
    monkeypatch.setattr(statements, "tree", lambda: {**loading.tree(), "areas": areas})


def told(area: str, day: date) -> list[tuple[str, str]]:
    """Key or path, and words or why, of what is said."""
    found = statements.statements("balance", area, day)
    return [(said.path, said.why) if isinstance(said, Gap) else (said.key, said.words) for said in found]


@pytest.mark.usefixtures("law")
def test_a_city_inherits_key_by_key_and_adds_its_own_at_the_end() -> None:
    assert told("330600", date(2023, 1, 1)) == [
        ("answer", "国家"), ("phone", "省里的电话"), ("balance.window", "窗口在哪里没有查到"), ("app", "市里的软件"),
    ]  # fmt: skip
    assert told("330100", date(2023, 1, 1)) == [("answer", "国家"), ("phone", "省里的电话"), ("window", "窗口")]
    assert told(NATION, date(2023, 1, 1)) == [("answer", "国家"), ("phone", "12393"), ("window", "窗口")]


@pytest.mark.usefixtures("law")
def test_what_an_area_changed_is_not_told_for_the_days_before() -> None:
    """The province has a telephone of its own since 2022: what it was before is not the nation's."""
    assert [key for key, _ in told("330000", date(2021, 12, 31))] == ["answer", "window"]
    assert told(NATION, date(2019, 12, 31)) == [("balance.answer", "2020年1月1日以前的规定没有查到")]
