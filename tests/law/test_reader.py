"""Is a rule that says more than the little language refused, with file, line, caret and what to write instead?"""

import inspect
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.law import bad_rules

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.explanation.reader import read
from yibao.law.registry import CLAUSES, VERSIONS, RuleError, in_force, rule
from yibao.law.values import Missing

REFUSED = [  # the rule, what the caret points at, what the message says
    (bad_rules.float_literal, "0.02", "0.02 is a float; write a rate in parts per million"),
    (bad_rules.true_division, "base * 2 / 100", "write half_up(n, d), or // for rounding down"),
    (bad_rules.loop, "while", "assignments, if and return only, not While"),
    (bad_rules.for_loop, "for", "assignments, if and return only, not For"),
    (bad_rules.caught, "try", "assignments, if and return only, not Try"),
    (bad_rules.comprehension, "[b.amount", "ListComp is not part of the language"),
    (bad_rules.filtered_sum, "(b.amount", "sum runs over one table of the law, without a condition"),
    (bad_rules.recursive, "recursive(p", "recursive calls itself; a rule may not"),
    (bad_rules.unknown_name, "deducted", "deducted is not set on every path"),
    (bad_rules.set_on_one_path, "deducted", "deducted is not set on every path"),
    (bad_rules.not_a_term, "zwischensumme", "not a term of the glossary; add it to law/terms.yaml"),
    (bad_rules.argument_not_a_term, "salary", "not a term of the glossary; add it to law/terms.yaml"),
    (bad_rules.without_range, "def", "argument base has no declared range; write Fen, Ppm, Age"),
    (bad_rules.without_law, "def", "the first argument of a rule is its law"),
    (bad_rules.no_field_of_the_law, "p.activ_rate", "SomeLaw has no field activ_rate"),
    (bad_rules.call_without_words, "without_words(", "without_words has no words; use min, max, sum, half_up"),
    (bad_rules.builtin_without_words, "abs(", "abs has no words"),
    (bad_rules.keyword_argument, "share(", "give a helper its arguments by position"),
    (bad_rules.one_to_max, "max(", "min and max take two or more"),
    (bad_rules.wrong_name_returned, "deducted)", "return the local named allocation_net"),
    (bad_rules.expression_returned, "base * 2", "return the local named allocation_net"),
    (bad_rules.number_returned, "allocation_net", "a rule returns a NamedTuple of its figures, or NotApplicable"),
    (bad_rules.path_without_return, "def", "not every path of the rule returns a value"),
    (bad_rules.augmented, "allocation_net +=", "assignments, if and return only, not AugAssign"),
    (bad_rules.two_targets, "allocation_gross =", "assignments, if and return only, not Assign"),
    (bad_rules.minus_sign, "-base", "UnaryOp is not part of the language"),
    (bad_rules.power, "base**2", "BinOp is not part of the language"),
    (bad_rules.text, '"a lot"', "Constant is not part of the language"),
    (bad_rules.walrus, "deducted :=", "NamedExpr is not part of the language"),
    (bad_rules.no_member, "Status.DEAD", "Status.DEAD is not a member of an enum"),
    (bad_rules.too_few_returned, "Both(", "allocation_net"),
    (bad_rules.returned_by_keyword, "Net(", "allocation_net"),
    (bad_rules.input_set_anew, "base =", "base"),
]


def place(function: Any, pointed: str) -> tuple[int, int]:
    """Line in the file and column of what is at fault."""
    lines, first = inspect.getsourcelines(function)
    row = next(row for row, line in enumerate(lines) if line.endswith("# here\n"))
    return first + row, lines[row].index(pointed)


@pytest.mark.parametrize(("function", "pointed", "says"), REFUSED, ids=[case[0].__name__ for case in REFUSED])
def test_refused_with_line_caret_and_advice(function: Any, pointed: str, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        read(function)
    first, code, caret = str(refused.value).splitlines()
    line, column = place(function, pointed)
    assert first.startswith(f"bad_rules.py:{line}: ")
    assert says in first
    assert caret.index("^") - 4 == column
    assert code[4:][column:].startswith(pointed)


def test_every_bad_rule_is_tried() -> None:
    written = {
        name
        for name, f in vars(bad_rules).items()
        if inspect.isfunction(f) and f.__module__ == bad_rules.__name__ and "# here" in inspect.getsource(f)
    }
    assert written == {function.__name__ for function, _, _ in REFUSED}


def test_good_rule_is_read() -> None:
    reading = read(bad_rules.good)
    assert reading.law == "p"
    assert {name: (r.low, r.high) for name, r in reading.inputs.items()} == {"status": (0, 1), "base": (0, 10**11)}


@pytest.mark.parametrize("version", [v for versions in VERSIONS.values() for v in versions], ids=lambda v: v.topic)
def test_rules_of_the_law_are_well_written(version: Any) -> None:
    assert read(version.function).tree.name == version.function.__name__
    assert version.clause


@pytest.fixture
def topic() -> Iterator[str]:
    """A topic of its own, gone afterwards: the register is one for the whole process."""
    clauses = dict(CLAUSES)
    yield "made_up_for_a_test"
    VERSIONS.pop("made_up_for_a_test", None)
    CLAUSES.clear()
    CLAUSES.update(clauses)


def made_up(p: Any) -> None:
    """A function to register."""


@pytest.mark.parametrize(
    ("since", "until"),
    [("2020-06-01", "2020-12-31"), ("2019-01-01", "2020-01-01"), ("2020-12-31", None), ("2010-01-01", None)],
)
def test_two_versions_on_one_day_are_refused(topic: str, since: str, until: str | None) -> None:
    rule("第一条", since="2020-01-01", until="2020-12-31", topic=topic)(made_up)
    with pytest.raises(RuleError, match="made_up: in force together with the version of 2020-01-01"):
        rule("第二条", since=since, until=until, topic=topic)(made_up)
    assert len(VERSIONS[topic]) == 1


def test_versions_follow_each_other(topic: str) -> None:
    rule("第一条", since="2020-01-01", until="2020-12-31", topic=topic)(made_up)
    rule("第二条", since="2021-01-01", topic=topic)(made_up)
    assert in_force(topic, date(2020, 12, 31)).clause == "第一条"
    assert in_force(topic, date(2021, 1, 1)).clause == "第二条"


def test_hole_is_missing_and_says_what_is_missing(topic: str) -> None:
    rule("第一条", since="2020-01-01", until="2020-12-31", topic=topic)(made_up)
    rule("第二条", since="2022-01-01", until="2022-12-31", topic=topic)(made_up)
    with pytest.raises(Missing) as before:
        in_force(topic, date(2019, 12, 31))
    assert before.value.gap.path == topic
    assert "2020年1月1日以前" in before.value.gap.why
    for day in (date(2021, 6, 1), date(2023, 1, 1)):
        with pytest.raises(Missing) as hole:
            in_force(topic, day)
        assert "2020年1月1日以前" not in hole.value.gap.why  # that would be said of the wrong years
