"""Spark: what is told without one; and, with a real master and two workers, the same fen by both ways (`make soak`)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yibao.population import spark
from yibao.population.comparing import Question, tally_files
from yibao.population.errors import PopulationError
from yibao.population.rows import explain_row
from yibao.population.runs import run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "spark_local.sh"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.mark.parametrize(
    ("master", "code"),
    [
        ("spark://", "wrong_master"),
        ("spark://127.0.0.1", "wrong_master"),
        ("127.0.0.1:7077", "wrong_master"),
        ("local[2]", "spark_missing"),
    ],
)
def test_a_cluster_that_cannot_be_used_is_told_in_one_sentence(master: str, code: str) -> None:
    with pytest.raises(PopulationError) as told:
        spark.each(len, [Path("people.parquet")], master)  # type: ignore[arg-type]
    assert told.value.code == code


def test_a_master_that_does_not_answer_is_named() -> None:
    master = f"spark://127.0.0.1:{free_port()}"
    with pytest.raises(PopulationError, match="连不上") as told:
        spark.each(len, [], master)  # type: ignore[arg-type]
    assert told.value.code == "master_unreachable"
    assert master in told.value.message


def test_the_script_names_the_package_where_java_is_too_old(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    done = subprocess.run([SCRIPT], env={**os.environ, "JAVA_HOME": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "apt-get install -y openjdk-17-jre-headless" in done.stderr


# --- with a real master and two workers: make soak --------------------------------------------------------------------

ROWS, FILES = 24_000, 12
DAYS = [date(2024, 6, 30), date(2025, 6, 30)]
AREAS = [110000, 500000, 440300, 320200, 330100, 999999]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People of several areas and days, in twelve files; some do not say how old they are, some live nowhere.

    The same without their area stand beside them, in `alone`.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from yibao.population.people.making import make

    place = tmp_path_factory.mktemp("people")
    make(ROWS, "北京", DAYS[1], place / "all.parquet", progress=False)
    made = pq.read_table(place / "all.parquet")
    every = np.arange(ROWS)
    columns = {
        "area": pa.array(np.array(AREAS, np.int32)[every % len(AREAS)]),
        "on": pa.array(np.array(DAYS, "datetime64[D]")[every // 5 % 2]),
        "age": pa.array(made["age"].to_numpy(), mask=every % 7 == 0),
    }
    for name, column in columns.items():
        at = made.schema.get_field_index(name)
        made = made.set_column(at, name, column) if at >= 0 else made.append_column(name, column)
    for name, table in (("people", made), ("alone", made.drop_columns(["area"]))):
        (place / name).mkdir()
        for n in range(FILES):
            part = table.slice(n * ROWS // FILES, ROWS // FILES)
            pq.write_table(part, place / name / f"part-{n}.parquet", row_group_size=700)
    return place / "people"


@pytest.fixture(scope="module")
def told(people: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """What the driver says of a cluster of which one worker is killed; and the folder that it wrote."""
    out = tmp_path_factory.mktemp("out")
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(people / "part-0.parquet")
    texts = pa.array([str(age) for age in table["age"].to_pylist()])
    pq.write_table(table.set_column(table.schema.get_field_index("age"), "age", texts), out / "text.parquet")
    driver = Path(__file__).with_name("spark_driver.py")
    command = [SCRIPT, ROOT / ".venv-spark" / "bin" / "python", driver, people, out]
    environment = {**os.environ, "SPARK_PORT": str(free_port()), "SPARK_STATE": str(out / "state")}
    done = subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Lost executor" in done.stderr, "the worker died too late"
    left = subprocess.run(["pgrep", "-f", str(out / "state")], capture_output=True, text=True)
    assert left.stdout == "", "a master or a worker is left"
    return json.loads(done.stdout.strip().splitlines()[-1]), out


def here(people: Path, out: Path, **asked: Any) -> dict[str, Any]:
    return run(people, out, "allocation", progress=False, **asked).to_json()


@pytest.mark.soak
def test_both_ways_give_the_fen_of_a_run_here_also_with_a_worker_killed(
    told: tuple[dict[str, Any], Path], people: Path, tmp_path: Path
) -> None:
    found, _ = told
    whole = here(people, tmp_path / "whole")
    assert whole["rows"] == ROWS
    assert {"0", "1", "3"} <= set(whole["reasons"]), "figures, facts that are missing, and nowhere"
    for way in ("files", "again", "sql", "sums", "totals", "killed"):
        assert found[way] == whole, way
    one = here(people.with_name("alone"), tmp_path / "one", on=DAYS[1], area="北京", outputs=("allocation_net",))
    assert found["one"] == [one, one]
    assert found["slowly"] == [int(path.stem.rpartition("-")[2]) for path in sorted(people.glob("*.parquet"))]


@pytest.mark.soak
def test_row_by_row_both_ways_write_what_a_run_here_writes(
    told: tuple[dict[str, Any], Path], people: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    _, out = told
    here(people, tmp_path / "here")
    whole = pq.read_table(tmp_path / "here").sort_by("person_id")
    for way in ("files", "killed", "sql", "totals"):
        assert pq.read_table(out / way).select(whole.column_names).sort_by("person_id").to_pylist() == whole.to_pylist()
    assert sorted(path.name for path in (out / "killed").iterdir() if path.name[0] != ".") == sorted(
        [f"part-{n}.parquet" for n in range(FILES)] + ["_run.json"]
    )
    assert explain_row(out / "killed", 2).agrees


@pytest.mark.soak
def test_a_what_if_is_the_same_and_refusals_come_as_one_sentence(
    told: tuple[dict[str, Any], Path], people: Path
) -> None:
    found, _ = told
    question = Question("allocation", ("allocation.active_rate=2.5%",), ("110000",), DAYS[1])
    assert found["engine"] == tally_files(question, sorted(people.glob("*.parquet"))).sums
    assert "age 应是整数" in found["text"], "said by a worker"
    assert "不是空的" in found["full"]
    assert ["不都是 110000" in told for told in found["elsewhere"]] == [True, True]
