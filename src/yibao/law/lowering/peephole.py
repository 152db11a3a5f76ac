"""Lines that need not be: numbers known when the program is written, and operations that change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yibao.law.lowering.nodes import ARITHMETIC
from yibao.law.lowering.program import TRUTHS, Operand

Bounds = tuple[int, int]


def of(operand: Operand, bounds: Mapping[Operand, Bounds]) -> Bounds:
    """The bounds of an operand."""
    return (operand, operand) if isinstance(operand, int) else bounds[operand]


def bounds_of(op: str, args: Sequence[Operand], known: Mapping[Operand, Bounds]) -> Bounds:
    """The bounds of a line."""
    if op in TRUTHS or op == "int":
        return 0, 1
    if op == "load":
        return known[args[0]]
    if op == "sel":
        (a, b), (c, d) = of(args[1], known), of(args[2], known)
        return min(a, c), max(b, d)
    (a, b), (c, d) = of(args[0], known), of(args[1], known)
    if op == "div":
        return max(a, 0) // max(d, 1), b // max(c, 1)
    if op in ("min", "max"):
        return ARITHMETIC[op](a, c), ARITHMETIC[op](b, d)
    ends = [ARITHMETIC[op](x, y) for x in (a, b) for y in (c, d)]
    return min(ends), max(ends)


def folded(op: str, args: Sequence[Operand], known: Mapping[Operand, Bounds]) -> Operand | None:
    """What a line is without it: a number (0 and 1 for truth values) or an operand; None where it is needed."""
    if op == "load":
        return None
    if op == "sel":
        return args[1] if args[1] == args[2] else None
    if op in ("and", "or", "not", "int"):
        return _truth(op, args)
    if all(isinstance(a, int) for a in args):
        return int(ARITHMETIC[op](*args))
    low, high = bounds_of(op, args, known) if op not in TRUTHS else _compared(op, args, known)
    if low == high:
        return low
    return _same(op, args, known)


def _truth(op: str, args: Sequence[Operand]) -> Operand | None:
    a = args[0]
    if op in ("not", "int"):
        return (int(not a) if op == "not" else a) if isinstance(a, int) else None
    b = args[1]
    decides = int(op == "or")
    if a == b:
        return a
    for one, other in ((a, b), (b, a)):
        if isinstance(one, int):
            return decides if one == decides else other
    return None


def _compared(op: str, args: Sequence[Operand], known: Mapping[Operand, Bounds]) -> Bounds:
    (a, b), (c, d) = of(args[0], known), of(args[1], known)
    always = {"lt": b < c, "le": b <= c, "gt": a > d, "ge": a >= d, "ne": b < c or d < a, "eq": a == b == c == d}[op]
    never = {"lt": a >= d, "le": a > d, "gt": b <= c, "ge": b < c, "eq": b < c or d < a, "ne": a == b == c == d}[op]
    return (1, 1) if always else (0, 0) if never else (0, 1)


def _same(op: str, args: Sequence[Operand], known: Mapping[Operand, Bounds]) -> Operand | None:
    a, b = args
    if (op in ("add", "sub") and b == 0) or (op in ("mul", "div") and b == 1) or (op in ("min", "max") and a == b):
        return a
    if (op == "add" and a == 0) or (op == "mul" and a == 1):
        return b
    if op in ("min", "max"):
        (low, high), (least, most) = of(a, known), of(b, known)
        if high <= least:
            return a if op == "min" else b
        if most <= low:
            return b if op == "min" else a
    return None
