"""What the tests of simulations ask: two changes of the law, over people made up with one seed."""

from datetime import date
from typing import Any

import pyarrow as pa

from yibao.population.comparing import Question
from yibao.services.results import Done
from yibao.services.simulate import Asked, Simulated, simulate
from yibao.services.simulate.people import made_up

Row = dict[str, int]
ON = date(2025, 6, 1)
CHONGQING = ("500000", "allocation", "allocation.retired_bands=x2.5%/2%", 3_000)
BEIJING = ("110000", "inpatient", "inpatient.deductibles=x0.5", 6_000)


def run(area: str, change: str, rows: int = 3_000, **more: Any) -> Simulated:
    done = simulate(Asked((area,), (change,), ON, rows=rows, seed=7, threads=1, **more))
    assert isinstance(done, Done), done
    return done.value


def question(area: str, chain: str, change: str) -> Question:
    return Question(chain, (change,), (area,), ON, threads=1)


def people(asked: Question, rows: int) -> pa.Table:
    return pa.concat_tables(made_up(asked, rows, 7)[0])
