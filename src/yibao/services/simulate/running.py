"""The use case: a change of the law as it was typed, run over people, with everything that a report tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yibao.law.lowering.chains import CARRIED
from yibao.law.registry import RuleError
from yibao.population import sources
from yibao.population.amounts import ScenarioError
from yibao.population.comparing import Question, add, chain_of, tally_files
from yibao.population.errors import PopulationError
from yibao.population.scenarios import NO_CHANGE, parse
from yibao.population.tally import Tally
from yibao.services.answers.places import place_with_law
from yibao.services.clock import today
from yibao.services.results import Done, Refused
from yibao.services.simulate.people import made_up, of_files
from yibao.services.simulate.result import Simulated

ROWS, SEED = 100_000, 1
MOST_ROWS = 10**9
Told = Callable[[int, int], object]
"""Hears how many rows are done, of how many."""


@dataclass(frozen=True)
class Asked:
    """A what-if as it was typed: areas by name or code, changes, the day, and on whom (files, or rows and a seed)."""

    areas: tuple[str, ...]
    changes: tuple[str, ...]
    on: date
    files: tuple[Path, ...] = ()
    rows: int = ROWS
    seed: int = SEED
    chain: str = ""
    threads: int = 2
    note: str = ""


Engine = Callable[[Question, Sequence[Path]], Tally]
"""What makes the tally of files elsewhere than in this process."""


def silent(done: int, of: int) -> None:
    """Who does not want to hear of it."""


def simulate(asked: Asked, told: Told = silent, engine: Engine | None = None) -> Done[Simulated] | Refused:
    """What a change of the law would cost, and for whom it is better or worse; refuses what cannot be run, and why."""
    codes = []
    for area in asked.areas:
        place = place_with_law(area)
        if isinstance(place, Refused):
            return place
        if place.value.kind != "pooling":
            message = f"{place.value.name}不是统筹区，请写一个市，例如 北京、重庆、合肥。"
            return Refused("not_a_pooling_area", message, field="area")
        codes.append(place.value.code)
    if not 1 <= asked.rows <= MOST_ROWS:
        return Refused("rows_out_of_range", f"人数要在1到{MOST_ROWS:,}之间。", field="rows")
    try:
        return Done(_run(asked, tuple(dict.fromkeys(codes)), told, engine))
    except ScenarioError as error:
        return Refused(error.code, error.message, error.nearest, "set")
    except PopulationError as error:
        return Refused(error.code, error.message, field="people")
    except RuleError as error:  # a change that the arithmetic cannot be proved safe for
        return Refused("cannot_be_run", f"这样改了以后，规则算不了：{str(error)[:200]}。", field="set")


def question_of(asked: Asked, codes: tuple[str, ...]) -> Question:
    """What is compared; refuses changes that cannot be made."""
    if not asked.changes:
        raise ScenarioError("no_change", NO_CHANGE)
    subject = parse(asked.changes[0]).subject
    chain = asked.chain or chain_of(subject)
    in_turn = chain in CARRIED and not asked.files  # only made-up people bring all claims of their year
    question = Question(chain, asked.changes, codes, asked.on, asked.threads, in_turn)
    if question.scenario.subject not in question.reads:
        said = f"算“{question.outcome.title}”用不到 {subject} 的规定，改它不会有变化。请换 --chain。"
        raise ScenarioError("not_read", said)
    return question


def _run(asked: Asked, codes: tuple[str, ...], told: Told, engine: Engine | None) -> Simulated:
    question = question_of(asked, codes)
    if not asked.files:
        batches, described = made_up(question, asked.rows, asked.seed)
        total, done = question.tally(), 0
        for batch in batches:
            add(question, total, batch)
            done += batch.num_rows
            told(done, 0)
        total.fold()
    else:
        files = [file for one in asked.files for file in sources.files_of(one)]
        total = engine(question, files) if engine else _files(question, files, told)
        described = of_files(asked.files, total.rows)
    return Simulated(question, described, total, today(), command(asked, codes), asked.note)


def _files(question: Question, files: Sequence[Path], told: Told) -> Tally:
    whole = sum(sources.opened(path).metadata.num_rows for path in files)
    done = 0

    def heard(rows: int) -> None:
        nonlocal done
        done += rows
        told(done, whole)

    return tally_files(question, files, heard)


def command(asked: Asked, codes: Sequence[str]) -> str:
    """What gives the same again on the command line."""
    parts = ["yibao simulate", *(f"--area {code}" for code in codes), *(f"--set '{text}'" for text in asked.changes)]
    parts.append(f"--on {asked.on.isoformat()}")
    parts += [f"--chain {asked.chain}"] if asked.chain else []
    parts += [f"--people {path.name}" for path in asked.files] or [f"--rows {asked.rows} --seed {asked.seed}"]
    return " ".join(parts)
