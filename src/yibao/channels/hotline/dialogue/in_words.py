"""How is a figure of a record put into a sentence, in one language or the other?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yibao.channels.hotline.dialogue.words import sentence
from yibao.channels.hotline.shapes import Language
from yibao.services.formats import fen_text, months_text
from yibao.services.speech_english import (
    day_in_english,
    length_in_english,
    month_in_english,
    year_in_english,
    yuan_in_english,
)


@dataclass(frozen=True)
class InWords:
    """The words of one language. Chinese keeps its digits: a message shows them, what is spoken loses them later."""

    language: Language

    def say(self, name: str, **filled: str) -> list[str]:
        """A sentence of the menus."""
        return sentence(name, self.language, **filled)

    def money(self, fen: int) -> str:
        """An amount."""
        return yuan_in_english(fen) if self._is_english else f"{fen_text(fen)}元"

    def day(self, day: date) -> str:
        """A day of this or the last year."""
        return day_in_english(day) if self._is_english else f"{day.month}月{day.day}日"

    def month(self, month: date) -> str:
        """A month."""
        return month_in_english(month) if self._is_english else f"{month.year}年{month.month}月"

    def year(self, year: int) -> str:
        """A year."""
        return year_in_english(year) if self._is_english else f"{year}年"

    def length(self, months: int) -> str:
        """A length."""
        return length_in_english(months) if self._is_english else months_text(months)

    @property
    def _is_english(self) -> bool:
        return self.language == "en"


CHINESE = InWords("zh")
"""What a short message is written in, whatever is spoken."""
