"""Are questions that we made up ourselves understood? They keep the vocabulary from narrowing; they prove nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest

from yibao.services.ask import ask
from yibao.services.results import Done

with Path(__file__).with_name("our_own.tsv").open(encoding="utf-8") as _file:
    ROWS = [tuple(row.values()) for row in csv.DictReader(_file, delimiter="\t")]


@pytest.mark.parametrize(("phrase", "area", "topics"), ROWS)
def test_topic_and_area(phrase: str, area: str, topics: str) -> None:
    result = ask(phrase, today=date(2026, 11, 22))
    assert isinstance(result, Done)
    found = result.value
    assert "|".join(one["code"] for one in found.areas) == area
    if topics:
        assert found.topics[0] in topics.split("|")
    else:
        assert found.topics == []
