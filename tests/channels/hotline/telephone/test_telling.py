"""Does a telephone that is not ours ring, hear the code twice, and does the row say what came of the call?

PJSIP is called in its own process and records. The books are real, and the desk is a process of its own.
"""

import asyncio
import logging
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.hotline.telephone.menu import Menu
from tests.channels.hotline.telephone.test_command import started
from tests.sip.telephone import (
    VOICE,
    Running,
    called,
    free_port,
    hotline,
    share_heard,
    until,
    voice_folder,
)

from yibao.channels.hotline import dialling, ringing
from yibao.channels.hotline.dialogue.words import spelt
from yibao.channels.hotline.g711 import alaw
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.ringing import Ringing
from yibao.channels.hotline.thinking import DESK, Thinkers
from yibao.channels.hotline.turns import fixed_sentences
from yibao.services.sign_in import spoken

pytestmark = pytest.mark.usefixtures("for_processes")
CODE, PHONE = "170263", "10012345678"
SPOKEN = pytest.mark.skipif(not (shutil.which("espeak-ng") and shutil.which("sox")), reason="espeak-ng, sox missing")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LOOK_S", 0.2)


@contextmanager
def dials(prompts: Prompts, port: int) -> Iterator[Running]:
    """A hotline that calls whoever is due, by a telephone at this port."""
    with hotline(Menu, prompts) as there:
        desk = Thinkers(DESK, 1)
        asyncio.run_coroutine_threadsafe(desk.start(), there.loop).result(60)

        async def made() -> Ringing:
            one = Ringing(there.hotline, desk, ("127.0.0.1", port))
            one.start()
            return one

        rings = asyncio.run_coroutine_threadsafe(made(), there.loop).result(10)
        try:
            yield there
        finally:
            asyncio.run_coroutine_threadsafe(rings.close(), there.loop).result(30)
            asyncio.run_coroutine_threadsafe(desk.close(), there.loop).result(30)


def row(call: UUID) -> Any:
    from yibao.books.access.models import SpokenCode

    return SpokenCode.objects.get(pk=call)


def the_row() -> Any:
    from yibao.books.access.models import SpokenCode

    return SpokenCode.objects.get()


def due_again() -> None:
    from yibao.books.access.models import SpokenCode

    SpokenCode.objects.filter(next_at__isnull=False).update(next_at=timezone.now())


def starts(prompts: Prompts, heard: bytes, sentence: str) -> list[int]:
    """Where in the recording a sentence is heard: where enough of its pieces of 20 ms are found near each other."""
    said = prompts.make(sentence, "slow")
    loud = [at for at in range(0, len(said) - 160, 160) if len(set(said[at : at + 160])) > 20]
    found = sorted(place - at for at in loud for place in places(heard, said[at : at + 160]))
    groups: list[list[int]] = []
    for one in found:
        if groups and one - groups[-1][-1] < 800:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [group[0] for group in groups if len(group) > len(loud) / 4]


def places(heard: bytes, piece: bytes) -> Iterator[int]:
    at = heard.find(piece)
    while at >= 0:
        yield at
        at = heard.find(piece, at + len(piece))


def figures_heard(prompts: Prompts, heard: bytes) -> str:
    """Every figure that is heard, in order."""
    by_place = [(at, figure) for figure in "0123456789" for at in starts(prompts, heard, spelt(figure)[0])]
    return "".join(figure for _, figure in sorted(by_place))


@pytest.fixture
def asks(settings: Any) -> Client:
    """Somebody at the code page, who has signed in before and now asks for a call."""
    settings.VOICE_CODES, settings.SMS_SENDER = True, "tests.channels.portal.people.Recorder"
    people = import_module("tests.channels.portal.people")
    people.insured(people.ZHOU)
    people.signs_in(Client())
    client = Client()
    client.post("/sign-in/", {"number": people.ZHOU})
    client.post("/sign-in/call/")
    return client


