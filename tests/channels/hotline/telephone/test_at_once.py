"""Several callers ask the real conversation at once: does each hear the answer to his own keys, and nobody else's?"""

import contextlib
import threading
from contextlib import ExitStack
from typing import Any

import pytest
from tests.channels.hotline.callers import PIN, typed
from tests.sip.raw import Raw
from tests.sip.telephone import Script, hotline, until

from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.thinking import Thinkers
from yibao.services.speech import yuan_spoken

ASKED = {
    "北京市：法定退休年龄是": ("121511", "19700131"),
    "上海市：法定退休年龄是": ("122310000512", "19710228"),
    "广州市：法定退休年龄是": ("12244010052", "19680310"),
    "成都市：法定退休年龄是": ("122510100511", "19720421"),
}
"""How the answer begins; Mandarin, the rules, the place (by one key where its books are), the age of retirement and who
it is; and the birthday."""
RETIREE = 11_000 - 300


class Ear(threading.Thread):
    """Hears everything that one telephone is sent."""

    def __init__(self, phone: Raw) -> None:
        super().__init__()
        self._phone, self._is_over = phone, threading.Event()
        self.heard = b""

    def run(self) -> None:
        while not self._is_over.is_set():
            with contextlib.suppress(TimeoutError):
                self.heard += self._phone.hear(1, 0.1)

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()

    def __enter__(self) -> "Ear":
        self.start()
        return self


def read(script: Script) -> str:
    return "".join(script.pressed_keys())


@pytest.mark.usefixtures("for_processes")
def test_each_hears_the_answer_to_his_own_keys(retiree: Any, prompts: Prompts) -> None:
    """One of them signs in and hears the balance: what 北京 credited to her, less what went to the insurance."""
    asked = {**ASKED, f"您的个人账户里有{yuan_spoken(RETIREE)}": (f"11{typed(retiree.number)}", f"1{PIN}1")}
    with hotline(Thinkers("tests.sip.minds:agency_day", 2), prompts) as there, ExitStack() as stack:
        phones = [stack.enter_context(Raw(there.port)) for _ in asked]
        ears = []
        for phone in phones:
            assert phone.call()[0] == 200
            ears.append(stack.enter_context(Ear(phone)))
        for part in (0, 1):
            for phone, keys in zip(phones, asked.values(), strict=True):
                for key in keys[part]:
                    phone.press(key)
            wanted = ["".join(keys[: part + 1]) for keys in asked.values()]
            until(lambda wanted=wanted: [read(script) for script in there.scripts] == wanted, what="every key read")
        answers = []
        for script, begins in zip(there.scripts, asked, strict=True):
            said = until(lambda script=script, begins=begins: [one for one in script.said() if one.startswith(begins)])
            answers.append(prompts.make(said[0], "normal"))
        for ear, answer in zip(ears, answers, strict=True):
            until(lambda ear=ear, answer=answer: answer in ear.heard, what="the own answer")
            assert [other in ear.heard for other in answers].count(True) == 1
