"""Does a real call hear the same as the script? Keys by RFC 4733, every sample of the answer by RTP.

The voice is a noise that only this sentence has: what the words sound like is told in tests/channels/hotline/telephone.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connections
from tests.contract import hotline as by_keys
from tests.contract.asked import law_questions
from tests.sip.raw import Raw
from tests.sip.telephone import Running, hotline, until

from yibao.channels.hotline import server
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.turns import Conversation, Turn

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = [one for one in law_questions() if one.id in ("beijing-69", "hefei-missed-2")]


class Aside:
    """The hotline's own conversation in a thread of its own: it asks the database."""

    def __init__(self, caller: str, call_id: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._talk = Conversation(caller, call_id)

    async def start(self) -> Turn:
        return await self._of(self._talk.start)

    async def pressed(self, digits: str) -> Turn:
        return await self._of(self._talk.pressed, digits)

    def hung_up(self) -> None:
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=True)

    async def _of(self, step: Callable[..., Turn], *told: str) -> Turn:
        return await asyncio.get_running_loop().run_in_executor(self._thread, step, *told)


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prompts]:
    with closing(Prompts("tests.sip.voices.Tone", tmp_path_factory.mktemp("voice"), [])) as made:
        yield made


@pytest.fixture
def there(prompts: Prompts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(server, "FAREWELL_S", 0.05)
    with hotline(Aside, prompts) as running:
        yield running


class Call:
    """A telephone on the line: everything that it heard, sample by sample."""

    def __init__(self, there: Running, phone: Raw) -> None:
        self.there, self.phone, self.heard = there, phone, b""
        assert phone.call()[0] == 200
        phone.sound.setblocking(False)
        self.until(lambda: there.scripts and there.scripts[-1].said())

    def press(self, keys: list[str]) -> list[str]:
        """Press, each entry once the one before was answered; what is said after the last."""
        script = self.there.scripts[-1]
        for entry in keys:
            said, pressed = len(script.said()), len(script.pressed_keys())
            for key in entry:
                self.phone.press(key)
            self.until(
                lambda pressed=pressed, said=said: len(script.pressed_keys()) > pressed < len(script.said()) > said
            )
        return script.said()[said:]

    def until(self, true: Callable[[], Any]) -> None:
        """Wait for a condition, and listen."""
        until(lambda: (self._listen(), true())[1], seconds=30)

    def hears(self, sentence: str) -> None:
        """Wait until every sample of a sentence was heard."""
        sound = self.there.prompts.make(sentence, "normal")
        self.until(lambda: sound in self.heard)

    def _listen(self) -> None:
        while True:
            try:
                self.heard += self.phone.sound.recv(2048)[12:]
            except BlockingIOError:
                return


@pytest.mark.parametrize("asked", SAMPLE, ids=lambda asked: asked.id)
def test_a_question_by_telephone(asked: Any, day: Any, terminal: str, there: Running) -> None:
    day(asked.on)
    script = by_keys.Listener(today=asked.on)
    reading = by_keys.law(asked, script)
    with Raw(there.port) as phone:
        call = Call(there, phone)
        said = call.press(script.keys[:-1])  # the last is for the ground
        call.hears(said[0])
    assert "".join(said).startswith(reading.told)
    assert {name: reading.figures[name] for name in asked.told if name in asked.law} == asked.law


def test_the_balance_by_telephone(people: Any, there: Running) -> None:
    script = by_keys.Listener(never=people["retiree"].number)
    reading = by_keys.own(people["retiree"], "balance", script)
    with Raw(there.port) as phone:
        call = Call(there, phone)
        said = call.press(script.keys)
        call.hears(said[0])
    assert "".join(said) == reading.told
    assert reading.figures["balance"] == (11_000 - 300,)
