"""The words of a step: terms with their values, the phrases of the helpers, only the branch that was taken.

There are two registers: `official` speaks to a reader of the law, `plain` to anybody.
"""

from __future__ import annotations

import ast
import re
from typing import Literal

from yibao.law.explanation.pieces import Piece, code, joined_parts, render
from yibao.law.explanation.reader import Function, Reading, parse
from yibao.law.explanation.writing import writer
from yibao.law.helpers import FLOOR, PHRASES, half_up, share
from yibao.law.terms import terms

Register = Literal["official", "plain"]
SIGNS = {
    ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.FloorDiv: "÷", ast.Lt: "小于", ast.LtE: "不超过", ast.Gt: "大于",
    ast.GtE: "不小于", ast.Eq: "等于", ast.NotEq: "不等于", ast.And: "，并且", ast.Or: "，或者",
}  # fmt: skip
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
}  # fmt: skip
UNITS = {"Fen": "fen", "Ppm": "ppm", "Months": "months", "int": "count", "Age": "age", "Count": "count"}
ENCLOSED: tuple[Function, ...] = (min, max, half_up, share)
SLOT = re.compile(r"\{(\w+)(?::([vn]))?\}")


def opposite(test: ast.expr) -> ast.expr:
    """The condition that holds where this one does not."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.Compare(left=left, ops=[op], comparators=right):
            return ast.Compare(left, [OPPOSITE[type(op)]()], right)
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), [opposite(v) for v in values])
    return ast.UnaryOp(ast.Not(), test)


class Words:
    """Prints expressions of one rule in one register."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self.reading, self.register = reading, register

    def label(self, name: str) -> str:
        term = terms()[name]
        return term.zh if self.register == "official" else term.plain

    def value(self, e: ast.expr, unit: str) -> ast.expr:
        return code(writer(ast.unparse(e), unit))

    def named(self, name: str, e: ast.expr) -> list[Piece]:
        unit = terms()[name].unit
        if unit == "table":
            return [self.label(name)]
        return [f"{self.label(name)}{'：' if unit == 'code' else ' '}", self.value(e, unit)]

    def pieces(self, e: ast.expr) -> list[Piece]:
        """The words of an expression."""
        match e:
            case ast.Constant(value=value):
                return [str(value)]
            case ast.Name(id=name) if isinstance(self.reading.scope.get(name), int):
                return [str(self.reading.scope[name])]
            case ast.Name(id=name):
                return self.named(name, e)
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == self.reading.law:
                return self.named(attr, e)
            case ast.Attribute(value=ast.Name(id=owner)) if isinstance(self.reading.scope.get(owner), type):
                return [code(f"_value({ast.unparse(e)}, 'code')")]
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id=owner), attr=attr)) if owner == self.reading.law:
                return self.named(attr, e)
            case ast.Attribute(value=ast.Call() as call, attr=attr):
                return [*self.pieces(call), " ", self.value(e, terms()[attr].unit)]
            case ast.Attribute(attr=attr):
                return self.named(attr, e)
            case ast.BinOp(op=ast.Mult(), right=ast.Name(id="MILLION")):
                return self.pieces(e.left)  # a change of unit, not a step of the law
            case ast.BinOp(left=left, op=op, right=right):
                inner = isinstance(op, ast.Add | ast.Sub)
                return [*self.side(left, not inner), f" {SIGNS[type(op)]} ", *self.side(right, True)]
            case ast.IfExp(test=test, body=yes, orelse=no):
                return [ast.IfExp(test, render(self.pieces(yes)), render(self.pieces(no)))]
            case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp() as generator]):
                return [self.sum(generator)]
            case ast.Call(func=ast.Name(id=name), args=args):
                return self.phrase(name, e, args)
        return self.condition(e)

    def sum(self, generator: ast.GeneratorExp) -> ast.expr:
        """The words of a sum: its parts that are not 0."""
        return joined_parts(render(self.pieces(generator.elt)), generator)

    def side(self, e: ast.expr, enclose: bool) -> list[Piece]:
        if enclose and isinstance(e, ast.BinOp) and isinstance(e.op, ast.Add | ast.Sub):
            return ["（", *self.pieces(e), "）"]
        return self.pieces(e)

    def condition(self, e: ast.expr) -> list[Piece]:
        """The words of something that holds or does not."""
        match e:
            case ast.BoolOp(op=op, values=values):
                out: list[Piece] = []
                for value in values:
                    out += [*([SIGNS[type(op)]] if out else []), *self.pieces(value)]
                return out
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() | ast.Subscript() as operand):
                return self.pieces(operand)  # yes or no: its value says all
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ["不是：", *self.pieces(operand)]
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Attribute()]):
                return self.pieces(left)  # a choice from a list: its value says all
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return [*self.pieces(left), f"，{SIGNS[type(op)]} ", *self.pieces(right)]
        return [code(f"_value({ast.unparse(e)}, 'count')")]

    def phrase(self, name: str, e: ast.expr, args: list[ast.expr]) -> list[Piece]:
        target: Function = self.reading.scope[name]
        units: dict[str, str] = {}
        if target is max and isinstance(args[1], ast.Constant) and args[1].value == 0:
            phrase, names = FLOOR, ["a"]
        elif target in (min, max):
            phrase, names = PHRASES[target], ["a", "b"]
        else:
            tree = parse(target)
            phrase, names = PHRASES[target], [a.arg for a in tree.args.args]
            units = {a.arg: UNITS.get(ast.unparse(a.annotation), "count") for a in tree.args.args if a.annotation}
            units["result"] = UNITS.get(ast.unparse(tree.returns), "count") if tree.returns else "count"
        given = dict(zip(names, args, strict=False))
        out: list[Piece] = []
        text = phrase.official if self.register == "official" else phrase.plain
        for place, part in enumerate(SLOT.split(text)):
            match place % 3:
                case 0:
                    out.append(part)
                case 1:
                    slot = part
                case 2 if slot == "result":
                    out.append(self.value(e, units["result"]))
                case 2 if part == "v":
                    out.append(self.value(given[slot], units[slot]))
                case 2 if part == "n":
                    out += self.bare(given[slot])
                case _:
                    out += self.argument(given[slot])
        return out

    def argument(self, e: ast.expr) -> list[Piece]:
        """The words of an argument of a phrase, enclosed where they would run into those around them."""
        target = self.reading.scope.get(ast.unparse(e.func)) if isinstance(e, ast.Call) else None
        if isinstance(e, ast.BinOp) or target in ENCLOSED:
            return ["（", *self.pieces(e), "）"]
        return self.pieces(e)

    def bare(self, e: ast.expr) -> list[Piece]:
        """The term alone, without its value."""
        match e:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(value=ast.Attribute(attr=name)):
                return [self.label(name)]
        return self.pieces(e)
