"""The rules as an OpenFisca user writes them."""

from numpy import floor, where
from numpy import maximum as max_
from numpy import minimum as min_

from country import CORE, core

Variable = core("variables").Variable
ETERNITY, MONTH = core("periods").ETERNITY, core("periods").MONTH
Enum = core("enums" if CORE == "policyengine_core" else "indexed_enums").Enum
Person = core("entities").build_entity(key="person", plural="persons", label="Person", is_person=True)


class Area(Enum):
    beijing = "Beijing"
    shandong = "Shandong"
    shanghai = "Shanghai"
    anhui = "Anhui"
    gansu = "Gansu"
    rate_a = "Rate A"
    rate_b = "Rate B"
    rate_c = "Rate C"


class Scheme(Enum):
    employee = "Employee"
    resident = "Resident"


class Level(Enum):
    level_1 = "Level 1"
    level_2 = "Level 2"
    level_3 = "Level 3"


def given(name, kind, **more):
    fields = dict(
        value_type=kind, entity=Person, definition_period=MONTH, label=name.replace("_", " "), **more
    )
    return type(name, (Variable,), fields)


area = given("area", Enum, possible_values=Area, default_value=Area.beijing)
scheme = given("scheme", Enum, possible_values=Scheme, default_value=Scheme.employee)
level = given("level", Enum, possible_values=Level, default_value=Level.level_1)
age = given("age", int)
retired = given("retired", bool)
total = given("total", int)
self_share = given("self_share", float)
admission = given("admission", int)
fund_so_far = given("fund_so_far", int)


def half_up(x):
    return floor(x + 0.5)


class credit(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Monthly credit to a retired employee's account, in fen"
    reference = "https://law.example/credit"

    def formula(person, period, parameters):
        at = parameters(period)
        area = person("area", period)
        rule = at.retiree_credit[area]
        fixed = where(person("age", period) >= rule.split_age, rule.older, rule.younger)
        by_rate = half_up(at.pension.average * rule.rate)
        scheme = person("scheme", period)
        eligible = person("retired", period) * (scheme == scheme.possible_values.employee)
        return eligible * where(rule.rate > 0, by_rate, fixed)


class base(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Eligible cost above the deductible, in fen"

    def formula(person, period, parameters):
        p = parameters(period).inpatient
        total = person("total", period)
        own = half_up(total * person("self_share", period))
        first = person("admission", period) <= 1
        return max_(total - own - where(first, p.first_deductible, p.later_deductible), 0)


class share(Variable):
    value_type = float
    entity = Person
    definition_period = MONTH
    label = "Share of the base the basic fund pays"

    def formula(person, period, parameters):
        p = parameters(period).percent[person("level", period)]
        return where(person("retired", period), p.retired, p.active)


class room(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "What the basic fund may still pay this year, in fen"

    def formula(person, period, parameters):
        return max_(parameters(period).inpatient.basic_cap - person("fund_so_far", period), 0)


class basic_pay(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Basic fund pay, in fen"

    def formula(person, period, parameters):
        return min_(half_up(person("base", period) * person("share", period)), person("room", period))


class large_pay(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Large-amount fund pay, in fen"

    def formula(person, period, parameters):
        base, share, room = (person(n, period) for n in ("base", "share", "room"))
        over = half_up(base * share) > room
        above = where(over, base - half_up(room / share), 0)
        return half_up(max_(above, 0) * parameters(period).inpatient.large_rate)


class self_pay(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Self pay, in fen"

    def formula(person, period, parameters):
        return person("total", period) - person("basic_pay", period) - person("large_pay", period)


VARIABLES = [
    area,
    scheme,
    level,
    age,
    retired,
    total,
    self_share,
    admission,
    fund_so_far,
    credit,
    base,
    share,
    room,
    basic_pay,
    large_pay,
    self_pay,
]
