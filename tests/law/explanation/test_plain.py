"""The printed rules against the rules themselves: same figures, same refusals, for every rule, area and input."""

from __future__ import annotations

import ast
import inspect
import traceback
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.explanation import explain, plain, read
from yibao.law.explanation.plain import Printer
from yibao.law.helpers import rounded, share, within
from yibao.law.parameters import Keyed
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.registry import VERSIONS
from yibao.law.rules.inpatient import InpatientLaw, Segment, inpatient
from yibao.law.values import Fen, Gap, LawError, Level, Missing, NeedsFact, Scheme, Sex, Status, Unset

RULES = sorted({v.function for versions in VERSIONS.values() for v in versions}, key=lambda f: f.__name__)
AREAS = ["110000", "310000", "340100", "440300", "500000", "620100", "630200"]
DAYS = [date(2021, 6, 1), date(2023, 10, 1), date(2025, 6, 1)]
KINDS = {"scheme": Scheme, "status": Status, "level": Level, "sex": Sex, "flexible": bool}
EDGES = [0, 1, 2, 49, 50, 51, 300, 720, 65_000, 130_000, 3_000_000, 4_000_000, 10_000_000, 40_000_000, 70_000_000]


class Case(NamedTuple):
    """Where, when, and a person by inputs; None is what is not known (hypothesis may not look at an Unset)."""

    area: str
    day: date
    pick: Pick
    person: dict[str, int | None]


class Toy(NamedTuple):
    fund_pays: Fen


def choices(p: InpatientLaw, scheme: Scheme, status: Status, cost: Fen, used_cap: Fen) -> Toy:
    """What the registered rules do not do: choices of look-ups and sums, a local that is set again."""
    early = status == Status.RETIRED and cost > 0 and p.large_cap[scheme] > used_cap
    fund_pays = (
        min(p.large_cap[scheme], cost - used_cap)
        if early or not p.large_rate[scheme, status] > used_cap
        else rounded(sum(s.rate * within(cost, s.lower, s.upper) for s in p.critical_segments[scheme]))
    )
    fund_pays = max(fund_pays - used_cap, share(cost, p.large_rate[scheme, status]))
    fund_pays = max(fund_pays - used_cap, share(cost, p.large_rate[scheme, status]))
    return Toy(fund_pays)


def one(name: str, low: int, high: int) -> st.SearchStrategy[Any]:
    numbers = st.integers(low, high) | st.sampled_from([low, high, *(x for x in EDGES if low <= x <= high)])
    if high > 10**8:
        numbers |= st.integers(low, 10**8)
    known = numbers.map(KINDS.get(name, int))
    return st.integers(0, 24).flatmap(lambda n: known if n else st.none())


def cases(rule: Callable[..., Any]) -> st.SearchStrategy[Case]:
    """The law of an area on a day, and a person of whom not everything is known."""
    person = st.fixed_dictionaries({name: one(name, x.low, x.high) for name, x in read(rule).inputs.items()})
    return st.builds(Case, st.sampled_from(AREAS), st.sampled_from(DAYS), st.sampled_from(["", "low"]), person)


def outcome(rule: Callable[..., Any], case: Case, function: Callable[..., Any] | None = None) -> tuple[Any, ...]:
    """What comes of a rule or of what was made of it: kinds and figures, or which refusal of what."""
    law = resolve(read(rule).law_class, case.area, case.day, case.pick)
    try:
        found = (function or rule)(law, *(Unset(k) if v is None else v for k, v in case.person.items()))
        for value in found if isinstance(found, tuple) else ():
            if isinstance(value, Gap | Unset):
                raise value.error()
    except Missing as error:
        return "missing", error.gap.path, error.gap.why
    except NeedsFact as error:
        return "needs", error.name
    except ZeroDivisionError:  # a rule printed wrongly may divide by nothing
        return ("divided",)
    if isinstance(found, tuple):
        return type(found), *((type(value), value) for value in found)
    return type(found), found


