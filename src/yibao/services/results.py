"""What a service gives back: it is done, or it is refused with the rule that was broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from yibao.services.private_numbers import masked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The use case did what was asked."""

    value: T


@dataclass(frozen=True, slots=True)
class Refused:
    """The use case did nothing: `code` names the rule broken and never changes, `message` says it and what to do.

    `field` is the fact at fault, `next` what one may choose instead. A message may repeat what was typed, but
    nobody's number: an identity card in the wrong field stays unreadable.
    """

    code: str
    message: str
    next: tuple[str, ...] = ()
    field: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", masked(self.message))


class RefusedError(Exception):
    """A refusal on its way up inside one service; never leaves it."""

    def __init__(self, code: str, message: str, next_: tuple[str, ...] = (), field: str = "") -> None:
        super().__init__(code)
        self.refused = Refused(code, message, next_, field)
