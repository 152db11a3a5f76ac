"""Which divisions by what the law says can be products? All whose divisor is looked up: a division costs six of them.

For 0 < d there are a shift k, so that d <= 2^k < 2d, and a factor f = ceil(2^(62+k) / d), which lies between 2^62 and
2^63. For 0 <= n < 2^62 then n // d = n * f >> (62 + k), exactly: f * d exceeds 2^(62+k) by less than d <= 2^k, so
n * f / 2^(62+k) exceeds n / d by less than 1 / d. (Granlund and Montgomery, Division by Invariant Integers, 1994.)
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from yibao.law.lowering.peephole import Bounds, bounds_of
from yibao.law.lowering.program import Line, Op, Operand, Program, Table, narrowest

BITS = 62
QUOTIENT: Op = "quotient"  # type: ignore[assignment]
"""The line of such a division: dividend, factor, shift. Only a kernel has it."""


def with_reciprocals(program: Program) -> Program:
    """The same program with a `quotient` wherever a divisor is looked up, or chosen among such; see the module.

    >>> from yibao.law.values import Range
    >>> rates = Table((), np.array([850_000]))
    >>> program = Program({"n": Range(0, 10**9)}, 1, (), {"t": rates},
    ...     (Line("d", "load", ("t",)), Line("q", "div", ("@n", "d"))), {}, 0)
    >>> [(line.name, line.op) for line in with_reciprocals(program).code]
    [('d', 'load'), ('d_factor_1', 'load'), ('d_shift_1', 'load'), ('q', 'quotient')]
    """
    return _Rewriter(program).rewritten()


def factor_and_shift(divisor: int) -> tuple[int, int]:
    """The factor and the shift of a divisor.

    >>> factor, shift = factor_and_shift(850_000)
    >>> (12_345_678_901 * factor) >> (62 + shift) == 12_345_678_901 // 850_000
    True
    """
    shift = (divisor - 1).bit_length()
    return -(-(1 << BITS + shift) // divisor), shift


class _Rewriter:
    """Rewrites one program."""

    def __init__(self, program: Program) -> None:
        self.program, self.tables, self.code = program, dict(program.tables), list[Line]()
        self.lines = {line.name: line for line in program.code}
        self.made: dict[tuple[Operand, int], tuple[Operand, Operand]] = {}
        self.bounds: dict[Operand, Bounds] = {
            f"@{name}": (bounds.low, program.missing_value(name) if name in program.missing else bounds.high)
            for name, bounds in program.inputs.items()
        }
        self.bounds |= {n: (int(t.values.min()), int(t.values.max())) for n, t in program.tables.items()}

    def rewritten(self) -> Program:
        """The program, its lines in order."""
        for line in self.program.code:
            self.bounds[line.name] = bounds_of(line.op, line.args, self.bounds)
            if line.op == "div" and self._fits(*line.args):
                line = replace(line, op=QUOTIENT, args=(line.args[0], *self._reciprocal(line.args[1])))
            self.code.append(line)
        return replace(self.program, tables=self.tables, code=tuple(self.code))

    def _fits(self, dividend: Operand, divisor: Operand) -> bool:
        most = dividend if isinstance(dividend, int) else self.bounds[dividend][1]
        return most < 1 << BITS and not isinstance(divisor, int) and self._is_looked_up(divisor)

    def _is_looked_up(self, divisor: Operand, least: int = 0) -> bool:
        """Whether a divisor is a table's number, above 0, or chosen among such; what is fixed is the compiler's."""
        line = self.lines.get(str(divisor))
        if line is None:
            return isinstance(divisor, int) and max(divisor, least) > 0
        if line.op == "max" and isinstance(line.args[1], int):
            return self._is_looked_up(line.args[0], max(least, line.args[1]))
        if line.op == "load":
            return max(self.bounds[line.args[0]][0], least) > 0
        return line.op == "sel" and all(self._is_looked_up(arg, least) for arg in line.args[1:])

    def _reciprocal(self, divisor: Operand, least: int = 1) -> tuple[Operand, Operand]:
        """The operands of the factor and the shift of a divisor, or of `least` where it is less."""
        if isinstance(divisor, int):
            return factor_and_shift(max(divisor, least))
        line = self.lines[divisor]
        if line.op == "max":
            return self._reciprocal(line.args[0], max(least, int(line.args[1])))
        if (divisor, least) not in self.made:
            names = f"{divisor}_factor_{least}", f"{divisor}_shift_{least}"
            if line.op == "load":
                self._tabled(str(line.args[0]), least, names)
                self.code += [Line(name, "load", (name,)) for name in names]
            else:
                pairs = zip(*(self._reciprocal(arg, least) for arg in line.args[1:]), strict=True)
                self.code += [Line(n, "sel", (line.args[0], *pair)) for n, pair in zip(names, pairs, strict=True)]
            self.made[divisor, least] = names
        return self.made[divisor, least]

    def _tabled(self, table: str, least: int, names: tuple[str, str]) -> None:
        """The tables of the factors and the shifts of a table's numbers."""
        keys, values = self.program.tables[table].keys, np.maximum(self.program.tables[table].values, least)
        numbers, places = np.unique(values, return_inverse=True)
        pairs = np.array([factor_and_shift(int(number)) for number in numbers], np.int64)
        for name, column, kind in zip(names, pairs.T, (np.dtype(np.int64), narrowest(0, 63)), strict=True):
            self.tables[name] = Table(keys, np.ascontiguousarray(column.astype(kind)[places.reshape(-1)]))
