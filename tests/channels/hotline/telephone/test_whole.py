"""Does somebody else's telephone hear the balance and its reason, and does the hotline read its keys meanwhile?

PJSIP calls from its own process, presses keys while the hotline speaks, and records what it hears. The recording and
the transcript lie in the test's folder: `pytest … --basetemp=FOLDER` says where.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.channels.hotline.callers import PIN, typed
from tests.sip.telephone import VOICE, Caller, Running, Script, caller, hotline, share_heard, until, voice_folder

from yibao.channels.hotline.g711 import alaw
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.talk import BETWEEN
from yibao.channels.hotline.thinking import Thinkers
from yibao.channels.hotline.turns import fixed_sentences
from yibao.services.speech import yuan_spoken

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not (shutil.which("espeak-ng") and shutil.which("sox")), reason="espeak-ng, sox missing"),
    pytest.mark.usefixtures("for_processes"),
]
RETIREE = 11_000 - 300
"""What 北京 credits a retiree over 70: 110 yuan, less 3 for the large-amount insurance. It is all there is so far."""


@pytest.fixture(scope="module")
def spoken() -> Iterator[Prompts]:
    with closing(Prompts(VOICE, voice_folder(), fixed_sentences())) as made:
        yield made


def press(there: Running, phone: Caller, keys: str) -> list[str]:
    """Press keys, while the hotline speaks; what it then begins to say."""
    script = there.scripts[-1]
    said, pressed = len(script.said()), len(script.pressed_keys())
    for key in keys:
        phone.order(f"press {key}")
    until(lambda: len(script.pressed_keys()) > pressed and len(script.said()) > said, what=f"after {len(keys)} keys")
    return script.said()[said:]


def listened(there: Running, sentences: list[str]) -> None:
    """Wait until so much speech, as these sentences are long, and half a second more has gone over the wire."""
    (on,) = there.hotline.calls.values()
    frames = sum(len(there.prompts.make(one, "normal")) // 160 + 1 + BETWEEN for one in sentences) + 25
    ends = on.line.sent + frames
    until(lambda: on.line.sent >= ends, frames / 50 + 20)


def signed_in(there: Running, phone: Caller, who: Any) -> Script:
    """From the first ring to the menu of the own account: all keys during speech, after the first sentence of it."""
    phone.wait_for("sound")
    said = until(lambda: there.scripts and there.scripts[-1].said())
    for keys in ("1", "1", f"{typed(who.number)}#"[: len(who.number) + (len(who.number) < 18)], "1", PIN):
        listened(there, said[:1])
        said = press(there, phone, keys)
    listened(there, said[:2])
    return there.scripts[-1]


def written(folder: Path, script: Script, phone: Caller) -> bytes:
    """Write the transcript down beside the recording; the recording as A-law."""
    names = {"says": "热线", "keys": "按键", "over": "结束"}
    secret = {line for line in script.pressed_keys() if len(line) > 2}
    lines = [f"{names[who]}  {'（号码或密码）' if text in secret else text}" for who, text in script.lines]
    (folder / "call.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return alaw(phone.samples())


def up_to(said: list[str], begins: str) -> list[str]:
    """What is said up to and including the sentence that begins so."""
    place = next(place for place, one in enumerate(said) if one.startswith(begins))
    return said[: place + 1]


def test_a_whole_call(retiree: Any, spoken: Prompts, tmp_path: Path) -> None:
    """Balance and this month's allocation with its reason, heard to their ends; then the end."""
    with (
        hotline(Thinkers("tests.sip.minds:agency_day", 2), spoken) as there,
        caller(there.port, tmp_path / "call.wav") as phone,
    ):
        script = signed_in(there, phone, retiree)
        balance = up_to(press(there, phone, "1"), "您的个人账户里有")
        listened(there, balance)
        listened(there, press(there, phone, "*")[:1])
        reason = up_to(press(there, phone, "3"), "再替您扣掉")
        listened(there, reason)
        listened(there, press(there, phone, "*")[:1])
        phone.hang_up()
        until(lambda: there.calls() == 0)
        recording = written(tmp_path, script, phone)
    assert f"二零二六年九月划入{yuan_spoken(RETIREE)}，和按规定算出来的一样。" in reason
    assert reason[-1] == f"再替您扣掉三元，到账{yuan_spoken(RETIREE)}。"
    for sentence in (balance[-1], *reason):
        assert share_heard(spoken.make(sentence, "normal"), recording) > 0.7, sentence