@pytest.mark.parametrize("rule", [*RULES, choices], ids=lambda f: f.__name__)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_printed_rule_is_the_rule(rule: Callable[..., Any], data: st.DataObject) -> None:
    case = data.draw(cases(rule))
    expected = outcome(rule, case)
    assert outcome(rule, case, plain(rule)) == expected
    told = outcome(rule, case, lambda *given: explain(rule, *given).value)
    if told[0] == "missing":  # telling a step meets a gap as soon as a local holds it, the rule when it uses it
        assert expected[0] in ("missing", "needs")
    else:
        assert told == expected


class Careless(Printer):
    """Prints a floor as a cap."""

    def call(self, e: ast.expr, name: str, args: list[ast.expr]) -> ast.expr:
        return super().call(e, "min" if name == "max" else name, args)


class Forgetful(Printer):
    """Works a part out early that the rule works out only if it needs it."""

    def choice(self, e: ast.expr, test: ast.expr, yes: ast.expr, no: ast.expr) -> ast.expr:
        return super().choice(e, test, *self.operands(yes, no))


@pytest.mark.parametrize(("rule", "printer"), [(inpatient, Careless), (choices, Careless), (choices, Forgetful)])
def test_the_comparison_notices_a_wrong_printer(rule: Callable[..., Any], printer: type[Printer]) -> None:
    wrong = printer(read(rule)).function()
    quick = settings(max_examples=10_000, phases=[Phase.generate], database=None)
    assert find(cases(rule), lambda case: outcome(rule, case, wrong) != outcome(rule, case), settings=quick)


def test_no_operand_is_worked_out_twice() -> None:
    source = ast.unparse(ast.fix_missing_locations(Printer(read(inpatient)).module()))
    assert source.count("p.supplement_rate[") == 1
    assert source.count("p.segments[") == 1
    assert not [name for name in ("within", "share", "half_up", "rounded", "sum", "max", "min") if f"{name}(" in source]


def test_the_first_of_two_unknown_things_is_told() -> None:
    known = dict(zip(read(inpatient).inputs, (0, 0, 0, 60, 3, 10**7, 0, 0, 1, *[0] * 6), strict=True))
    for names in (("cost", "excluded"), ("stay", "used_cap"), ("level", "used_cap"), ("used_cap", "cost")):
        case = Case("110000", DAYS[-1], "", known | dict.fromkeys(names))
        assert outcome(inpatient, case, plain(inpatient)) == outcome(inpatient, case)


@pytest.mark.parametrize("printed", [plain(inpatient), lambda *given: explain(inpatient, *given)])
def test_a_refusal_points_at_the_line_of_the_rule(printed: Callable[..., Any]) -> None:
    law = resolve(InpatientLaw, "110000", date(2025, 6, 1))
    arguments = (Scheme.EMPLOYEE, Status.ACTIVE, 0, 60, Level.THREE, 10**7, 0, 0, 1, 0, Unset("used_cap"), *[0] * 4)
    with pytest.raises(LawError) as caught:
        printed(law, *arguments)
    with pytest.raises(LawError) as wanted:
        inpatient(law, *arguments)
    here = inspect.getsourcefile(inpatient)
    lines = [
        [frame.lineno for frame in traceback.extract_tb(error.value.__traceback__) if frame.filename == here]
        for error in (caught, wanted)
    ]
    assert lines[0] == lines[1] != []


def test_a_table_looks_only_at_what_tells_its_cells_apart() -> None:
    first, other = (Segment(0, 1, 2),), (Segment(0, 1, 3),)
    table = Keyed("t", (0, 1), {(0, -1): first, (1, 2): other}, {(0, -1): "t_0", (1, 2): "t_1_2"})
    for _ in range(2):  # the second time from memory
        assert table[0, Unset("level")] is first
        assert table.name((0, Unset("level"))) == "t_0"
        assert table[1, 2] is other
        assert table.name((1, 2)) == "t_1_2"
        with pytest.raises(NeedsFact):
            table[1, Unset("level")]
        missing: Any = table[1, 3]
        with pytest.raises(Missing):
            missing[0]
        assert table.name((1, 3)) == ""
    bands = Keyed("t", (1,), {(0,): first, (60,): other}, ages=((0, 59), (60, 130)))
    assert (bands[0, 59], bands[0, 60], bands[0, 59]) == (first, other, first)
    assert Keyed.same(first)[Unset("sex")] is first
