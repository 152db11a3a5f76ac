"""How is an answer kept under a number, shown again, and taken back?

A shared answer is stored as it was issued, so that it reads the same on its last day as on its first, whatever the law
has become. Its number is 128 random bits and the only key: who holds it may read and delete. After 90 days it is gone.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from yibao.books.shared_answers.models import SharedAnswer
from yibao.services.results import Done, Refused

KEPT_FOR = timedelta(days=90)

# Crockford's base 32: no I, L, O or U, so that a number survives being read out and copied by hand.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_CODE_LENGTH = 26

_NOT_FOUND = Refused(
    code="shared_answer_not_found",
    message="没有找到这份答案：编号可能输错了，也可能已过90天或已被删除。请核对编号，或重新问一次。",
    next=("核对编号，一共26位", "重新问一次，得到新的答案"),
    field="code",
)


@dataclass(frozen=True)
class Shared:
    """A shared answer as its holder sees it."""

    code: str
    answer: dict[str, Any]
    facts: dict[str, Any]
    issued_at: datetime
    expires_at: datetime


def save(answer: Mapping[str, Any], facts: Mapping[str, Any], *, at: datetime | None = None) -> str:
    """Under which number is this answer kept? What has expired leaves the books on the same occasion."""
    issued_at = at or timezone.now()
    purge_expired(at=issued_at)
    number = UUID(bytes=secrets.token_bytes(16))
    SharedAnswer.objects.create(
        id=number,
        topic=answer["topic"],
        area=answer["area"]["code"],
        on=date.fromisoformat(answer["on"]),
        facts=dict(facts),
        answer=dict(answer),
        issued_at=issued_at,
        expires_at=issued_at + KEPT_FOR,
    )
    return code_of(number)


def get(code: str, *, at: datetime | None = None) -> Done[Shared] | Refused:
    """Which answer has this number? Unknown, expired and deleted are told alike."""
    number = number_of(code)
    if number is None:
        return _NOT_FOUND
    found = SharedAnswer.objects.filter(id=number, expires_at__gt=at or timezone.now()).first()
    if found is None:
        return _NOT_FOUND
    return Done(
        Shared(
            code=code_of(number),
            answer=found.answer,
            facts=found.facts,
            issued_at=found.issued_at,
            expires_at=found.expires_at,
        )
    )


def delete(code: str, *, at: datetime | None = None) -> Done[None] | Refused:
    """Take the answer back, for good and for everyone; one that is no longer there is told as not found."""
    number = number_of(code)
    if number is None:
        return _NOT_FOUND
    removed, _ = SharedAnswer.objects.filter(id=number, expires_at__gt=at or timezone.now()).delete()
    return Done(None) if removed else _NOT_FOUND


def purge_expired(*, at: datetime | None = None) -> int:
    """How many answers had expired? They are gone now."""
    removed, _ = SharedAnswer.objects.filter(expires_at__lte=at or timezone.now()).delete()
    return int(removed)


def code_of(number: UUID) -> str:
    """How is a number written? 26 digits in groups of four.

    >>> code_of(UUID(int=1))
    '0000-0000-0000-0000-0000-0000-01'
    """
    digits = "".join(_DIGITS[number.int >> shift & 31] for shift in range(5 * (_CODE_LENGTH - 1), -1, -5))
    return "-".join(digits[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def number_of(code: str) -> UUID | None:
    """Which number is meant by what someone typed? Small letters, missing dashes and O for 0 are understood.

    >>> number_of("oooo 0000 0000 0000 0000 0000 0l") == UUID(int=1)
    True
    """
    digits = code.upper().translate(_MISREAD)
    if len(digits) != _CODE_LENGTH or not set(digits) <= set(_DIGITS):
        return None
    value = 0
    for digit in digits:
        value = value * 32 + _DIGITS.index(digit)
    return UUID(int=value) if value < 1 << 128 else None