def test_65_the_code_is_heard_twice_figure_by_figure_and_opens(
    asks: Client, prompts: Prompts, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """And a third time for a key; the call is over by itself, what was heard signs in, and nothing is left of it."""
    caplog.set_level(logging.INFO)
    port = free_port()
    with called(port, tmp_path / "call.wav") as phone, dials(prompts, port) as there:
        phone.wait_for("sound")
        (on,) = until(lambda: list(there.hotline.calls.values()))
        assert any(PHONE in one.get("target", "") for one in phone.told)
        until(lambda: on.line.sent > 50 and on.line.silent.is_set(), what="all was said")
        phone.order("press 5")
        phone.over()
        until(lambda: the_row().answer == "told")
        until(lambda: there.calls() == 0)
    assert (the_row().told_sealed, the_row().next_at, the_row().tries) == (None, None, 1)
    heard = alaw(phone.samples())
    code = figures_heard(prompts, heard)[:6]
    assert figures_heard(prompts, heard) == code * 3
    for sentence in ("谁问您要都别给，工作人员也不会问您要。", *spelt(code), "再见。"):
        assert share_heard(prompts.make(sentence, "slow"), heard) > 0.7, sentence
    for sentence in spelt("".join(set("0123456789") - set(code))):
        assert share_heard(prompts.make(sentence, "slow"), heard) < 0.1, sentence
    assert asks.post("/sign-in/code/", {"code": code}).status_code == 302
    assert "_auth_user_id" in asks.session
    assert code not in caplog.text
    assert PHONE not in caplog.text


@pytest.mark.soak
@SPOKEN
def test_the_voice_of_every_day_says_the_code(tmp_path: Path) -> None:
    """As above with the real voice: half a minute of speech."""
    port = free_port()
    with (
        closing(Prompts(VOICE, voice_folder(), fixed_sentences())) as prompts,
        called(port, tmp_path / "call.wav") as phone,
    ):
        for figure in "0123456789":
            prompts.make(spelt(figure)[0], "slow")
        with dials(prompts, port):
            call = spoken.put(PHONE, CODE)
            until(lambda: row(call).answer == "told", 120)
            phone.over()
        heard = alaw(phone.samples())
        assert figures_heard(prompts, heard) == CODE * 2
        for sentence in spelt(CODE):
            assert share_heard(prompts.make(sentence, "slow"), heard) > 0.7, sentence


def test_busy_and_then_heard(prompts: Prompts, tmp_path: Path) -> None:
    port = free_port()
    with called(port, tmp_path / "call.wav", answers="486,200") as phone, dials(prompts, port):
        call = spoken.put(PHONE, CODE)
        until(lambda: row(call).answer == "busy")
        assert row(call).told_sealed is not None
        due_again()
        phone.wait_for("sound")
        phone.order("hang up")
        phone.over()
        until(lambda: row(call).answer == "hung_up")
    assert (row(call).told_sealed, row(call).tries) == (None, 2)


def test_declined_twice_and_given_up(prompts: Prompts, tmp_path: Path) -> None:
    port = free_port()
    with called(port, tmp_path / "call.wav", answers="603") as phone, dials(prompts, port):
        call = spoken.put(PHONE, CODE)
        until(lambda: row(call).answer == "declined")
        due_again()
        until(lambda: row(call).next_at is None)
        phone.hang_up()
    assert (row(call).answer, row(call).told_sealed, row(call).tries) == ("declined", None, 2)


def test_it_rings_so_long_and_no_longer(prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialling, "RINGS_S", 1.5)
    port = free_port()
    with called(port, tmp_path / "call.wav", answers="180") as phone, dials(prompts, port) as there:
        call = spoken.put(PHONE, CODE)
        until(lambda: row(call).answer == "no_answer")
        until(lambda: "DISCONNECTED" in phone.states())
        assert there.calls() == 0
        phone.hang_up()
    assert row(call).next_at is not None


def test_two_phones_at_once_and_one_phone_one_after_the_other(prompts: Prompts, tmp_path: Path) -> None:
    port = free_port()
    with called(port, tmp_path / "call.wav", answers="180") as phone, dials(prompts, port):
        calls = [spoken.put(number, CODE) for number in (PHONE, PHONE, "10099990000")]
        phone.wait_for("called", 2)
        until(lambda: [row(call).answer for call in calls] == ["trying", "", "trying"])
        phone.hang_up()


def test_a_code_that_was_used_meanwhile_is_not_told(prompts: Prompts, tmp_path: Path) -> None:
    port = free_port()
    call = spoken.put(PHONE, CODE)
    due = spoken.claim()
    assert due
    spoken.take_back(call)
    with called(port, tmp_path / "call.wav") as phone, dials(prompts, port) as there:
        asyncio.run_coroutine_threadsafe(made_by(there, port, due), there.loop).result(60)
        phone.over()
    heard = alaw(phone.samples())
    assert figures_heard(prompts, heard) == ""
    assert (
        share_heard(prompts.make("您好，这里是医保热线。这个验证码已经不用了，请看网页上怎么写。", "slow"), heard) > 0.7
    )


async def made_by(there: Running, port: int, due: spoken.Due) -> None:
    desk = Thinkers(DESK, 1)
    await desk.start()
    try:
        await Ringing(there.hotline, desk, ("127.0.0.1", port))._call(str(due.call), due.phone)
    finally:
        await desk.close()


def test_a_hotline_that_is_killed_in_a_call_makes_it_once_more(tmp_path: Path) -> None:
    port = free_port()
    call = spoken.put(PHONE, CODE)
    dial = ("--dial", f"sip:127.0.0.1:{port}")
    with called(port, tmp_path / "first.wav") as phone, started(*dial) as (process, _):
        phone.wait_for("sound")
        process.kill()
        process.wait()
        phone.hang_up()
    assert (row(call).answer, row(call).tries) == ("trying", 1)
    assert row(call).told_sealed is not None
    with called(port, tmp_path / "second.wav") as phone, started(*dial) as (process, _):
        assert not phone.states(), "not before its time"
        due_again()
        phone.wait_for("sound")
        phone.order("hang up")
        phone.over()
        until(lambda: row(call).answer == "hung_up")
        process.send_signal(signal.SIGTERM)
        process.wait(40)
    assert (row(call).told_sealed, row(call).tries, row(call).next_at) == (None, 2, None)


@pytest.mark.parametrize("options", [["--dial", "127.0.0.1"], ["--dial", "sip:"], ["--dial", "sip:a:99999"]])
def test_an_exchange_that_is_written_wrongly(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from yibao.channels.cli import main as cli

    with pytest.raises(SystemExit):
        cli.main(["hotline", *options])
    assert "命令写得不对" in capsys.readouterr().err


def test_it_stops_while_a_telephone_rings(tmp_path: Path) -> None:
    port = free_port()
    call = spoken.put(PHONE, CODE)
    with (
        called(port, tmp_path / "call.wav", answers="180") as phone,
        started("--dial", f"sip:localhost:{port}") as (process, _),
    ):
        phone.wait_for("called")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=40)
        assert (process.returncode, errors) == (0, "")
        until(lambda: "DISCONNECTED" in phone.states())
        phone.hang_up()
    assert isinstance(process, subprocess.Popen)
    assert (row(call).answer, row(call).tries) == ("broke_off", 1)
