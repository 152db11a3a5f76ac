"""What is known before any row is seen: a node that looks at few values only is worked out for all of them.

The law is one of the keys, the first. A node is worked out once for each different combination of what it looks at, by
the rule's own Python; a `Keyed` only by those keys that an area's law tells apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from yibao.law.lowering.grids import SAFE, Grid, Interned, Ints, codes, distinct
from yibao.law.lowering.nodes import ARITHMETIC, PADDING, Lacking, Node
from yibao.law.lowering.operations import lookup, run
from yibao.law.parameters.shapes import Keyed, Law
from yibao.law.registry import RuleError
from yibao.law.values import Range

FEW = 4096
"""Values that one key of a table may have."""
COMBINATIONS = 1 << 18
"""Combinations of keys, besides the law, that a look-up into the law is worked out for."""


class Domains:
    """The values of every key: laws, inputs, and cells: numbers worked out for a row, by which a table is looked up."""

    def __init__(self, laws: Sequence[Mapping[type[Law], Law]], inputs: Mapping[str, Range], missing: Iterable[str]):
        self.laws, self.inputs, self.missing = laws, dict(inputs), frozenset(missing)
        self.order = {name: place for place, name in enumerate(["law", *inputs])}

    def add(self, cell: str, bounds: tuple[int, int]) -> None:
        """A cell and the bounds between which it was proved."""
        self.inputs[cell] = Range(*bounds)
        self.order.setdefault(cell, len(self.order))

    def size(self, name: str) -> int:
        """How many values a key has; a missing fact is one of them."""
        if name == "law":
            return len(self.laws)
        bounds = self.inputs[name]
        return bounds.high - bounds.low + 1 + (name in self.missing)

    def low(self, name: str) -> int:
        """The least value of a key."""
        return 0 if name == "law" else self.inputs[name].low

    def grid(self, name: str) -> Grid:
        """The values of an input or a cell."""
        bounds = self.inputs[name]
        values = np.arange(bounds.low, bounds.high + 1, dtype=np.int64)
        if name not in self.missing:
            return Grid((name,), values)
        return Grid((name,), np.arange(len(values) + 1), (*values.tolist(), Lacking(1)))


class Binder:
    """Works nodes out beforehand."""

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        self.grids: dict[Node, Grid] = {}

    def static(self, node: Node) -> bool:
        """Whether a node is worked out beforehand."""
        limit = FEW if node.op in ARITHMETIC or node.op in ("sel", "pick", "and", "or") else COMBINATIONS
        sizes = [self.domains.size(name) for name in node.deps if name != "law"]
        return all(size <= FEW for size in sizes) and math.prod(sizes) <= limit

    def grid(self, node: Node) -> Grid:
        """What a static node is for every combination of its keys."""
        if node not in self.grids:
            self.grids[node] = self._grid(node)
        return self.grids[node]

    def _grid(self, node: Node) -> Grid:
        match node.op:
            case "const":
                return Grid((), np.array(node.args[0], np.int64))
            case "in" | "cell":
                return self.domains.grid(node.args[0])
            case "column":
                (name,) = node.args
                return Grid((name,), np.arange(self.domains.size(name)) + self.domains.low(name))
            case "law":
                laws = tuple(laws[node.args[0]] for laws in self.domains.laws)
                return Grid(("law",), np.arange(len(laws)), laws)
            case "padding":
                return Grid((), np.array(0), (PADDING,))
            case "index":
                return self._index([self.grid(a) for a in node.args])
            case "place":
                grid = self.grid(node.args[0])
                return Grid(grid.names, grid.data if grid.pool else np.unique(grid.data, return_inverse=True)[1])
            case "result":
                return Interned.of(node.args[0].args[0], node.args[1].values)
            case "filled":
                grid = self.grid(node.args[0])
                pool = None if grid.pool is None else np.array([v if isinstance(v, int) else 1 for v in grid.pool])
                return grid if pool is None else Grid(grid.names, pool[grid.data])
            case "raised" | "held":
                return codes(self.grid(node.args[0]), node.op)
        grids = [self.grid(a) for a in node.nodes]
        if all(grid.pool is None for grid in grids):
            found = self._numeric(node.op, grids)
            if found is not None:
                return found
        given = [a for a in node.args if not isinstance(a, Node)]
        return self._each(lambda *values: run(node.op, given, values), grids)

    def align(self, grids: Sequence[Grid]) -> tuple[tuple[str, ...], list[Ints]]:
        """The union of the keys, and the data of each grid shaped for it."""
        names = tuple(sorted({n for g in grids for n in g.names}, key=self.domains.order.__getitem__))
        shaped = [g.data.reshape([self.domains.size(n) if n in g.names else 1 for n in names]) for g in grids]
        return names, shaped

    def _numeric(self, op: str, grids: Sequence[Grid]) -> Grid | None:
        """Plain numbers, all at once; nothing where numbers would not do."""
        names, shaped = self.align(grids)
        if op in ("sel", "pick"):
            return Grid(names, np.where(shaped[0] != 0, shaped[1], shaped[2]))
        if op in ("and", "or"):
            both = (shaped[0] != 0, shaped[1] != 0)
            return Grid(names, (both[0] & both[1] if op == "and" else both[0] | both[1]).astype(np.int64))
        if op == "not":
            return Grid(names, (shaped[0] == 0).astype(np.int64))
        if op not in ARITHMETIC:
            return None
        ends = [max(abs(bound) for bound in g.bounds()) for g in grids]
        if (op == "div" and (shaped[1] == 0).any()) or max(ends[0] * ends[1], sum(ends)) >= SAFE:
            return None
        numeric: Any = {"min": np.minimum, "max": np.maximum}.get(op, ARITHMETIC[op])
        return Grid(names, np.asarray(numeric(*shaped)).astype(np.int64))

    def _each(self, function: Callable[..., Any], grids: Sequence[Grid]) -> Grid:
        """Anything else, once for every different combination of arguments."""
        names, _ = self.align(grids)
        shape = [self.domains.size(n) for n in names]
        code, listed = np.zeros(shape, np.int64), []
        for grid in grids:
            found, places = distinct(grid.data)
            values = found.tolist() if grid.pool is None else [grid.pool[v] for v in found]
            sized = places.reshape([self.domains.size(n) if n in grid.names else 1 for n in names])
            code = code * len(values) + sized
            listed.append(values)
        met, inverse = distinct(code)
        results = Interned()
        ids = []
        for number in met.tolist():
            arguments = []
            for values in reversed(listed):
                number, place = divmod(number, len(values))
                arguments.append(values[place])
            ids.append(results.add(function(*reversed(arguments))))
        return results.grid(names, np.array(ids, np.int64)[inverse.reshape(shape)])

    def _index(self, grids: list[Grid]) -> Grid:
        """A cell of each law's table, by the keys that this law tells apart."""
        base, *keys = grids
        if set(base.names) - {"law"}:
            raise RuleError("only a table that is a field of the law is looked up by keys")
        parts = []
        for place, kept in enumerate(base.pool or ()):
            looked = kept.places if isinstance(kept, Keyed) else ()
            used = [self._banded(kept, keys[p]) if p == looked[-1] else keys[p] for p in looked]  # an age comes last
            parts.append((place, self._each(lookup(kept, looked, len(keys)), used)))
        names = tuple(sorted({n for _, g in parts for n in g.names} | {"law"}, key=self.domains.order.__getitem__))
        found, shape = Interned(), [self.domains.size(n) for n in names]
        data = np.zeros(shape, np.int64)
        for place, part in parts:
            values = part.pool if part.pool is not None else tuple(np.unique(part.data).tolist())
            ids = np.array([found.add(v) for v in values], np.int64)
            own = ids[part.data if part.pool is not None else np.searchsorted(np.array(values), part.data)]
            own = own.reshape([self.domains.size(n) if n in part.names else 1 for n in names])
            rows = np.flatnonzero(np.broadcast_to(base.data, (self.domains.size("law"),)) == place)
            data[rows] = own[rows] if "law" in part.names else own  # a key may itself look at the law, as `early` does
        return found.grid(names, data)

    def _banded(self, kept: Any, grid: Grid) -> Grid:
        """Ages by the first one of their band: the table tells no others apart."""
        if not isinstance(kept, Keyed) or not kept.ages:
            return grid
        first: dict[Any, Any] = {}

        def band(age: Any) -> Any:
            if not isinstance(age, int):
                return age
            return first.setdefault(next((b for b in kept.ages if b[0] <= age <= b[1]), None), age)

        return self._each(band, [grid])
