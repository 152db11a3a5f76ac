"""What is said next, and what is waited for? The two things that the conversation gives to the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Speed = Literal["slow", "normal", "fast"]
Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Collect:
    """How many keys are waited for, which key ends them, how long after the last word or key, and whether they are
    secret. A secret is never written down anywhere, and speech that repeats it is never made."""

    most: int
    ends: str = "#"
    seconds: float = 6.0
    secret: bool = False


@dataclass(frozen=True)
class Turn:
    """What is said (sentences without digits), what is collected afterwards or during it, and whether the call ends."""

    say: tuple[str, ...]
    collect: Collect | None = None
    end: bool = False
    speed: Speed = "normal"
    language: Language = "zh"
