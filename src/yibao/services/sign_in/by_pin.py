"""Whose are this certificate number and this PIN, where somebody stands at a machine and not at an own device?

The number only says who; the PIN is that of the e-credential. A number that nobody has, and one whose e-credential was
never activated, are answered as a wrong PIN is, with the same count and the same lock, and it takes as long.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from yibao.services import credential
from yibao.services.people import find, normalised
from yibao.services.results import Done, Refused


def person_by_pin(number: str, pin: str) -> Done[UUID] | Refused:
    """The person behind a certificate number, once the PIN is right; five wrong ones lock for a quarter of an hour."""
    person = find(number)
    if person is not None and credential.activated(person):
        done = credential.check_pin(person, pin)
        return done if isinstance(done, Refused) else Done(person)
    refused = credential.tried(f"nobody:{normalised(number)}", pin, _never)
    return refused or Refused("wrong_pin", "密码不对。请再填一遍。", field="pin")  # never is never right


def _never(pin: str) -> bool:
    """No PIN is right, after as long as a real one takes."""
    check_password(pin, _decoy())
    return False


@cache
def _decoy() -> str:
    return str(make_password("nobody's"))
