"""What is handed to a way of sending?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice on its way to one place. `number` is the same at every try."""

    number: str
    person_id: UUID
    kind: str
    to: str
    title: str
    text: str
    safety: bool
