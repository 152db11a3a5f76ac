"""A program printed as the text of a numba module: `block(start, end, …)` works some rows out.

First every column is looked at once, branch-free: is a value out of range? If so, the block works on copies that fit,
and the rows at fault are marked afterwards; a table is never read beyond its end. Then the body, row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yibao.law.lowering import kernel_head
from yibao.law.lowering.branches import Block, Branch, arranged
from yibao.law.lowering.packing import arrays, places
from yibao.law.lowering.program import FIRST_SENTENCE, GAP, MISSING, OUT_OF_RANGE, Line, Operand, Program
from yibao.law.lowering.reciprocals import QUOTIENT
from yibao.law.values import Range

SIGNS = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
ROWS, PEOPLE = 8192, 4096
"""How much is done at a time: what the check has read is still near when the body reads it."""
FALLING = "the first rows of people do not rise"
DECORATOR = '\n@numba.njit(cache=True, nogil=True, error_model="numpy")'
HEAD = Path(kernel_head.__file__).read_text(encoding="utf-8")


def arguments(program: Program, carried: Mapping[str, str]) -> list[str]:
    """The names of a block's arrays, in order: columns, masks, tables, outputs."""
    columns = [name for name in program.columns() if name not in carried]
    masks = [name for name in program.missing if name not in carried]
    outputs = [*program.figures, *program.reason_columns()]
    return [
        *(f"all_{name}" for name in columns),
        *(f"none_{name}" for name in masks),
        *arrays(program),
        *(f"out_{name}" for name in outputs),
    ]


def kernel_text(program: Program, carried: Mapping[str, str] | None = None) -> str:
    """The module of a program; with `carried`, claim after claim of each person (see `sequence`)."""
    return HEAD + _Printer(program, dict(carried or {})).module()


