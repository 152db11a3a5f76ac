"""The stay in hospital as an OpenFisca country package: entity, inputs, formulas, parameters."""

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MILLION = 1_000_000
Person = build_entity(key="person", plural="persons", label="Person", is_person=True)


class Status(Enum):
    active = "In work"
    retired = "Retired"


class Level(Enum):
    one = "Level one"
    two = "Level two"
    three = "Level three"


def given(name, kind, **more):
    """An input: a variable without a formula."""
    fields = {"value_type": kind, "entity": Person, "definition_period": MONTH, "label": name}
    return type(name, (Variable,), fields | more)


INPUTS = [
    given("status", Enum, possible_values=Status, default_value=Status.active),
    given("level", Enum, possible_values=Level, default_value=Level.three),
    *(given(name, int) for name in ("cost", "excluded", "upfront", "stay", "used_cap")),
]


def wide(values):
    """OpenFisca keeps whole numbers in 32 bits; a product of fen and a rate needs 64."""
    return np.asarray(values, dtype=np.int64)


def half_up(n, d):
    return (2 * n + d) // (2 * d)


def bands(person, period, parameters):
    """Per segment: the part of the eligible cost in it above the deductible, and the rate."""
    law = parameters(period).inpatient
    eligible, deductible = wide(person("eligible", period)), wide(person("deductible", period))
    rates = law.rates[person("level", period)][person("status", period)]
    lower = 0
    for place in ("1", "2", "3"):
        upper = law.uppers[f"to_{place}"]
        part = np.maximum(np.minimum(eligible, upper) - np.maximum(lower, deductible), 0)
        yield part, wide(rates[f"rate_{place}"])
        lower = upper


def figure(label):
    """A variable with the function as its formula; OpenFisca reads a class's own attributes only, none inherited."""

    def wrapped(function):
        return given(function.__name__, int, label=label, formula=function)

    return wrapped


@figure("Cost within the scope of the insurance")
def eligible(person, period, parameters):
    return np.maximum(person("cost", period) - person("excluded", period) - person("upfront", period), 0)


@figure("Deductible of this stay")
def deductible(person, period, parameters):
    law = parameters(period).inpatient.deductible
    own = np.where(person("stay", period) >= 2, law.later, law.first)
    return np.minimum(own, person("eligible", period))


@figure("What the pooled fund would pay without its cap")
def fund_share(person, period, parameters):
    return half_up(sum(part * rate for part, rate in bands(person, period, parameters)), MILLION)


@figure("What the pooled fund pays")
def pool_pays(person, period, parameters):
    room = np.maximum(parameters(period).inpatient.pool_cap - person("used_cap", period), 0)
    return np.minimum(person("fund_share", period), room)


@figure("Cost left over by the exhausted fund, from the highest segment downwards")
def beyond_cap(person, period, parameters):
    unpaid = (wide(person("fund_share", period)) - person("pool_pays", period)) * MILLION
    listed = list(bands(person, period, parameters))
    total = 0
    for part, rate in reversed(listed):
        total = total + np.minimum(part, half_up(np.maximum(unpaid, 0), rate))
        unpaid = unpaid - part * rate
    return total


@figure("What the large-amount insurance pays")
def large_amount_pays(person, period, parameters):
    law = parameters(period).inpatient
    used = np.maximum(wide(person("used_cap", period)) - law.pool_cap, 0)
    rate = wide(law.large_rate[person("status", period)])
    share = half_up(wide(person("beyond_cap", period)) * rate, MILLION)
    return np.minimum(share, np.maximum(law.large_cap - used, 0))


@figure("What the retirees' supplement pays")
def supplement(person, period, parameters):
    rate = wide(parameters(period).inpatient.supplement_rate[person("status", period)])
    inside = sum(part for part, _ in bands(person, period, parameters))
    left = np.maximum(inside - person("beyond_cap", period) - person("pool_pays", period), 0)
    return half_up(wide(left) * rate, MILLION)


@figure("What the fund pays in all")
def fund_pays(person, period, parameters):
    return person("pool_pays", period) + person("supplement", period)


@figure("What is left to the person")
def person_pays(person, period, parameters):
    return person("cost", period) - person("fund_pays", period) - person("large_amount_pays", period)


FIGURES = [
    eligible, deductible, fund_share, pool_pays, beyond_cap, large_amount_pays, supplement, fund_pays, person_pays,
]  # fmt: skip


def dated(law, since):
    """Plain figures as OpenFisca's parameter data, each in force since a day."""
    if isinstance(law, dict):
        return {name: dated(value, since) for name, value in law.items()}
    return {"values": {since: {"value": law}}}


def system(law, since):
    """A tax and benefit system with the figures of the law."""
    made = TaxBenefitSystem([Person])
    made.parameters = ParameterNode("", data={"inpatient": dated(law, since)})
    for variable in INPUTS + FIGURES:
        made.add_variable(variable)
    return made
