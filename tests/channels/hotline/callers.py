"""People who ring: they press keys and remember what was said. Whatever is said is looked at as it is heard."""

from datetime import date
from importlib import import_module
from typing import Any, NamedTuple

from yibao.services.speech import DIGITS

PIN = "482915"


class Caller:
    """Somebody on the line; `heard` is the last turn as one text, `all_heard` everything since the call began."""

    def __init__(self, phone: str = "10012345678", *, today: date | None = None, never: str = "") -> None:
        from yibao.channels.hotline.turns import Conversation

        self.line = Conversation(phone, "a-call", today)
        self.all_heard: list[str] = []
        self._never = {never, "".join(DIGITS[int(sign)] for sign in never if sign.isdigit())} - {""}
        self._takes(self.line.start())

    def press(self, *entries: str) -> str:
        """Press keys, one entry after the other; what is said after the last."""
        for digits in entries:
            self._takes(self.line.pressed(digits))
        return self.heard

    def _takes(self, turn: Any) -> None:
        self.turn = turn
        self.heard = "".join(turn.say)
        self.all_heard += turn.say
        for sentence in turn.say:
            assert not any(sign.isdigit() for sign in sentence), sentence
            assert not any(number in sentence for number in self._never), "a number was said"
        assert turn.end == (turn.collect is None), "a turn waits for keys, or it is the last"


class Known(NamedTuple):
    """Somebody of the agency, with a certificate, a phone and a PIN."""

    person: Any
    number: str
    phone: str


def known(person: Any, serial: int, phone: str = "", *, pin: bool = True) -> Known:
    """Give somebody of the agency a certificate, a phone on file and an active e-credential."""
    from yibao.books.access.models import User
    from yibao.books.keys import new_key
    from yibao.books.people.models import Certificate, CertificateType, Phone
    from yibao.services import credential
    from yibao.services.people import certificate_index
    from yibao.services.results import Done
    from yibao.services.sealing import blind_index, seal

    number = import_module("tests.channels.portal.people").number_of(f"{person.born:%Y%m%d}", serial)
    Certificate.objects.create(
        id=new_key(), person=person, type=CertificateType.RESIDENT_ID,
        number_sealed=seal(number, what="certificate"), number_index=certificate_index(number),
    )  # fmt: skip
    if phone:
        sealed, index = seal(phone, what="phone"), blind_index(phone, what="phone")
        Phone.objects.create(person=person, number_sealed=sealed, number_index=index)
    User.objects.create_user(person=person)
    if pin:
        assert credential.activate(person.id, PIN, PIN) == Done(None)
    return Known(person, number, phone)


def typed(number: str) -> str:
    """A certificate number as its keys: the star for an X."""
    return number.replace("X", "*")
