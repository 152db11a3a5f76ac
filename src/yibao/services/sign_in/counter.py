"""What does the counter give somebody who has no phone on file? A code of its own, used once, valid half an hour."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from yibao.books.access.models import CounterCode, User
from yibao.books.people.models import Person
from yibao.services.people import find
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index

VALID_MINUTES = 30


def issue_counter_code(person_id: UUID) -> Done[str] | Refused:
    """A code for a person whose certificate the counter has seen; an earlier one is void from now on.

    Done: the code, to be given by hand. With it the person signs in by number and code, the first time too.
    """
    with transaction.atomic():
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            return Refused("not_found", "没有找到这个人，请核对证件号。", field="number")
        if not User.objects.filter(person=person).exists():
            User.objects.create_user(person)
        code = f"{secrets.randbelow(1_000_000):06}"
        until = timezone.now() + timedelta(minutes=VALID_MINUTES)
        held = {"code_index": _index(str(person_id), code), "until": until}
        CounterCode.objects.update_or_create(person=person, defaults=held)
    return Done(code)


def take_counter_code(number: str, code: str) -> User | None:
    """Whom the counter gave this code for this certificate; it is then used up. Of two at once, one takes it."""
    person = find(number) or uuid4()  # for a number that nobody has, the same is asked of the database
    held = CounterCode.objects.filter(
        person_id=person, code_index=_index(str(person), code), until__gt=timezone.now(), person__user__is_active=True
    )
    if not held.delete()[0]:
        return None
    user: User = User.objects.get(person_id=person)
    return user


def _index(person_id: str, code: str) -> bytes:
    return blind_index(f"{person_id}:{code}", what="counter_code")
