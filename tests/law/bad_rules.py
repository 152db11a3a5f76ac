"""Rules that are written badly, each in one way. The line that is at fault ends in `# here`."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yibao.law.helpers import share, within
from yibao.law.parameters import Keyed, Law, given, keyed, rows
from yibao.law.rules.allocation import Band
from yibao.law.values import Fen, NotApplicable, Ppm, Status


class Net(NamedTuple):
    allocation_net: Fen


class Both(NamedTuple):
    allocation_gross: Fen
    allocation_net: Fen


@dataclass(frozen=True)
class SomeLaw(Law):
    subject = "allocation"
    active_rate: Ppm = given()
    retired_bands: tuple[Band, ...] = rows(Band)
    has_account: Keyed[bool] = keyed(bool, "status")


def without_words(amount: Fen) -> Fen:
    return amount * 2


def good(p: SomeLaw, status: Status, base: Fen) -> Net | NotApplicable:
    """Everything that a rule may say, so that the refusals below are not for the wrong reason."""
    if not p.has_account[status]:
        return NotApplicable("没有个人账户")
    allocation_gross = share(base, p.active_rate)
    "第一条"
    deducted = sum(b.amount for b in p.retired_bands) // 2 if base > 0 and status == Status.ACTIVE else 0
    allocation_net = max(allocation_gross - deducted, 0)
    return Net(allocation_net)


def float_literal(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base * 0.02  # here
    return Net(allocation_net)


def true_division(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base * 2 / 100  # here
    return Net(allocation_net)


def loop(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base
    while allocation_net > 100:  # here
        allocation_net = allocation_net - 100
    return Net(allocation_net)


def for_loop(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base
    for band in p.retired_bands:  # here
        allocation_net = allocation_net - band.amount
    return Net(allocation_net)


def caught(p: SomeLaw, base: Fen) -> Net:
    try:  # here
        allocation_net = share(base, p.active_rate)
    except ValueError:
        allocation_net = 0
    return Net(allocation_net)


def comprehension(p: SomeLaw, base: Fen) -> Net:
    allocation_net = max([b.amount for b in p.retired_bands], base)  # here
    return Net(allocation_net)


def filtered_sum(p: SomeLaw, base: Fen) -> Net:
    allocation_net = sum(b.amount for b in p.retired_bands if base > 0)  # here
    return Net(allocation_net)


def recursive(p: SomeLaw, base: Fen) -> Net:
    allocation_net = recursive(p, base)  # here
    return Net(allocation_net)


def unknown_name(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base - deducted  # here
    return Net(allocation_net)


def set_on_one_path(p: SomeLaw, status: Status, base: Fen) -> Net:
    if status == Status.RETIRED:
        deducted = 300
    allocation_net = base - deducted  # here
    return Net(allocation_net)


def not_a_term(p: SomeLaw, base: Fen) -> Net:
    zwischensumme = base * 2  # here
    allocation_net = zwischensumme
    return Net(allocation_net)


def argument_not_a_term(
    p: SomeLaw,
    salary: Fen,  # here
) -> Net:
    allocation_net = salary
    return Net(allocation_net)


def without_range(p: SomeLaw, base: int) -> Net:  # here
    allocation_net = base
    return Net(allocation_net)


def without_law(base: Fen) -> Net:  # here
    allocation_net = base
    return Net(allocation_net)


def no_field_of_the_law(p: SomeLaw, base: Fen) -> Net:
    allocation_net = share(base, p.activ_rate)  # here
    return Net(allocation_net)


def call_without_words(p: SomeLaw, base: Fen) -> Net:
    allocation_net = without_words(base)  # here
    return Net(allocation_net)


def builtin_without_words(p: SomeLaw, base: Fen) -> Net:
    allocation_net = abs(base)  # here
    return Net(allocation_net)


def keyword_argument(p: SomeLaw, base: Fen) -> Net:
    allocation_net = share(base, rate=p.active_rate)  # here
    return Net(allocation_net)


def one_to_max(p: SomeLaw, base: Fen) -> Net:
    allocation_net = max(base)  # here
    return Net(allocation_net)


def wrong_name_returned(p: SomeLaw, base: Fen) -> Both:
    allocation_gross = base
    deducted = 300
    return Both(allocation_gross, deducted)  # here


def expression_returned(p: SomeLaw, base: Fen) -> Net:
    return Net(base * 2)  # here


def number_returned(p: SomeLaw, base: Fen) -> int:
    allocation_net = base
    return allocation_net  # here


def too_few_returned(p: SomeLaw, base: Fen) -> Both:
    allocation_gross = base
    return Both(allocation_gross)  # here


def returned_by_keyword(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base
    return Net(allocation_net=allocation_net)  # here


def path_without_return(p: SomeLaw, status: Status, base: Fen) -> Net:  # here
    if status == Status.RETIRED:
        allocation_net = base
        return Net(allocation_net)


def augmented(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base
    allocation_net += 1  # here
    return Net(allocation_net)


def two_targets(p: SomeLaw, base: Fen) -> Both:
    allocation_gross = allocation_net = base  # here
    return Both(allocation_gross, allocation_net)


def minus_sign(p: SomeLaw, base: Fen) -> Net:
    allocation_net = max(-base, 0)  # here
    return Net(allocation_net)


def power(p: SomeLaw, base: Fen) -> Net:
    allocation_net = base**2  # here
    return Net(allocation_net)


def text(p: SomeLaw, base: Fen) -> Net:
    allocation_net = "a lot"  # here
    return Net(allocation_net)


def walrus(p: SomeLaw, base: Fen) -> Net:
    allocation_net = (deducted := base)  # here
    return Net(allocation_net)


def no_member(p: SomeLaw, status: Status, base: Fen) -> Net:
    allocation_net = base if status == Status.DEAD else 0  # here
    return Net(allocation_net)


def input_set_anew(p: SomeLaw, base: Fen) -> Net:
    base = base * 2  # here
    allocation_net = within(base, 0, 100)
    return Net(allocation_net)
