"""Claims of one person in a row: the same body in a loop that carries what the claims before have used up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.lowering.kernel import Columns, Figures, Kernel
from yibao.law.lowering.kernel_text import FALLING, parts
from yibao.law.lowering.program import Program
from yibao.law.registry import RuleError


class Sequence:
    """A compiled program over the claims of people; called with columns and where each person's claims begin."""

    def __init__(self, program: Program, carried: Mapping[str, str], threads: int) -> None:
        unknown = [part for how in carried.values() for part in parts(how) if part not in program.figures]
        if unknown:
            raise RuleError(f"{unknown[0]} is carried from claim to claim and must be among the outputs")
        self.kernel = Kernel(program, threads, carried)
        self.program = program

    def __call__(self, columns: Columns, starts: npt.NDArray[Any], out: Figures | None = None) -> Figures:
        """The figures of every claim.

        columns: as for a kernel, without those that are carried; the claims of a person follow each other, in the
        order in which they are settled. starts: for each person the row of the first claim, and at the end the number
        of rows. Sums begin at 0, counts at 1. After a claim without a figure, unless the rule does not speak of it,
        nobody knows what was used up: the later claims of that person have reason 1.
        """
        places = np.ascontiguousarray(starts, np.int64)
        rows = len(next(iter(columns.values()), ()))
        wrong = RuleError("每个人的第一笔在哪一行：从 0 起，不减少，最后是总行数")
        if len(places) < 1 or places[0] != 0 or places[-1] != rows:
            raise wrong
        try:
            return self.kernel(columns, out, places)
        except ValueError as error:  # each block looks at its own people: all of them at once would take as long again
            if error.args != (FALLING,):
                raise
            raise wrong from None


def sequence(program: Program, carried: Mapping[str, str], parallel: bool = False) -> Sequence:
    """The compiled program for claims that depend on each other; with `parallel` on every processor.

    carried: for each input the figures whose running sum it is (`a+b`), or `1` to count the claims.
    """
    return Sequence(program, carried, (os.cpu_count() or 1) if parallel else 1)
