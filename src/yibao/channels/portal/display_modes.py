"""How the pages look for one visitor: one class or two on <html>, remembered by a cookie of this device."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

COOKIE = "display"
YEAR = 365 * 24 * 3600
SIZES = {"normal": "", "elder": "elder", "xl": "elder xl"}
ELDER_NAMES = ("长辈版", "长辈模式", "关怀版", "关怀模式", "关爱版", "亲情版", "老年版", "大字版")
"""What people call large print elsewhere."""
COLOURS = {"auto": "", "light": "light", "dark": "dark", "contrast": "contrast"}


class Display(NamedTuple):
    """The size and the colour chosen; elder mode changes the size only and takes no function away."""

    size: str = "normal"
    colour: str = "auto"

    @property
    def classes(self) -> str:
        return f"{SIZES[self.size]} {COLOURS[self.colour]}".strip()

    @property
    def cookie(self) -> str:
        return f"{self.size}.{self.colour}"


def chosen(size: str, colour: str, before: Display) -> Display:
    """What was chosen, each part as before where nothing or nonsense was said."""
    return Display(size if size in SIZES else before.size, colour if colour in COLOURS else before.colour)


def display_of(request: HttpRequest | None) -> Display:
    """How this visitor wants to see the pages."""
    if request is None:
        return Display()
    size, _, colour = request.COOKIES.get(COOKIE, "").partition(".")
    return chosen(size, colour, Display())
