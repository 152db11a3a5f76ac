"""Rules that are well written and yet cannot be lowered, each in one way. The line at fault ends in `# here`."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yibao.law.helpers import half_up, share
from yibao.law.parameters import Keyed, Law, given, keyed, rows
from yibao.law.rules.allocation import Band
from yibao.law.rules.pension import at_age
from yibao.law.values import Age, Fen, Month, Months, Ppm, Tier


class Net(NamedTuple):
    allocation_net: Fen


@dataclass(frozen=True)
class SomeLaw(Law):
    subject = "allocation"
    active_rate: Ppm = given()
    large_amount_fee: Fen = given()
    retired_bands: tuple[Band, ...] = rows(Band)
    base_floor: Keyed[Fen] = keyed(int, "tier", "age", "months")


def may_overflow(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base * base  # here
    return Net(allocation_net)


def overflow_in_a_helper(p: SomeLaw, base: Fen) -> Net:
    allocation_net = half_up(base * p.active_rate * p.active_rate, 1_000_000)  # here
    return Net(allocation_net)


def dividend_may_be_negative(p: SomeLaw, base: Fen) -> Net:
    allocation_net = (base - p.large_amount_fee) // 2  # here
    return Net(allocation_net)


def negative_in_a_helper(p: SomeLaw, base: Fen) -> Net:
    allocation_net = share(base - p.large_amount_fee, p.active_rate)  # here
    return Net(allocation_net)


def divisor_may_be_negative(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base // (base - 5)  # here
    return Net(allocation_net)


def looked_up_by_an_amount(p: SomeLaw, base: Fen) -> Net:
    allocation_net = at_age(p.retired_bands, base).amount  # here
    return Net(allocation_net)


def keyed_by_an_amount(p: SomeLaw, tier: Tier, age: Age, base: Fen) -> Net:
    allocation_net = p.base_floor[tier, age, base]  # here
    return Net(allocation_net)


def floor_is_said(p: SomeLaw, base: Fen) -> Net:
    """What the refusals advise."""
    allocation_net = max(base - p.large_amount_fee, 0) // 2
    return Net(allocation_net)


def floor_is_known(p: SomeLaw, base: Fen) -> Net:
    """No floor is needed where the condition says it."""
    if base < p.large_amount_fee:
        allocation_net = 0
    else:
        allocation_net = (base - p.large_amount_fee) // 2
    return Net(allocation_net)


def divided_by_what_may_be_nothing(p: SomeLaw, base: Fen, months: Months) -> Net:
    """A divisor that is 0 for some: they have no figure."""
    allocation_net = base // months
    return Net(allocation_net)
