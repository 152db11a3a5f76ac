"""The formula of a step: names, whole numbers, + - * //, min, max and half_up, so that anybody can recompute it.

Helpers are written out by their own return line; of a choice only the branch that was taken stands in the formula; a
value of the law stands under its name: its path with `_` for `.`.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Mapping

from yibao.law.explanation.pieces import Piece, code, joined_parts, render
from yibao.law.explanation.reader import Function, Reading, parse, refusal, scope_of
from yibao.law.helpers import half_up

KEPT: dict[Function, str] = {min: "min", max: "max", half_up: "half_up"}
HOLE = re.compile(r"__hole(\d+)__")


class Formula:
    """Prints expressions of one rule; `loops` are the rows over which a sum runs."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.subject = reading, reading.law_class.subject
        self.holes: list[list[Piece]] = []
        self.scope = dict(reading.scope)

    def pieces(self, e: ast.expr) -> list[Piece]:
        """The text of an expression's formula."""
        holes, self.holes = self.holes, []
        text = ast.unparse(self._inline(e))
        out: list[Piece] = []
        for place, part in enumerate(HOLE.split(text)):
            out += [part] if place % 2 == 0 else self.holes[int(part)]
        self.holes = holes
        return out

    def _hole(self, *pieces: Piece) -> ast.expr:
        self.holes.append(list(pieces))
        return ast.Name(f"__hole{len(self.holes) - 1}__")

    def _inline(self, e: ast.expr) -> ast.expr:
        law, scope = self.reading.law, self.scope
        match e:
            case ast.Name(id=name) if isinstance(scope.get(name), int):
                return ast.Constant(int(scope[name]))
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == law:
                return ast.Name(f"{self.subject}_{attr}")
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id=owner)) as table, slice=key) if owner == law:
                return self._hole(code(f"{ast.unparse(table)}.name(({ast.unparse(key)}))"))
            case ast.Attribute(value=row, attr=attr):
                return self._hole(code(f"{ast.unparse(row)}.at"), f"_{attr}")
            case ast.BinOp(left=left, op=op, right=right):
                return ast.BinOp(self._inline(left), op, self._inline(right))
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self._hole(ast.IfExp(test, self._enclosed(yes), self._enclosed(no)))
            case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp() as generator]):
                return self._hole("(", self.sum(generator), ")")
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(scope[name], args)
        return copy.deepcopy(e)

    def sum(self, generator: ast.GeneratorExp) -> ast.expr:
        """The text of a sum: its parts that are not 0."""
        return joined_parts(render(self.pieces(generator.elt)), generator)

    def _enclosed(self, e: ast.expr) -> ast.expr:
        return render(["(", *self.pieces(e), ")"])

    def _call(self, target: Function, args: list[ast.expr]) -> ast.expr:
        if target in KEPT:
            return ast.Call(ast.Name(KEPT[target]), [self._inline(x) for x in args], [])
        self.scope = scope_of(target) | self.scope  # a helper may call helpers that the rule's file does not know
        return self._inline(written_out(target, args))


def written_out(helper: Function, args: list[ast.expr]) -> ast.expr:
    """What a helper of arithmetic returns, its arguments put in."""
    tree = parse(helper)
    last = tree.body[-1]
    if not isinstance(last, ast.Return) or last.value is None:
        raise refusal(helper, tree, "a helper of arithmetic is one return line")
    given = dict(zip([a.arg for a in tree.args.args], args, strict=True))
    constants = {n: v for n, v in scope_of(helper).items() if type(v) is int and n not in given}
    result: ast.expr = _Put(given, constants).visit(copy.deepcopy(last.value))
    return result


class _Put(ast.NodeTransformer):
    """Puts the arguments of a helper, and the constants of its module, in the place of their names."""

    def __init__(self, given: Mapping[str, ast.expr], constants: Mapping[str, int]) -> None:
        self.given, self.constants = given, constants

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.given:
            return copy.deepcopy(self.given[node.id])
        return ast.Constant(self.constants[node.id]) if node.id in self.constants else node
