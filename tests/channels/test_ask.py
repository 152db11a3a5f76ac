"""Do the command line and the API ask in one's own words, and refuse what cannot be?"""

import json
import signal
import subprocess
import sys

import pytest
from django.test import Client

from yibao.channels.cli.main import main


def test_the_command_prints_what_was_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "北京72岁退休每月返多少钱", "--on", "2025-06-01"]) == 0
    out = capsys.readouterr().out
    assert "这样理解的：" in out
    assert "107.00元" in out  # 110 of the 70s, less 3 for the large-amount insurance


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "绍兴退休人员每月返多少钱", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert {"question", "area", "topics", "facts", "answers"} <= set(body)
    assert body["area"] == {"code": "330600", "name": "绍兴市"}


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "医保余额", "--area", "Atlantis"]) == 2
    assert "Atlantis" in capsys.readouterr().err
    assert main(["ask", "医保余额", "--on", "yesterday"]) == 2


def test_the_command_offers_what_is_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "明天会下雨吗"]) == 0
    assert "12393" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_api_answers(client: Client) -> None:
    body = client.get("/api/v1/ask", {"q": "北京72岁退休每月返多少钱", "on": "2025-06-01"}).json()
    assert body["topics"] == ["allocation"]
    assert body["answers"][0]["figures"]["allocation_net"]["value"] == 10_700
    assert client.get("/api/v1/ask", {"q": "北京退休每月返多少钱", "status": ""}).json()["facts"] == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "missing_question"),
        ({"q": " "}, "missing_question"),
        ({"q": "医保余额", "area": "Atlantis"}, "unknown_area"),
        ({"q": "医保余额", "topic": "astrology"}, "unknown_topic"),
        ({"q": "医保余额", "on": "yesterday"}, "not_a_day"),
        ({"q": "医保余额", "shoe_size": "42"}, "unknown_fact"),
    ],
)
def test_the_api_refuses(client: Client, query: dict[str, str], code: str) -> None:
    response = client.get("/api/v1/ask", query)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == code


def test_a_command_leaves_signals_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A server started by `yibao serve` writes to visitors who have left: SIGPIPE at its default would end it."""
    before = signal.getsignal(signal.SIGPIPE)
    main(["ask", "北京退休人员每月返多少钱"])
    assert signal.getsignal(signal.SIGPIPE) == before == signal.SIG_IGN


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "yibao.channels.cli.main", "glossary"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert (running.stderr.read(), running.wait(60)) == (b"", 0)
