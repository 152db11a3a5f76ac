"""Comparisons in a chain, and the least of three: told, worked out and compiled like any other line of a rule."""

from itertools import product

import numpy as np
from tests.law.bad_rules import Net, SomeLaw

from yibao.law.explanation import explain, plain
from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.lower import lower
from yibao.law.values import Age, Fen

LAW = SomeLaw()
AGES, BASES = (0, 19, 20, 21, 59, 60, 130), (0, 1, 59, 60, 61, 1999, 2000, 2001, 9999, 10_000, 10_001, 10**11)


def paired(p: SomeLaw, base: Fen, age: Age) -> Net:
    """The least of three sums, for those from 20 to 59 whose base is above 60."""
    allocation_gross = min(base, 10_000, 100 * age)
    allocation_net = allocation_gross if 20 <= age < 60 < base else 0
    return Net(allocation_net)


def test_every_way_of_working_it_out_agrees() -> None:
    rows = list(product(BASES, AGES))
    wanted = [min(base, 10_000, 100 * age) if 20 <= age < 60 < base else 0 for base, age in rows]
    assert [paired(LAW, *row).allocation_net for row in rows] == wanted
    assert [plain(paired)(LAW, *row).allocation_net for row in rows] == wanted
    assert [explain(paired, LAW, *row).value.allocation_net for row in rows] == wanted
    base, age = np.array(rows).T
    found = kernel(lower([paired], [{SomeLaw: LAW}]))({"base": base, "age": age})
    assert found["allocation_net"].tolist() == wanted
    assert not found["reason"].any()


def test_the_formula_that_is_told_gives_the_least() -> None:
    for base, age in product(BASES, AGES):
        step = explain(paired, LAW, base, age).steps[0]
        assert eval(step.formula, {"base": base, "age": age}) == step.value == min(base, 10_000, 100 * age)
