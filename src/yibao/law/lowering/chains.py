"""Which rules are run together: an output of an earlier rule is the input of a later one of that name.

The main rule of a chain is the first without `otherwise`. It says whether the chain speaks of a person at all: its
reason is that of the whole row, and no later rule gives a figure where it gives none. What the rules before it lack, it
lacks too. A later rule that lacks something, or does not speak of the person, takes only its own figures away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.parameters.shapes import Law
from yibao.law.registry import in_force
from yibao.law.rules.transfer import TransferLaw


@dataclass(frozen=True, slots=True)
class Link:
    """A rule of a chain by its topic; `otherwise`: what later rules read of it where it does not apply."""

    topic: str
    otherwise: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bound:
    """The version of a link that is in force: what `lower` is given."""

    function: Callable[..., Any]
    otherwise: Mapping[str, int] = field(default_factory=dict)


_AT_HOME = {"away_upfront": 0, "rate_cut": 0}

CHAINS: dict[str, tuple[Link, ...]] = {
    "allocation": (Link("allocation"), Link("allocation_net")),
    "inpatient": (
        Link("away_stay", _AT_HOME),
        Link("inpatient"),
        Link("critical_illness"),
        Link("medical_aid"),
    ),
    "outpatient": (Link("away_visit", _AT_HOME), Link("outpatient")),
    "chronic_care": (Link("chronic_care"),),
    "premium": (
        Link("premium"),
        Link("employer_premium"),
        Link("account_premium"),
        Link("resident_subsidy"),
        Link("premium_aid"),
    ),
    "contribution_years": (
        Link("required_years"),
        Link("missing_years"),
        Link("required_local_years"),
        Link("missing_local_years"),
        Link("required_paid_years"),
        Link("missing_paid_years"),
        Link("month_by_month"),
        Link("monthly_price"),
        Link("at_once"),
        Link("once_price"),
    ),
    "retirement_age": (Link("retirement_age"),),
    "pension": (
        Link("minimum_pension_years"),
        Link("basic_pension"),
        Link("account_pension"),
        Link("transitional_pension"),
        Link("total_pension"),
    ),
    "withdrawal": (Link("withdrawal"),),
    "family_sharing": (Link("family_sharing"),),
    "gap": (Link("waiting_period"), Link("back_payment")),
    "transfer": (Link("transfer"), Link("transfer_due"), Link("transfer_account")),
}
"""Every rule that gives a figure is in one of these."""

CARRIED: dict[str, dict[str, str]] = {
    "inpatient": {"used_cap": "fund_pays+large_amount_pays", "used_deductible": "deductible", "stay": "1"},
    "outpatient": {"used_cap": "fund_pays", "used_deductible": "deductible"},
    "chronic_care": {"used_cap": "fund_pays", "used_deductible": "deductible"},
}
"""Which inputs of one person's next claim are the running sums of figures of the claims before; `1` counts claims."""

ELSEWHERE: dict[type[Law], tuple[str, ...]] = {TransferLaw: ("days_in", "letter_days")}
"""Fields that are the law of another area than the row's own: gaps, unless whoever runs the chain fills them."""


def bound(chain: str, day: date) -> tuple[Bound, ...]:
    """The versions of a chain's rules on a day; `Missing` where one is not in force.

    >>> [link.function.__name__ for link in bound("allocation", date(2025, 6, 1))]
    ['allocation', 'allocation_net']
    """
    return tuple(Bound(in_force(link.topic, day).function, link.otherwise) for link in CHAINS[chain])
