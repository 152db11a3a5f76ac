"""In which order is a program worked out by nested SELECTs, and what does each of them add?

A value that is used once is written into what uses it; every other one, and every named step, is a column. A column may
use those of the layers below it and the tables joined beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yibao.law.lowering.lookups import Lookup
from yibao.law.lowering.program import LAW, Line, Operand, Program

SIGNS = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=", "ne": "<>"}
LONG = 400
"""Characters after which an expression becomes a column of its own."""
HEAVY = 60
"""Operations that PostgreSQL may work out anew for one value, having merged layers, before it is kept from that."""


@dataclass(frozen=True, slots=True)
class Join:
    """A table of the law beside a layer: its name, the layer's name for it, its index column, what is looked up."""

    table: str
    name: str
    index: str
    on: str


@dataclass(slots=True)
class Layer:
    """One SELECT: what it joins, passes on and adds; `fenced`: the planner must not merge the layer below into it."""

    number: int
    joins: list[Join] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    fenced: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What stands for an operand: readable from layer `ready` on, the columns that it reads, whether it has 64 bits."""

    text: str
    ready: int = 1
    reads: tuple[str, ...] = ()
    wide: bool = True


class Layers:
    """The layers of a program, from the inside out; `text` says how the SELECT around them writes an operand."""

    def __init__(self, program: Program, found: Sequence[Lookup], dialect: str) -> None:
        self.program, self.divide = program, "/" if dialect == "postgres" else "//"
        self.holder = {name: table for table in found for name in table.columns}
        self.texts: dict[str, Text] = {}
        self.made: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.reading: dict[str, tuple[str, ...]] = {}
        self.inner: dict[int, Layer] = {}
        self.uses = self._uses()
        for name in [*(f"@{name}" for name in program.inputs), LAW]:
            self.texts[name] = Text(f'"{name}"', 1, (name,))
            self.made[name] = 0
        for line in program.code:
            self.texts[line.name] = self._load(line) if line.op == "load" else self._column(line)
        for operand in self._wanted():
            self._reads(self._of(operand), max(self.inner, default=0) + 1)
        self.fenced = self._pass_on()

    def text(self, operand: Operand) -> str:
        """An operand as the outermost SELECT writes it; that SELECT is `fenced` like a layer."""
        return self._of(operand).text

    def layers(self) -> list[Layer]:
        """The SELECTs between the innermost, which cleans the columns, and the outermost."""
        return [self.inner[number] for number in sorted(self.inner)]

    def _wanted(self) -> list[Operand]:
        figures = self.program.figures.values()
        return [*self.program.reason_columns().values(), *(x for f in figures for x in (f.value, f.reason))]

    def _uses(self) -> dict[Operand, int]:
        uses: dict[Operand, int] = {}
        keys = [key.operand for table in self.program.tables.values() for key in table.keys]
        args = [a for line in self.program.code if line.op != "load" for a in line.args]
        for operand in [*self._wanted(), *args, *keys, *keys]:
            uses[operand] = uses.get(operand, 0) + 1
        return uses

    def _of(self, operand: Operand) -> Text:
        if isinstance(operand, str):
            return self.texts[operand]
        return Text(str(operand) if operand >= 0 else f"({operand})", wide=False)

    def _reads(self, text: Text, layer: int) -> None:
        for name in text.reads:
            self.last[name] = max(self.last.get(name, 0), layer)

    def _layer(self, number: int) -> Layer:
        return self.inner.setdefault(number, Layer(number))

    def _load(self, line: Line) -> Text:
        name = str(line.args[0])
        if name not in self.made:
            table = self.holder[name]
            parts = [self._of(key.operand) for key in table.keys]
            place = "0"
            for key, part in zip(table.keys, parts, strict=True):
                own = f"{part.text} - {key.low}" if key.low else part.text
                place = own if place == "0" else f"({place}) * {key.size} + {own}"
            ready = max((part.ready for part in parts), default=1)
            for part in parts:
                self._reads(part, ready)
            self._layer(ready).joins.append(Join(table.name, table.index.replace("index", "law"), table.index, place))
            self.made |= dict.fromkeys(table.columns, ready)
        return Text(f'"{name}"', self.made[name], (name,))

    def _column(self, line: Line) -> Text:
        args = [self._of(a) for a in line.args]
        ready = max((a.ready for a in args), default=1)
        text = Text(self._expression(line, args), ready, tuple(name for a in args for name in a.reads))
        if self.uses.get(line.name, 0) < 2 and not line.step and len(text.text) < LONG:
            return text
        self._reads(text, ready)
        self._layer(ready).columns[line.name] = text.text
        self.made[line.name], self.reading[line.name] = ready, text.reads
        return Text(f'"{line.name}"', ready + 1, (line.name,))

    def _expression(self, line: Line, args: Sequence[Text]) -> str:
        def truth(place: int) -> str:
            given = line.args[place]
            return args[place].text if isinstance(given, str) else ("TRUE" if given else "FALSE")

        match line.op:
            case "min" | "max":
                return f"{'LEAST' if line.op == 'min' else 'GREATEST'}({args[0].text}, {args[1].text})"
            case "div":
                return f"({args[0].text} {self.divide} {args[1].text})"
            case "sel":
                chosen = f"CASE WHEN {truth(0)} THEN {args[1].text} ELSE {args[2].text} END"
                return f"({chosen})" if args[1].wide or args[2].wide else f"CAST({chosen} AS BIGINT)"
            case "int":
                return f"CAST(CASE WHEN {truth(0)} THEN 1 ELSE 0 END AS BIGINT)"
            case "not":
                return f"(NOT {truth(0)})"
            case "and" | "or":
                return f"({truth(0)} {line.op.upper()} {truth(1)})"
        return f"({args[0].text} {SIGNS[line.op]} {args[1].text})"

    def _pass_on(self) -> bool:
        """Gives each layer what those around it read, and fences; whether the outermost SELECT needs a fence too."""
        weight: dict[str, int] = {}
        for layer in self.layers():
            layer.passed = [n for n, made in self.made.items() if made <= layer.number < self.last.get(n, 0)]
            layer.passed = [name for name in layer.passed if name not in layer.columns]
            own = {name: self._weight(name, weight) for name in layer.columns}
            if max(own.values(), default=0) > HEAVY:
                layer.fenced, weight = True, {}
                own = {name: self._weight(name, weight) for name in layer.columns}
            weight |= own
        read = [self._of(operand) for operand in self._wanted()]
        return any(sum(weight.get(name, 1) for name in text.reads) > HEAVY for text in read)

    def _weight(self, name: str, weight: dict[str, int]) -> int:
        return 1 + sum(weight.get(read, 1) for read in self.reading[name])
