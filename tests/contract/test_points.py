"""Points 67 and 69 of the checklist for all channels: a person is near, and no message tells an illness."""

import re
from importlib import import_module
from typing import Any

import pytest
from tests.channels.hotline.callers import Caller
from tests.contract.hotline import KEYS, own
from tests.contract.reading import text_of
from tests.contract.terminal import machine

pytestmark = pytest.mark.django_db
ILLNESS = re.compile(r"病|药|医院|诊|手术|肿瘤|糖尿|高血压")
"""What nobody beside the telephone should read; 门诊 and 慢性病 are among it."""
REFORM = "门诊共济"
"""The name of a document that everybody's allocation rests on."""


def test_67_in_a_call_a_person_is_one_key_away(people: Any) -> None:
    call = Caller(never=people["worker"].number)
    for keys in ([], ["1"], ["2"], ["1"], ["1"]):
        call.press(*keys)
        if call.turn.collect.most == 1 and keys:
            assert call.turn.say[-1] == "找工作人员，请按零。"
    assert "工作人员会给您打回去" in call.press("0")


def test_67_at_the_terminal_every_page_tells_whom_to_ask(terminal: str) -> None:
    at = machine(terminal)
    profiles = import_module("yibao.services.terminals").PROFILES
    assert profiles["agency"].help in text_of(at.get("/kiosk/").content.decode())
    assert "12393" in text_of(at.get("/kiosk/ask/").content.decode())


def test_67_in_a_chat_a_word_leads_to_a_person(phones: dict[str, Any]) -> None:
    for phone in phones.values():
        assert "12393" in phone.says("人工")
        assert "12393" in phone.says("帮助")


def test_69_no_message_that_is_sent_tells_an_illness(people: Any, settings: Any) -> None:
    """What the hotline sends of a record whose last movement is a visit, and every notice there is."""
    settings.SMS_SENDER = "tests.channels.portal.people.Recorder"
    sent = import_module("tests.channels.portal.people").SENT
    sent.clear()
    for who in people.values():
        for part in KEYS:
            call = import_module("tests.contract.hotline").Listener(never=who.number)
            own(who, part, call)
            offer = next((one for one in call.turn.say if one.startswith("把答案发到手机上")), "")
            if offer:
                call.press("2")
    assert len(sent) >= 8
    notices = import_module("yibao.services.notices").kinds().values()
    texts = [text for _, text in sent] + [text for kind in notices for text in (kind.title, kind.short, kind.full)]
    assert {text for text in texts if ILLNESS.search(text.replace(REFORM, ""))} == set()
    assert not any(who.number in text for who in people.values() for text in texts)
    sent.clear()


def test_69_what_was_spent_where_has_a_consent_of_its_own() -> None:
    """Seeing in which hospital money was spent is asked for by itself, never along with something else."""
    scopes = import_module("yibao.services.scopes").SCOPES
    tells_visits = {name for name, scope in scopes.items() if "movements" in scope.opens}
    assert tells_visits == {"account"}
    assert "医院" in scopes["account"].words
