"""Do all ways of asking give the same figures to the fen, the same law, the same day? Forty questions through each."""

import subprocess
import sys
from typing import Any

import pytest
from tests.channels.chatting import bound
from tests.contract import api, chats, cli, fhir, hotline, portal
from tests.contract import terminal as kiosk
from tests.contract.asked import Law, Own, Reading, law_questions, own_questions
from tests.contract.reading import bare, once
from tests.contract.table import DOCUMENT, TABLE, in_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", law_questions(), ids=lambda asked: asked.id)
def test_the_law(asked: Law, day: Any, terminal: str, phones: dict[str, Any]) -> None:
    day(asked.on)
    readings = {
        "portal": portal.law(asked),
        "api": api.law(asked),
        "cli": cli.law(asked),
        "hotline": hotline.law(asked),
        "terminal": kiosk.law(asked, terminal),
        **{name: chats.law(asked, phone) for name, phone in phones.items()},
    }
    TABLE.add(asked, readings)
    same_figures(asked, {name: one for name, one in readings.items() if name not in asked.silent})
    same_law(readings, asked)


def same_figures(asked: Law | Own, readings: dict[str, Reading]) -> None:
    """Every figure asked for is in every channel, and the same; where the law gives it by arithmetic, that one."""
    for name in asked.told:
        found = {channel: once(one.figures.get(name, ())) for channel, one in readings.items()}
        right = once(asked.law.get(name) or found["api"])
        assert right
        assert found == dict.fromkeys(found, right), name


def same_law(readings: dict[str, Reading], asked: Law) -> None:
    """The same first sentence, of the same day, on the same documents."""
    cited = [bare(one) for one in readings["api"].documents]
    sentence = bare(api.summary(asked).split("。")[0].split("；")[0])
    for channel, one in readings.items():
        if channel in asked.silent:
            assert bare(asked.silent[channel]) in bare(one.told), channel
            continue
        assert sentence in bare(one.told), channel
        assert one.day == asked.on or (channel == "hotline" and not cited and one.day is None), channel
        same_documents(channel, one, cited)


def same_documents(channel: str, one: Reading, cited: list[str]) -> None:
    """What a channel names is cited, and the first document is named by all."""
    shown = [bare(document) for document in one.documents]
    assert all(any(document in name for document in cited) for name in shown), channel
    assert bool(shown) == bool(cited), channel
    assert not cited or any(cited[0] in name for name in shown), channel


@pytest.mark.parametrize("asked", own_questions(), ids=lambda asked: asked.id)
def test_the_own_record(asked: Own, people: Any, terminal: str, phones: dict[str, Any]) -> None:
    who = people[asked.who]
    for name, phone in phones.items():
        bound(name, phone.openid if name == "wechat" else phone.user, who.person)
    ways = {
        "portal": lambda: portal.own(who.person, asked.part),
        "api": lambda: api.own(who.person, asked.part),
        "hotline": lambda: hotline.own(who, asked.part),
        "terminal": lambda: kiosk.own(who, asked.part, terminal),
        "wechat": lambda: chats.own(asked.part, phones["wechat"]),
        "alipay": lambda: chats.own(asked.part, phones["alipay"]),
        "fhir": lambda: fhir.own(who.person, asked.part),
    }
    readings = {name: ways[name]() for name in asked.channels}
    TABLE.add(asked, readings)
    same_figures(asked, readings)
    if asked.says:
        assert {name for name, one in readings.items() if not any(words in one.told for words in asked.says)} == set()
        assert not any(one.figures.get(name) for one in readings.values() for name in ("balance", "missing_months"))
    elif asked.part in ("allocation", "years"):
        cited = [bare(document) for document in readings["api"].documents]
        for channel, one in readings.items():
            assert one.day in (None, readings["api"].day), channel
            same_documents(channel, one, cited)


def test_the_table_is_in_step() -> None:
    """The last test of the file: what the document shows is what was just read."""
    if len(TABLE.rows) < len(law_questions()) + len(own_questions()):
        pytest.skip("not every question was asked in this run")
    assert in_document(DOCUMENT.read_text(encoding="utf-8")) == TABLE.markdown(), (
        "run: python -m tests.contract --write"
    )


def test_a_third_is_told_by_the_law_itself() -> None:
    """Forty questions; of those with figures most have the law's own arithmetic beside them."""
    every = [*law_questions(), *own_questions()]
    assert (len(every), len({one.id for one in every})) == (40, 40)
    assert sum(bool(one.law) for one in every) * 3 > len(every)
    assert all(set(one.law) <= set(one.told) for one in every)


def test_the_command_itself_prints_it() -> None:
    """As a process of its own."""
    asked = law_questions()[1]
    done = subprocess.run([sys.executable, "-m", "yibao.channels.cli.main", *cli.command(asked)], capture_output=True)
    found = cli.read(done.stdout.decode(), asked)
    assert {name: found.figures[name] for name in asked.law} == asked.law
    assert found.day == asked.on
