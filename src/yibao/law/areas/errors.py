"""Why could a text not be read as one area, and what should the person write instead?"""

from collections.abc import Sequence

from yibao.law.areas.records import Division
from yibao.law.areas.tables import path

SHOWN = 6


class AreaError(ValueError):
    """A text that does not name one area. `str()` of it is a plain Chinese sentence."""


class UnknownArea(AreaError):
    """No area has this name or code."""

    def __init__(self, text: str, nearest: list[str]) -> None:
        self.text = text
        self.nearest = nearest
        if not text:
            message = "没有写地区。请写城市的名称（如“合肥市”）或六位区划代码。"
        elif nearest:
            message = f"没有找到“{text}”这个地区。您要找的是不是{_listed(nearest)}？请写城市的全名或六位区划代码。"
        else:
            message = f"没有找到“{text}”这个地区。请写城市的全名（如“合肥市”）或六位区划代码。"
        super().__init__(message)


class AmbiguousArea(AreaError):
    """Several areas with different rules have this name."""

    def __init__(self, text: str, candidates: list[Division]) -> None:
        self.text = text
        self.candidates = candidates
        self.names = [path(candidate) for candidate in candidates]
        message = f"“{text}”可能指{_listed(self.names)}。请写全名，例如“{self.names[-1]}”。"
        super().__init__(message)


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}处" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more
