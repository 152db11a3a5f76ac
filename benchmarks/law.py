"""What one answer costs: starting, answering once from the command line, one stay in hospital plain and explained.

The measured stay is one in 北京, third-level hospital, 500,000 yuan: it goes through every segment, past the yearly cap
and into the large-amount insurance; a retiree's also into the retirees' supplement. The figure is the slower of the
two. OpenFisca answers the retiree's question for one person in a process of its own. Before any time counts, explained
figures and OpenFisca's are compared with the plain rule's over a grid of cases.

import_s       `python -c "import yibao.services.answers"` less `python -c pass`: everything that an answer needs
cold_answer_s  from starting `yibao answer allocation …` until it has printed and ended; the law's pack is there
plain_us       one call of the rule as printed for speed (`plain`), its law resolved beforehand
explained_us   the same with every step in words and as a formula
openfisca_us   one simulation for one person: built, inputs set, three figures calculated; its system made beforehand
"""

import json
import os
import random
import sys
import tempfile
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.measuring import PEERS, REPEATS, Result, Row, asked, calls_us, peer, process_s
from yibao.law.explanation import explain, plain
from yibao.law.parameters.resolving import resolve
from yibao.law.rules.inpatient import InpatientLaw, inpatient
from yibao.law.values import Level, Scheme, Status

LIMITS = {"import_s": 0.15, "cold_answer_s": 0.6, "plain_us": 4, "explained_us": 40}
AREA, ON = "110000", date(2025, 6, 1)
LEVELS = {"one": Level.ONE, "two": Level.TWO, "three": Level.THREE}
STATUSES = {"active": Status.ACTIVE, "retired": Status.RETIRED}
QUESTION = ["answer", "allocation", "--area", "北京", "--scheme", "employee", "--status", "retired", "--age", "69"]
Case = dict[str, Any]
MEASURED: Case = {
    "status": "retired", "level": "three", "cost": 50_000_000, "excluded": 0, "upfront": 0, "stay": 1, "used_cap": 0,
}  # fmt: skip


def run() -> Result:
    """Compares first, then measures."""
    law = resolve(InpatientLaw, AREA, ON)
    cases = grid()
    simple_figures = [tuple(plain(inpatient)(law, *arguments(case)))[-3:] for case in cases]
    told = [tuple(explain(inpatient, law, *arguments(case)).value)[-3:] for case in cases]
    peer = openfisca(law, cases)
    wrong_told = sum(a != b for a, b in zip(simple_figures, told, strict=True))
    wrong_peer = sum(list(a) != b for a, b in zip(simple_figures, peer["results"], strict=True))
    table, figures = starts()
    for status in STATUSES:
        given = arguments(MEASURED | {"status": status})
        simple = Row(f"inpatient, {status}: yibao, plain", plain_us(law, given), "us", 0)
        worded = Row(f"inpatient, {status}: yibao, explained", explained_us(law, given), "us", wrong_told)
        table += [simple, worded]
        figures["plain_us"] = max(figures.get("plain_us", 0), simple.median)
        figures["explained_us"] = max(figures.get("explained_us", 0), worded.median)
    table += [
        Row("inpatient, retired: OpenFisca-core", peer["plain_us"], "us", wrong_peer),
        Row("inpatient, retired: OpenFisca-core, traced", peer["traced_us"], "us", wrong_peer),
    ]
    figures["openfisca_us"] = table[-2].median
    return Result(len(cases), figures, table)


def plain_us(law: InpatientLaw, given: tuple[int, ...]) -> list[float]:
    """Microseconds of the rule alone, as it is printed for speed."""
    printed = plain(inpatient)
    return calls_us(lambda: printed(law, *given), 20_000)


def explained_us(law: InpatientLaw, given: tuple[int, ...]) -> list[float]:
    """Microseconds of the rule with every step told."""
    return calls_us(lambda: explain(inpatient, law, *given), 2_000)


