"""How does an answer reach a caller who wants it in writing? By a short message, never with anybody's number.

What the law says goes to the mobile that calls; what a record says goes to the phone on file and nowhere else, since a
caller's number can be made up.
"""

from __future__ import annotations

from yibao.services.certificates import checked_phone
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sign_in import sms, tally
from yibao.services.sign_in.adapter import phone_of
from yibao.services.wording import SERVICE_NAME

SENT_MAX, SENT_SECONDS = 5, 60 * 60
LENGTH_MAX = 300
TEXT = "{site}：{text}"


def is_mobile(caller: str) -> bool:
    """Whether a short message can reach the number that calls."""
    return isinstance(checked_phone(caller, demo=True), Done)


def answer_to_caller(caller: str, text: str) -> Done[None] | Refused:
    """Send what the law says to the mobile that calls."""
    checked = checked_phone(caller, demo=True)
    if isinstance(checked, Refused):
        return Refused("caller_is_no_mobile", "您不是用手机打来的，短信发不过去。", field="phone")
    return _send(checked.value, text)


def answer_to_registered(actor: Actor, text: str) -> Done[None] | Refused:
    """Send what somebody's own record says to the phone on file."""
    phone = phone_of(str(actor.person_id)) if actor.kind == "self" else None
    if phone is None:
        message = "您没有登记手机号，短信发不了。请带上证件到窗口登记。"
        return Refused("no_phone_on_file", message, ("到窗口登记手机号",), "phone")
    return _send(phone, text)


def _send(phone: str, text: str) -> Done[None] | Refused:
    tries, _ = tally.count("answer_message", phone, limit=SENT_MAX, seconds=SENT_SECONDS)
    if tries > SENT_MAX:
        message = f"一个小时里已经给这个手机发过 {SENT_MAX} 条。请先看收到的短信，过一会儿再发。"
        return Refused("messages_sent_too_often", message, field="phone")
    sms.send(phone, TEXT.format(site=SERVICE_NAME, text=text[:LENGTH_MAX]))
    return Done(None)
