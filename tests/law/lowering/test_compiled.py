"""Does the kernel, compiled, give what its rules give: where every fact is given, and where some are missing?"""

from collections.abc import Callable

import pytest
from tests.law.lowering.cases import CHAINS, Case, chain_case, given_case
from tests.law.lowering.checking import same
from tests.law.lowering.engines import compiled

SOME_MISSING = ("retirement_age", "chronic_care")
CASES = [*((given_case, chain) for chain in CHAINS), *((chain_case, chain) for chain in SOME_MISSING)]


@pytest.mark.parametrize(("make", "chain"), CASES)
def test_the_compiled_kernel_gives_the_rules_figures(make: Callable[[str], Case], chain: str) -> None:
    case = make(chain)
    rows, expected = case.tried
    same(rows, compiled(case.program, rows), expected)