def grid() -> list[Case]:
    """Cases on both sides of every limit of the law, and drawn ones with odd fen; amounts that OpenFisca can hold."""
    drawn = random.Random(20250601)
    costs = [0, 64_999, 65_000, 130_000, 130_001, 3_000_000, 3_000_001, 4_000_000, 10_000_000, 10_690_000, 60_000_000]
    costs += [drawn.randrange(100, 200_000_000) for _ in range(12)]
    costs += [drawn.randrange(100, 9_999_999) for _ in range(12)]
    return [
        {
            "status": status,
            "level": level,
            "cost": cost,
            "excluded": drawn.randrange(0, cost // 5 + 1),
            "upfront": drawn.randrange(0, cost // 9 + 1),
            "stay": drawn.randrange(1, 4),
            "used_cap": used,
        }
        for status, level, cost, used in product(STATUSES, LEVELS, costs, (0, 9_999_999, 10_000_000, 45_000_000))
    ]


def arguments(case: Case) -> tuple[int, ...]:
    """The case as the rule's own arguments, without its law."""
    own = {"scheme": Scheme.EMPLOYEE, "tier": 0, "age": 69, "used_deductible": 0, "continuous_months": 600}
    own |= {"retired_month": 0, "away_upfront": 0, "rate_cut": 0}
    own |= case | {"status": STATUSES[case["status"]], "level": LEVELS[case["level"]]}
    code = inpatient.__code__
    return tuple(own[name] for name in code.co_varnames[1 : code.co_argcount])


def figures_of_the_law(law: InpatientLaw) -> dict[str, Any]:
    """The figures that the peer's formulas name, from our parameters."""
    scheme, retired, three = Scheme.EMPLOYEE, Status.RETIRED, Level.THREE
    first, later = law.deductibles[scheme, three, retired, 0, False]
    segments = law.segments[scheme, three, retired, 0, 69]

    def rates(level: Level, status: Status) -> dict[str, int]:
        return {f"rate_{place}": row.rate for place, row in enumerate(law.segments[scheme, level, status, 0, 69], 1)}

    return {
        "deductible": {"first": first.amount, "later": later.amount},
        "uppers": {f"to_{place}": row.upper for place, row in enumerate(segments, 1)},
        "rates": {name: {s: rates(level, own) for s, own in STATUSES.items()} for name, level in LEVELS.items()},
        "pool_cap": law.pool_cap[scheme, 0][0].amount,
        "large_cap": law.large_cap[scheme],
        "large_rate": {name: law.large_rate[scheme, status] for name, status in STATUSES.items()},
        "supplement_rate": {name: law.supplement_rate[scheme, status] for name, status in STATUSES.items()},
    }


def openfisca(law: InpatientLaw, cases: list[Case]) -> Any:
    """What OpenFisca answers to the cases, and how long one person takes it."""
    question = {
        "law": figures_of_the_law(law), "cases": cases, "measured": MEASURED, "calls": 50, "repeats": REPEATS,
    }  # fmt: skip
    return asked([peer("openfisca"), PEERS / "openfisca" / "answer.py"], json.dumps(question))


def starts() -> tuple[list[Row], dict[str, float]]:
    """How long Python, the import and a whole answer take; the three are taken in turn, so that noise meets all."""
    bare, needed = [sys.executable, "-c", "pass"], [sys.executable, "-c", "import yibao.services.answers"]
    answer = [*_command(), *QUESTION]
    took: dict[str, list[float]] = {"bare": [], "import": [], "answer": [], "first": []}
    for command in (needed, answer):
        process_s(command)  # byte code and the law's pack are made here
    for _ in range(REPEATS + 2):
        took["bare"].append(process_s(bare))
        took["import"].append(process_s(needed))
        took["answer"].append(process_s(answer))
    for _ in range(5):
        with tempfile.TemporaryDirectory() as empty:
            took["first"].append(process_s(answer, {**os.environ, "XDG_CACHE_HOME": empty}))
    start = Row("python -c pass", took["bare"], "s")
    imported = Row("import yibao.services.answers, less that", [one - start.median for one in took["import"]], "s")
    cold = Row("yibao answer allocation", took["answer"], "s")
    first = Row("yibao answer allocation, law not yet packed", took["first"], "s")
    return [start, imported, cold, first], {"import_s": imported.median, "cold_answer_s": cold.median}


def _command() -> list[str]:
    installed = Path(sys.executable).with_name("yibao")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "yibao.channels.cli.main"]
