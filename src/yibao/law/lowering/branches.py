"""Which lines of a program are worked out only where they are needed: choices with much behind them become branches.

A choice `sel(test, a, b)` costs nothing where both sides are cheap: a processor works both out and takes one. Where a
side is dear (a stay above the yearly limit, which hardly anybody reaches), a branch that is nearly always guessed right
is much cheaper. All choices of one test become one branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yibao.law.lowering.program import LAW, Line, Op, Operand, Program

COSTS = {"load": 4, "mul": 2, "div": 6, "quotient": 6, "min": 2, "max": 2}
DIVIDED_BY_ANY = 25
IS: Op = "is"  # type: ignore[assignment]
"""What a choice is on one side of its test: one of its arguments. Only a kernel has such lines."""
DEAR = 40
"""What the lines behind a test must cost, in about as many steps of a processor, to be a branch."""
VERY_DEAR = 400
"""The same for tests that nobody can guess."""


@dataclass
class Branch:
    """One test and what is worked out on each side of it: the same names on both."""

    test: Operand
    yes: list[Line | Branch] = field(default_factory=list)
    no: list[Line | Branch] = field(default_factory=list)


Block = list[Line | Branch]


def arranged(program: Program) -> Block:
    """The lines of a program in an order in which they can be worked out, with branches."""
    wanted = [operand for figure in program.figures.values() for operand in (figure.value, figure.reason)]
    return _Arranger(program, list(program.code), [*wanted, program.reason]).block()


class _Arranger:
    """Arranges some lines, of which some operands are wanted."""

    def __init__(self, program: Program, lines: Sequence[Line], wanted: Sequence[Operand]) -> None:
        self.program, self.wanted = program, wanted
        self.all = {line.name: line for line in program.code}
        self.lines = {line.name: line for line in lines}
        self.users: dict[Operand, list[tuple[Line | None, int]]] = {name: [] for name in self.lines}
        for line in lines:
            for place, operand in self._operands(line):
                if operand in self.users:
                    self.users[operand].append((line, place))
        for operand in wanted:
            if operand in self.users:
                self.users[operand].append((None, 0))
        self.branch_of: dict[str, Branch] = {}
        self.out: Block = []
        self.placed: set[str] = set()

    def _operands(self, line: Line) -> list[tuple[int, Operand]]:
        if line.op == "load":
            return [(0, key.operand) for key in self.program.tables[str(line.args[0])].keys]
        return list(enumerate(line.args))

    def block(self) -> Block:
        """The lines in order, with branches."""
        tests = {line.args[0] for line in self.lines.values() if line.op == "sel" and isinstance(line.args[0], str)}
        found = [(self._behind(test, 1), self._behind(test, 2), test) for test in tests]
        found.sort(key=lambda sides: (-len(sides[0]) - len(sides[1]), str(sides[2])))
        for yes, no, test in found:
            if self._cost(yes) + self._cost(no) >= (DEAR if self._amounts(test) else VERY_DEAR):
                self._make(test, yes, no)
        for operand in self.wanted:
            self._place(operand)
        return self.out

    def _amounts(self, test: Operand) -> bool:
        """Whether a test compares what was worked out; one of what was looked up goes now this way, now that."""
        line = self.all.get(str(test))
        if line is None or line.op in ("and", "or", "not"):
            return line is not None and any(self._amounts(arg) for arg in line.args)
        return any(arg in self.all and self.all[str(arg)].op != "load" for arg in line.args)

    def _behind(self, test: Operand, side: int) -> dict[str, Line]:
        """The lines that only one side of a test needs."""
        found: dict[str, Line] = {}
        for line in reversed(self.lines.values()):
            users = self.users[line.name]
            if users and all(
                user is not None
                and (user.name in found or (user.op == "sel" and user.args[0] == test and place == side))
                for user, place in users
            ):
                found[line.name] = line
        return found

    def _cost(self, lines: dict[str, Line]) -> int:
        total = 0
        for line in lines.values():
            dear = line.op == "div" and not isinstance(line.args[1], int)
            total += DIVIDED_BY_ANY if dear else COSTS.get(line.op, 1)
        return total

    def _make(self, test: Operand, yes: dict[str, Line], no: dict[str, Line]) -> None:
        """Makes a branch, unless some of its lines are in another one or wait for one of its choices."""
        inside = {**yes, **no}
        choices = [
            line for line in self.lines.values()
            if line.op == "sel" and line.args[0] == test and line.name not in self.branch_of and line.name not in inside
            and any(arg in inside for arg in line.args[1:])
        ]  # fmt: skip
        if any(name in self.branch_of for name in inside) or not choices:
            return
        own = {*inside, *(line.name for line in choices)}
        if self._waits(own, test):
            return
        branch = Branch(test)
        for name in (name for name in self.lines if name in own):  # in order: the same text in every process
            self.branch_of[name] = branch
        names = {line.name for line in choices}
        for side, lines, into in ((1, yes, branch.yes), (2, no, branch.no)):
            ordered = [
                Line(line.name, IS, (line.args[side],)) if line.op == "sel" and line.args[0] == test else line
                for line in self.lines.values()
                if line.name in lines or line.name in names
            ]
            into += _Arranger(self.program, ordered, sorted(names)).block()

    def _waits(self, own: set[str], test: Operand) -> bool:
        """Whether something outside that a branch needs is made of what the branch gives."""
        made: set[Operand] = set()
        for line in self.lines.values():  # in order: what a line is made of comes before it
            operands = [operand for _, operand in self._operands(line)]
            if line.name not in own and any(operand in own or operand in made for operand in operands):
                made.add(line.name)
        needed = [operand for name in own for _, operand in self._operands(self.lines[name])]
        together = {name: branch for name, branch in self.branch_of.items() if name not in own}
        tangled = any(operand in together for operand in needed) and any(name in made for name in together)
        return test in made or tangled or any(operand in made for operand in needed)

    def _place(self, operand: Operand) -> None:
        """Places a line after those it is made of, or the branch that it is in."""
        if operand not in self.lines or operand in self.placed:
            return
        name = str(operand)
        branch = self.branch_of.get(name)
        own = [n for n, b in self.branch_of.items() if b is branch] if branch else [name]
        self.placed.update(own)
        for line in own:
            for _, needed in self._operands(self.lines[line]):
                if needed not in own and needed != LAW:
                    self._place(needed)
        self.out.append(branch or self.lines[name])
