"""Recomputes every step of an answer from its formula, knowing nothing of yibao.

Reads one answer, or a list of answers, as JSON from a file or from standard input, and works out each step of the
answer and of each of its cases from the inputs, the parameters (by `name`) and the steps before it. A formula may hold
names, whole numbers, `+ - * //`, `min`, `max` and `half_up(n, d)`; everything else is refused. Prints what differs;
exit status 1 if anything does.

    yibao answer allocation --area 北京 --status retired --age 70 --json | python recompute.py
"""

import ast
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

Json = Mapping[str, Any]


class RefusedFormula(Exception):
    """A formula that says more than the language of formulas allows, or names what is not there."""


def half_up(n: int, d: int) -> int:
    """n / d to the nearest whole number, the half upwards."""
    if n < 0 or d <= 0:
        raise RefusedFormula(f"half_up({n}, {d}) needs n >= 0 and d > 0")
    quotient, rest = divmod(n, d)
    return quotient + (1 if 2 * rest >= d else 0)


FUNCTIONS: dict[str, Callable[..., int]] = {"min": min, "max": max, "half_up": half_up}


def _floor(n: int, d: int) -> int:
    if d == 0:
        raise RefusedFormula("divides by zero")
    return n // d


OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: _floor,
}


def compute(formula: str, names: Mapping[str, int]) -> int:
    """The value of a formula."""
    try:
        tree = ast.parse(formula, mode="eval")
    except SyntaxError as error:
        raise RefusedFormula(f"not an expression: {error.msg}") from None
    return _value(tree.body, names)


def _value(e: ast.expr, names: Mapping[str, int]) -> int:
    match e:
        case ast.Constant(value=value) if type(value) is int:
            return value
        case ast.Name(id=name):
            if name not in names:
                raise RefusedFormula(f"{name} is no input, parameter or earlier step")
            return names[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=[first, second], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(first, names), _value(second, names))
    raise RefusedFormula(f"{ast.unparse(e)} is not part of the language of formulas")


def _known(part: Json) -> Iterator[tuple[str, int]]:
    for given in (*part["inputs"], *part["parameters"]):
        yield given["name"], given["value"]


def _month(value: Any) -> Any:
    """A calendar month YYYY-MM, or a day YYYY-MM-DD, as the number that formulas reckon with."""
    if isinstance(value, str) and value.count("-") == 2:
        return date.fromisoformat(value).toordinal()
    if isinstance(value, str):
        year, month = value.split("-")
        return int(year) * 12 + int(month) - 1
    return value


def differences(part: Json) -> Iterator[str]:
    """What does not come out of one answer, or one case, and is not made of cases."""
    names: dict[str, int] = {}
    for name, value in _known(part):
        if type(value) is not int or names.setdefault(name, value) != value:
            yield f"{name}: given as {names.get(name)} and as {value!r}"
    for step in part["steps"]:
        try:
            found = compute(step["formula"], names)
        except RefusedFormula as error:
            yield f"{step['name']}: {error}"
            continue
        if found != step["value"]:
            yield f"{step['name']}: {step['formula']} is {found}, not {step['value']}"
        names[step["name"]] = found
    for name, figure in part["figures"].items():
        if "value" in figure:
            shown, made = (figure.get("code", figure["value"]),), (names.get(name, names.get(f"{name}_low")),)
        else:
            ends = [end for end in (names.get(f"{name}_low"), names.get(f"{name}_high")) if end is not None]
            shown, made = (figure["low"], figure["high"]), tuple(sorted(ends))
        if tuple(_month(value) for value in shown) != made:
            yield f"{name}: the figure is {shown}, the steps give {made}"


def spread(answer: Json) -> Iterator[str]:
    """What does not come out of figures that stand over cases: they are the lowest and the highest of them."""
    for name, figure in answer["figures"].items():
        own = [case["figures"][name] for case in answer["cases"] if name in case["figures"]]
        ends = [_month(f[end]) for f in own for end in ("value", "low", "high") if end in f]
        low, high = _month(figure.get("low", figure.get("value"))), _month(figure.get("high", figure.get("value")))
        if not ends or (low, high) != (min(ends), max(ends)):
            yield f"{name}: the figure is {low} to {high}, the cases give {ends}"


def check(answer: Json) -> list[str]:
    """Everything in an answer that its own formulas do not give."""
    if not answer["cases"]:
        return list(differences(answer))
    out = list(spread(answer))
    for case in answer["cases"]:
        out += [f"{case['when']}: {difference}" for difference in differences(case)]
    return out


def main(arguments: list[str]) -> int:
    """Prints what differs and returns the exit status."""
    if arguments:
        with open(arguments[0], encoding="utf-8") as file:
            read = json.load(file)
    else:
        read = json.load(sys.stdin)
    answers = read if isinstance(read, list) else [read]
    found = [f"{a['topic']} {a['area']['name']} {a['on']}: {line}" for a in answers for line in check(a)]
    steps = sum(len(part["steps"]) for a in answers for part in (a, *a["cases"]))
    print(*found, f"{len(answers)} answers, {steps} steps recomputed, {len(found)} differences", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
