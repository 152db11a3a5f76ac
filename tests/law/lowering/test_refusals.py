"""Is a rule that cannot be proved harmless refused, with file, line, caret, and what to write instead?"""

import inspect
from typing import Any

import numpy as np
import pytest
from tests.law.lowering import unprovable
from tests.law.lowering.unprovable import SomeLaw

from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.lower import lower
from yibao.law.parameters import Keyed
from yibao.law.registry import RuleError
from yibao.law.rules.allocation import Band
from yibao.law.rules.withdrawal import WithdrawalLaw, withdrawal
from yibao.law.values import Range

LAW = SomeLaw(
    active_rate=20_000,
    large_amount_fee=300,
    retired_bands=(Band(0, 10_000), Band(70, 11_000)),
    base_floor=Keyed("base_floor", (2,), {(5,): 7}),
)
REFUSED = [
    (unprovable.may_overflow, "base * base", "may leave 64 bits: 0 to 10,000,000,000,000,000,000,000; narrow"),
    (unprovable.overflow_in_a_helper, "half_up(", "may leave 64 bits"),
    (unprovable.dividend_may_be_negative, "(base", "cannot prove that the dividend is not negative: -300 to"),
    (unprovable.negative_in_a_helper, "share(", "cannot prove that the dividend is not negative"),
    (unprovable.divisor_may_be_negative, "base //", "cannot prove that the divisor is not negative: -5 to"),
    (unprovable.looked_up_by_an_amount, "at_age(", "at_age: only `reached` may look up what has many values"),
    (unprovable.keyed_by_an_amount, "p.base_floor", "too many combinations of keys to be worked out beforehand"),
]


@pytest.mark.parametrize(("function", "pointed", "says"), REFUSED, ids=[case[0].__name__ for case in REFUSED])
def test_refused_with_line_caret_and_advice(function: Any, pointed: str, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        lower([function], [{SomeLaw: LAW}])
    message = str(refused.value).splitlines()
    lines, first = inspect.getsourcelines(function)
    row = next(row for row, line in enumerate(lines) if line.endswith("# here\n"))
    place = next(k for k, line in enumerate(message) if f"unprovable.py:{first + row}: " in line)
    assert says in message[0]
    assert message[place + 1].endswith("# here")
    assert message[place + 1][message[place + 2].index("^") :].startswith(pointed)


def test_a_helper_at_fault_is_named_and_the_rule_that_used_it() -> None:
    with pytest.raises(RuleError, match=r"(?s)^helpers\.py:\d+: may leave 64 bits.*used by unprovable\.py:\d+"):
        lower([unprovable.overflow_in_a_helper], [{SomeLaw: LAW}])


@pytest.mark.parametrize("function", [unprovable.floor_is_said, unprovable.floor_is_known])
def test_what_the_advice_says_is_lowered(function: Any) -> None:
    columns = {"base": np.array([0, 299, 300, 301, 302, 10**11])}
    found = kernel(lower([function], [{SomeLaw: LAW}]))(columns)
    assert found["allocation_net"].tolist() == [0, 0, 0, 0, 1, (10**11 - 300) // 2]


def test_a_narrower_range_proves_more_and_other_rows_have_no_figure() -> None:
    program = lower([unprovable.may_overflow], [{SomeLaw: LAW}], ranges={"base": Range(0, 10**9)})
    found = kernel(program)({"base": np.array([10**9, 10**9 + 1, -1])})
    assert found["allocation_net"].tolist() == [10**18, 0, 0]
    assert found["reason"].tolist() == [0, 2, 2]


def test_divided_by_nothing_is_a_reason_and_no_crash() -> None:
    program = lower([unprovable.divided_by_what_may_be_nothing], [{SomeLaw: LAW}])
    found = kernel(program)({"base": np.array([7, 7]), "months": np.array([2, 0])})
    assert found["allocation_net"].tolist() == [3, 0]
    assert found["reason"].tolist() == [0, 5]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"outputs": ("alowed",)}, "alowed is not a figure of this chain; it gives allowed"),
        ({"ranges": {"sheme": Range(0, 1)}}, "sheme is not an input of this chain; it reads scheme, reason"),
        ({"ranges": {"scheme": Range(0, 2)}}, "scheme: 0 to 2 is not within 0 to 1"),
        ({"constants": {"scheme": 7}}, "scheme: 7 is not within 0 to 1"),
    ],
)
def test_a_wrong_wish_is_refused(wrong: Any, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        lower([withdrawal], [{WithdrawalLaw: WithdrawalLaw(pays_out=Keyed.same(1))}], **wrong)
