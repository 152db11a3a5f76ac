"""One operation on values, as the rule's own Python does it; what it raises is what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from yibao.law.lowering.nodes import ARITHMETIC, PADDING, Lacking, Raised, error_code
from yibao.law.parameters.shapes import Keyed
from yibao.law.values import LawError


def attempt(work: Callable[[], Any]) -> Any:
    """What some work gives, or what it raises."""
    try:
        return work()
    except (LawError, ZeroDivisionError) as error:
        return Raised(error_code(error))


def run(op: str, given: Sequence[Any], values: Sequence[Any]) -> Any:
    """One operation on values, as Python does it; what it raises is what it gives."""
    if op in ("sel", "pick", "and", "or"):
        test = values[0] if isinstance(values[0], Raised) else attempt(lambda: bool(values[0]))
        if isinstance(test, Raised):
            return 0 if op == "pick" else test
        if op in ("sel", "pick"):
            return values[1] if test else values[2]
        if test == (op == "or"):
            return int(test)
        return values[1] if isinstance(values[1], Raised) else attempt(lambda: int(bool(values[1])))
    for value in values:
        if isinstance(value, Raised):
            return value
    return attempt(lambda: _special(op, given, values))


def _special(op: str, given: Sequence[Any], values: Sequence[Any]) -> Any:
    match op:
        case "attr":
            return getattr(values[0], given[0])
        case "call":
            return given[0](*values)
        case "item":
            return values[0][given[0]] if given[0] < len(values[0]) else PADDING
        case "has":
            return int(given[0] < len(values[0]))
        case "first":
            return values[0][given[0]][0] if given[0] < len(values[0]) else given[1]
        case "everybody":
            return int(len(values[0]) == 1 and values[0][0][0] <= 1)
        case "length":
            return len(values[0])
        case "lacking":
            return Lacking(values[1]) if values[1] else values[0]
        case "after":
            return Raised(values[0]) if values[0] else values[1]
    result = ARITHMETIC[op](*values)
    return result


def lookup(kept: Any, looked: Sequence[int], size: int) -> Callable[..., Any]:
    def cell(*values: Any) -> Any:
        given: list[Any] = [0] * size
        for position, value in zip(looked, values, strict=True):
            if isinstance(value, Raised):
                return value
            given[position] = value
        return attempt(lambda: _cell_of(kept, tuple(given)))

    return cell


def _cell_of(kept: Any, key: tuple[Any, ...]) -> Any:
    """A cell, past the memory of the table: that is kept for single persons."""
    if not isinstance(kept, Keyed):
        return kept[key]
    place = kept.place(key)
    return kept.cells[place] if place in kept.cells else kept.__class__(kept.path, (), {})[()]
