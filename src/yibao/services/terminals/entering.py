"""Who stands before a terminal? A card or an e-credential says who it may be, and only the PIN lets in.

A card is read without asking anybody: its number could be copied, so by itself it opens nothing. An e-credential holds
for a minute and could be photographed, so it is asked for its PIN too.
"""

from __future__ import annotations

from dataclasses import replace

from yibao.books.people.models import Certificate, CertificateType
from yibao.services import credential
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sealing import unseal
from yibao.services.sign_in import checked_number, tally
from yibao.services.sign_in.by_pin import person_by_pin
from yibao.services.sign_in.limits import clock_text
from yibao.services.terminals.registering import Registered

MACHINE_MAX, MACHINE_SECONDS = 30, 15 * 60
"""So many wrong PINs of whatever cards at one machine, and it waits: nobody tries a stack of cards."""
SPENDS_A_TRY = ("wrong_pin", "pin_locked")


def claimed_by_card(number: str) -> Done[str] | Refused:
    """The certificate number that a card says, if it can be one; nothing is told of whether anybody has it."""
    checked = checked_number(number)
    if isinstance(checked, Refused):
        message = "卡里的号码读不对。请把卡取出来，擦一擦再插；还不行，用医保码，或到窗口。"
        return Refused("card_number_wrong", message, ("用医保码", "到窗口"), "number")
    return checked


def claimed_by_code(token: str) -> Done[str] | Refused:
    """The certificate number behind an e-credential that is being shown."""
    verified = credential.verify(token.strip())
    if isinstance(verified, Refused):
        if verified.code in ("forged", "expired", "superseded"):
            said = "这张码过期了，或者是截图。" if verified.code != "forged" else "这不是医保码。"
            return replace(verified, message=f"{said}请在手机上打开医保码，换一张新的，再对准扫码口。")
        return verified
    held = Certificate.objects.filter(person_id=verified.value.person_id).order_by("id")
    card = held.filter(type=CertificateType.RESIDENT_ID).first() or held.first()
    if card is None:  # a person without a certificate is not in the books
        return Refused("not_found", "没有找到这份记录，请到窗口。")
    return Done(unseal(bytes(card.number_sealed), what="certificate"))


def enter(machine: Registered, number: str, pin: str) -> Done[Actor] | Refused:
    """Let the holder of a number in by the PIN. Done: the person, as whom the services are then asked."""
    of = str(machine.user_id)
    until = tally.reached("terminal", of, limit=MACHINE_MAX)
    if until is not None:
        message = f"这台机器上密码错得太多，先停一停。{clock_text(until)} 以后再来，或到窗口办。"
        return Refused("terminal_paused", message, ("到窗口",), "pin")
    done = person_by_pin(number, pin)
    if isinstance(done, Refused):
        if done.code in SPENDS_A_TRY:
            tally.count("terminal", of, limit=MACHINE_MAX, seconds=MACHINE_SECONDS)
        return done
    return Done(Actor("self", machine.user_id, done.value, name=machine.name))
