"""Sixty at once: is every key right, does everybody hear speech all the time, and is it what was to be said?"""

from contextlib import closing

import pytest
from tests.sip.drill import drill, missing
from tests.sip.telephone import VOICE, likeness, voice_folder

from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.turns import fixed_sentences

pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(missing()), reason=missing() or "nothing is missing")]
BEFORE_KEYS = 12_000
"""Samples of the greeting that every caller hears before the first key: a second and a half."""


@pytest.mark.usefixtures("for_processes")
def test_sixty_at_once() -> None:
    """The longest time between two packets is held to its limit here and in `make bench NAME=hotline`."""
    heard = drill(60, hears=20)
    assert heard.failed == ""
    assert len(heard.calls) == heard.at_once == 60
    assert [(call.pressed, call.read) for call in heard.calls if call.read != call.pressed] == []
    streams = [call.stream for call in heard.calls]
    assert sum(stream.lost for stream in streams) == 0
    assert all(stream.packets / (stream.seconds * 50) > 0.98 for stream in streams), "sound with holes"
    assert all(stream.speech / stream.packets > 0.4 for stream in streams), "silence where speech should be"
    recorded = [call for call in heard.calls if call.stream.sound]
    assert len(recorded) == 5
    with closing(Prompts(VOICE, voice_folder(), fixed_sentences())) as prompts:
        for call in recorded:
            greeting, question, answer = (
                prompts.make(one, "normal")
                for one in (call.lines[0][1], call.after(call.pressed[:9]), call.after(call.pressed))
            )
            assert likeness(greeting[:BEFORE_KEYS], call.stream.sound) >= 0.99
            assert likeness(question, call.stream.sound) >= 0.99
            assert likeness(answer, call.stream.sound) >= 0.99, call.lines
    assert heard.longest_gap_ms <= 60