class _Printer:
    """Prints one module."""

    def __init__(self, program: Program, carried: dict[str, str]) -> None:
        self.program, self.carried = program, carried
        self.columns = [name for name in program.columns() if name not in carried]
        self.masks = [name for name in program.missing if name not in carried]
        self.outputs = [*program.figures, *program.reason_columns()]
        self.places = places(program)

    def bounds(self, name: str) -> Range:
        """What a column must lie between."""
        return Range(0, self.program.laws - 1) if name == "law" else self.program.inputs[name]

    def module(self) -> str:
        """The whole text after the head."""
        names = ", ".join(arguments(self.program, self.carried))
        first = "starts, " if self.carried else ""
        step = PEOPLE if self.carried else ROWS
        lines = [f"def block(start, end, {first}{names}):", f"    for at in range(start, end, {step}):"]
        return "\n".join([DECORATOR, *lines, *self.indented(self.rows(), 2), ""])

    def rows(self) -> list[str]:
        """What is done for the rows of one block."""
        if self.carried:
            out = [f"first, last, falls = starts[at], starts[min(at + {PEOPLE}, end)], False"]
            out += [f"for q in range(at, min(at + {PEOPLE}, end)):", "    falls |= starts[q + 1] < starts[q]"]
            out += ["if falls or first < 0 or last > len(out_reason):", f'    raise ValueError("{FALLING}")']
        else:
            out = [f"first, last = at, min(at + {ROWS}, end)"]
        out += ["size, sign = last - first, np.int64(0)"]
        for name in self.columns:
            out.append(f"a_{name} = c_{name} = all_{name}[first:last]")
        out += [f"n_{name} = none_{name}[first:last]" for name in self.masks]
        out += [f"o_{name} = out_{name}[first:last]" for name in self.outputs]
        for name in self.columns:
            low, high = self.bounds(name).low, self.bounds(name).high
            if name in self.masks:
                value = f"({low} if n_{name}[i] else np.int64(c_{name}[i]))"
                out += ["for i in range(size):", f"    x = {value}", f"    sign |= (x - {low}) | ({high} - x)"]
            else:
                out.append(f"sign |= outside(c_{name}, {low}, {high})")
        out.append("if sign < 0:")
        for name in self.columns:
            bounds = self.bounds(name)
            out.append(f"    c_{name} = fitted(c_{name}, {bounds.low}, {bounds.high})")
        if self.carried:
            return [*out, *self.sequence()]
        out += ["for i in range(size):", *self.indented([*self.row(), *self.given()])]
        return [*out, "if sign < 0:", "    for i in range(size):", *self.indented(self.mark(), 2)]

    def row(self) -> list[str]:
        """What is worked out for one row."""
        out = []
        for name in self.columns:
            value = f"np.int64(c_{name}[i])"
            if name in self.masks:
                value = f"np.int64({self.program.missing_value(name)}) if n_{name}[i] else {value}"
            out.append(f"x_{name} = {value}")
        return out + self.block(arranged(self.program))

    def given(self) -> list[str]:
        """What is given for a row: its figures and reasons."""
        operands = {name: figure.value for name, figure in self.program.figures.items()}
        operands |= self.program.reason_columns()
        return [f"o_{name}[i] = {self.operand(operand)}" for name, operand in operands.items()]

    def mark(self) -> list[str]:
        """Rows whose law is not known or that have a value out of range."""
        return [*self.fault(), "if code != 0:", *self.indented(self.unfit())]

    def unfit(self) -> list[str]:
        """What is given for a row that is not worked out."""
        figures = [f"o_{name}[i] = 0" for name in self.program.figures]
        return [*figures, *(f"o_{name}[i] = code" for name in self.program.reason_columns())]

    def fault(self) -> list[str]:
        """Why a row is not worked out, 0 if it is."""
        out = ["x = np.int64(0)"]
        for name in self.columns:
            if name == "law":
                continue
            value = f"np.int64(a_{name}[i])"
            if name in self.masks:
                value = f"({self.bounds(name).low} if n_{name}[i] else {value})"
            out += [f"v = {value}", f"x |= (v - {self.bounds(name).low}) | ({self.bounds(name).high} - v)"]
        out.append(f"code = {OUT_OF_RANGE} if x < 0 else 0")
        if "law" in self.columns:
            out.append(f"code = {GAP} if a_law[i] < 0 or a_law[i] >= {self.program.laws} else code")
        return out

    def sequence(self) -> list[str]:
        """The same row in one loop over all claims, with running sums that begin anew with each person."""
        begun = {f"sum_{name}": f"np.int64({int(how == '1')})" for name, how in self.carried.items()}
        out = ["begins = np.zeros(size + 1, np.bool_)", f"for q in range(at, min(at + {PEOPLE}, end)):"]
        out += ["    begins[starts[q] - first] = True", "lost = False"]
        out += [f"{name} = {start}" for name, start in begun.items()]
        row = ["i = np.uint64(j)  # no place is counted from the end", "begin, over = begins[i], False"]
        row += ["lost &= not begin", *(f"{name} = choose(begin, {start}, {name})" for name, start in begun.items())]
        for name in self.carried:
            if name in self.program.inputs:
                high = self.program.inputs[name].high
                row += [f"over |= sum_{name} > {high}", f"x_{name} = min(sum_{name}, {high})"]
        row.append(f"code = choose(over, np.int64({OUT_OF_RANGE}), np.int64(0))")
        row += ["if sign < 0:", "    before = code", *self.indented(self.fault()), "    code = max(code, before)"]
        row += [*self.row(), f"code = choose(lost, np.int64({MISSING}), np.int64(code))"]
        row += ["if code == 0:", *self.indented([*self.given(), *self.sums()])]
        row += ["else:", *self.indented([*self.unfit(), "lost = True"])]
        return [*out, "for j in range(size):", *self.indented(row)]

    def sums(self) -> list[str]:
        """What a claim adds; one without a figure, unless the rule does not speak of it, makes the sums unknown."""
        reasons, of = self.program.reason_columns(), self.program.reason_of()
        told = dict.fromkeys(of[part] for how in self.carried.values() for part in parts(how))
        out = []
        for name in told:
            reason = self.operand(reasons[name])
            out.append(f"lost |= ({reason} > 0) & ({reason} < {FIRST_SENTENCE})")
        for name, how in self.carried.items():
            added = [self.operand(self.program.figures[part].value) for part in parts(how)]
            out.append(f"sum_{name} += {' + '.join(added) or '1'}")
        return out

    @staticmethod
    def indented(lines: list[str], depth: int = 1) -> list[str]:
        """Lines further to the right."""
        return ["    " * depth + line for line in lines]

    # lines

    def block(self, block: Block) -> list[str]:
        """The text of lines and branches."""
        out = []
        for part in block:
            if isinstance(part, Branch):
                out.append(f"if {self.operand(part.test)}:")
                out += [*self.indented(self.block(part.yes)), "else:", *self.indented(self.block(part.no))]
            else:
                out.append(f"v_{part.name} = {self.line(part)}")
        return out

    def operand(self, operand: Operand) -> str:
        """The text of an operand."""
        if isinstance(operand, int):
            return str(operand)
        return f"x_{operand[1:]}" if operand.startswith("@") else f"v_{operand}"

    def line(self, line: Line) -> str:
        """The text of one operation."""
        args = [self.operand(arg) for arg in line.args]
        if line.op == QUOTIENT:
            return f"quotient({', '.join(args)})"
        match line.op:
            case "load":
                array, place = self.place(str(line.args[0]))
                return f"np.int64({array}[np.uint64({place})])"
            case "div":  # neither is negative: an unsigned division has no branch for signs
                return f"np.int64(np.uint64({args[0]}) // np.uint64({args[1]}))"
            case "min" | "max":
                return f"{line.op}({args[0]}, {args[1]})"
            case "sel":
                return f"choose({args[0]}, np.int64({args[1]}), np.int64({args[2]}))"
            case "and" | "or":
                return f"{args[0]} {'&' if line.op == 'and' else '|'} {args[1]}"
            case "not":
                return f"not {args[0]}"
            case "int" | "is":
                return f"np.int64({args[0]})"
        return f"{args[0]} {SIGNS[line.op]} {args[1]}"

    def place(self, table: str) -> tuple[str, str]:
        """In which array, and where in it, a row's number of a table stands."""
        array, after = self.places[table]
        text = ""
        for key in self.program.tables[table].keys:
            own = self.operand(key.operand)
            part = f"{own} - {key.low}" if key.low else own
            text = f"({text}) * {key.size} + {part}" if text else part
        return array, f"{text} + {after}" if text else str(after)


def parts(how: str) -> list[str]:
    """The figures of a running sum; none where claims are counted."""
    return [] if how == "1" else [part.strip() for part in how.split("+")]
