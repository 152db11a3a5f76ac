"""A rule printed for speed: the same figures, the same refusals, in a quarter of the time.

Python spends most of a rule on calls. Here the helpers of arithmetic stand written out, `min` and `max` are choices,
a sum is a loop, and what was worked out once is not worked out again. Every operand is still evaluated once and in
its order, so that a gap of the law or a fact not given is met exactly where the rule itself would meet it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from yibao.law.explanation.formula import written_out
from yibao.law.explanation.reader import Function, Reading, read, refusal, scope_of
from yibao.law.explanation.words import opposite
from yibao.law.helpers import PHRASES
from yibao.law.registry import RuleError

LOAD, STORE = ast.Load(), ast.Store()
WORK = (ast.Attribute, ast.Subscript, ast.BinOp, ast.BoolOp, ast.IfExp, ast.Call)
"""What is worth remembering in a local."""


class Printer:
    """Prints a rule; `out` is the block being written, `known` what stands in which local there.

    `depth` counts the helpers within helpers whose return line is being printed.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.scope: dict[str, Any] = {"_new": tuple.__new__} | reading.scope
        self.out: list[ast.stmt] = []
        self.known: dict[str, ast.expr] = {}
        self.assigned = {argument.arg for argument in reading.tree.args.args}
        self.rows: list[str] = []
        self.count, self.depth = 0, 0
        self.at: ast.stmt = reading.tree

    def module(self) -> ast.Module:
        """The rule as a module of its one function."""
        tree = copy.deepcopy(self.reading.tree)
        tree.decorator_list, tree.returns = [], None
        for argument in tree.args.args:
            argument.annotation = None
        tree.body = self.block(tree.body)
        return ast.Module([tree], [])

    def function(self) -> Function:
        """The printed rule, compiled under the rule's own file and lines: tracebacks and debuggers point there."""
        rule, module = self.reading.function, ast.fix_missing_locations(self.module())
        ast.increment_lineno(module, rule.__code__.co_firstlineno - 1)
        exec(compile(module, rule.__code__.co_filename, "exec"), self.scope)  # noqa: S102  our own source, printed
        return self.scope[rule.__name__]  # type: ignore[no-any-return]

    # Statements

    @contextmanager
    def inner(self) -> Iterator[list[ast.stmt]]:
        """A block of its own: what becomes known in it is not known behind it."""
        out, known, self.out, self.known = self.out, self.known, [], dict(self.known)
        yield self.out
        self.out, self.known = out, known

    def block(self, body: Sequence[ast.stmt], head: ast.expr | None = None) -> list[ast.stmt]:
        """The statements of a block; `head` is the condition under which it is entered."""
        with self.inner() as out:
            if head is not None:
                self.entered(head)
            for statement, following in zip_longest(body, body[1:]):
                self.at, first = statement, len(out)
                self.statement(statement, following)
                for new in out[first:]:
                    ast.fix_missing_locations(ast.copy_location(new, statement))
        return out

    def statement(self, statement: ast.stmt, following: ast.stmt | None) -> None:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.assign(name, value)
                self.recorded(name, value, following)
            case ast.If(test=test, body=yes, orelse=no):
                branch = ast.If(self.expression(test), [], [])
                branch.body, branch.orelse = self.block(yes, test) or [ast.Pass()], self.block(no, opposite(test))
                self.out.append(branch)
            case ast.Return(value=ast.Call(func=ast.Name(id=name), args=figures)) if name in self.figures():
                self.out.append(ast.Return(called("_new", ast.Name(name, LOAD), ast.Tuple(figures, LOAD))))
            case ast.Return():
                self.out.append(copy.copy(statement))

    def figures(self) -> set[str]:
        """The names of the tuples that a rule may return; made directly, without their slow constructor."""
        scope = self.reading.scope.items()
        return {name for name, value in scope if isinstance(value, type) and issubclass(value, tuple)}

    def assign(self, name: str, value: ast.expr) -> None:
        result = self.expression(value)
        target, local, last = ast.Name(name, STORE), ast.Name(name, LOAD), self.out[-1] if self.out else None
        match last:
            case ast.Assign(targets=[ast.Name(id=temporary)]) if same(result, temporary) and temporary[0] == "_":
                last.targets = [target]  # no need of a local between
                self.known = {k: local if same(v, temporary) else v for k, v in self.known.items()}
            case _:
                self.out.append(ast.Assign([target], result))
        mark = f"Name(id='{name}'"  # what was worked out from the old value of the local is known no longer
        self.known = {k: v for k, v in self.known.items() if mark not in k and (v is local or not same(v, name))}
        if mark not in ast.dump(value):
            self.note(value, local)
        self.assigned.add(name)

    def entered(self, test: ast.expr) -> None:
        """For who writes down the way: a branch was taken because of this."""

    def recorded(self, name: str, value: ast.expr, following: ast.stmt | None) -> None:
        """For who writes down the steps: a local has its value."""

    def summed(self, generator: ast.GeneratorExp, element: ast.expr, before: list[ast.stmt]) -> Mapping[str, ast.expr]:
        """For who writes down a sum: one of its parts is known; what is known of it behind the loop."""
        return {}

    # Expressions

    def note(self, e: ast.expr, local: ast.expr) -> ast.expr:
        if isinstance(e, WORK):
            self.known[ast.dump(e)] = local
        return local

    def temporary(self, value: ast.expr) -> ast.Name:
        self.count += 1
        name = f"_{self.count}"
        self.out.append(ast.Assign([ast.Name(name, STORE)], value))
        return ast.Name(name, LOAD)

    def local(self, e: ast.expr) -> ast.expr:
        """The expression as a name or a constant, worked out now."""
        value = self.expression(e)
        return value if isinstance(value, ast.Name | ast.Constant) else self.note(e, self.temporary(value))

    def operands(self, *operands: ast.expr, local: bool = False) -> list[ast.expr]:
        """Operands in their order: where a later one needs statements, those before it are worked out before these."""
        done: list[ast.expr] = []
        for operand in operands:
            with self.inner() as out:
                value = self.local(operand) if local else self.expression(operand)
                known = self.known
            if out:
                pairs = zip(operands, done, strict=False)
                done = [x if self.still(x) else self.note(e, self.temporary(x)) for e, x in pairs]
                self.out += out
            self.known |= known
            done.append(value)
        return done

    def still(self, e: ast.expr) -> bool:
        """Whether it does not matter when it is evaluated: a local, a constant, a field of the law."""
        return isinstance(e, ast.Name | ast.Constant) or (isinstance(e, ast.Attribute) and self.is_law(e.value))

    def is_law(self, e: ast.expr) -> bool:
        return same(e, self.reading.law)

    def expression(self, e: ast.expr) -> ast.expr:
        if isinstance(e, WORK) and (found := self.known.get(ast.dump(e))):
            return found
        match e:
            case ast.Name(id=name) if name not in self.assigned and type(self.scope.get(name)) is int:
                return ast.Constant(self.scope[name])
            case ast.Attribute(value=value, attr=attr) if not self.is_law(value) and not self.is_member(e):
                return ast.Attribute(self.expression(value), attr, LOAD)
            case ast.Subscript(value=table, slice=key):
                parts = self.operands(table, *(key.elts if isinstance(key, ast.Tuple) else [key]))
                place = ast.Tuple(parts[1:], LOAD) if isinstance(key, ast.Tuple) else parts[1]
                return self.note(e, self.temporary(ast.Subscript(parts[0], place, LOAD)))
            case ast.BinOp(left=left, op=op, right=right):
                first, second = self.operands(left, right)
                return ast.BinOp(first, op, second)
            case ast.UnaryOp(op=op, operand=operand):
                return ast.UnaryOp(op, self.expression(operand))
            case ast.Compare(left=left, ops=ops, comparators=[right]):
                first, second = (self.as_number(x) for x in self.operands(left, right))
                return ast.Compare(first, ops, [second])
            case ast.BoolOp(op=op, values=values):
                return self.either(op, values)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self.choice(e, self.expression(test), yes, no)
            case ast.Call(func=ast.Name(id="sum")):
                return self.note(e, self.sum(e))
            case ast.Call(func=ast.Name(id=name), args=args):
                return self.call(e, name, args)
        return e

    def is_member(self, e: ast.expr) -> bool:
        match e:
            case ast.Attribute(value=ast.Name(id=owner)):
                return owner not in self.assigned and isinstance(self.scope.get(owner), type)
        return False

    def as_number(self, e: ast.expr) -> ast.expr:
        """A member of an enum as its number, which is all that a comparison looks at."""
        if isinstance(e, ast.Attribute) and isinstance(e.value, ast.Name) and self.is_member(e):
            return ast.Constant(int(getattr(self.scope[e.value.id], e.attr)))
        return e

    def either(self, op: ast.boolop, values: list[ast.expr]) -> ast.expr:
        """and, or: what comes later is worked out only if it is needed."""
        blocks = []
        first = self.expression(values[0])
        for value in values[1:]:
            with self.inner() as out:
                blocks.append((out, self.expression(value)))
        if not any(out for out, _ in blocks):
            return ast.BoolOp(op, [first, *(value for _, value in blocks)])
        result = self.temporary(first)
        for out, value in blocks:
            test = result if isinstance(op, ast.And) else ast.UnaryOp(ast.Not(), result)
            self.out.append(ast.If(test, [*out, assignment(result, value)], []))
        return result

    def choice(self, e: ast.expr, test: ast.expr, yes: ast.expr, no: ast.expr) -> ast.expr:
        with self.inner() as if_so:
            first = self.expression(yes)
        with self.inner() as if_not:
            second = self.expression(no)
        if not if_so and not if_not:
            return ast.IfExp(test, first, second)
        self.count += 1
        result = ast.Name(f"_{self.count}", LOAD)
        self.out.append(ast.If(test, [*if_so, assignment(result, first)], [*if_not, assignment(result, second)]))
        return self.note(e, result)

    def call(self, e: ast.expr, name: str, args: list[ast.expr]) -> ast.expr:
        target = self.scope[name]
        if target in (min, max):
            first, second = self.operands(*args, local=True)
            test = ast.Compare(second, [ast.Lt() if target is min else ast.Gt()], [first])
            return ast.IfExp(test, second, first)
        if PHRASES[target].lookup:
            return self.note(e, self.temporary(called(name, *self.operands(*args))))
        self.scope = scope_of(target) | self.scope  # a helper may call helpers that the rule's file does not know
        body = written_out(target, self.operands(*args, local=True))
        for node in ast.walk(body):
            ast.copy_location(node, self.at)
        self.depth += 1
        result = self.local(body)
        self.depth -= 1
        return self.note(e, result)

    def sum(self, e: ast.Call) -> ast.expr:
        generator = e.args[0]
        if not isinstance(generator, ast.GeneratorExp) or not isinstance(generator.generators[0].target, ast.Name):
            raise refusal(self.reading.function, e, "sum runs over one table of the law")
        row = generator.generators[0].target.id
        if row in self.rows:
            raise RuleError(f"{self.reading.function.__name__}: a sum within a sum needs another name for its {row}")
        table = self.expression(generator.generators[0].iter)
        total, before = self.temporary(ast.Constant(0)), self.out
        self.rows.append(row)
        with self.inner() as body:
            element = self.local(generator.elt)
            self.out.append(ast.AugAssign(ast.Name(total.id, STORE), ast.Add(), element))
            known = self.summed(generator, element, before)
        self.rows.pop()
        self.known |= known
        self.out.append(ast.For(ast.Name(row, STORE), table, body, []))
        return total


def called(name: str, *arguments: ast.expr) -> ast.Call:
    """The Python of a call."""
    return ast.Call(ast.Name(name, LOAD), list(arguments), [])


def assignment(local: ast.Name, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(local.id, STORE)], value)


def same(e: ast.expr, name: str) -> bool:
    return isinstance(e, ast.Name) and e.id == name


@lru_cache(maxsize=256)
def plain(function: Function) -> Function:
    """A rule that gives the same figures sooner; the first call for a rule reads and prints it.

    >>> from yibao.law.rules.contribution_years import YearsLaw, missing_years
    >>> plain(missing_years)(YearsLaw(), 300, 200, 40)
    MissingYears(missing_months=60)
    """
    return Printer(read(function)).function()
