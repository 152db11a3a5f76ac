"""Is the packed law always the law of the files, and does a city inherit what it does not speak of itself?"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yibao.law.parameters import Keyed, Law, given, keyed, loading, resolving
from yibao.law.rules.allocation import AllocationLaw, RetiredBy
from yibao.law.rules.pension import PensionLaw
from yibao.law.values import Gap, Missing, Ppm, Scheme, Status

ON = date(2025, 6, 1)


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the law's files, and a cache folder of its own."""
    shutil.copytree(loading.FOLDER, tmp_path / "parameters", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(loading.TERMS, tmp_path / "terms.yaml")
    monkeypatch.setattr(loading, "FOLDER", tmp_path / "parameters")
    monkeypatch.setattr(loading, "TERMS", tmp_path / "terms.yaml")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def read_anew() -> dict[str, Any]:
    """What a fresh process would read."""
    return loading.tree.__wrapped__()


def packs(folder: Path) -> list[Path]:
    return sorted((folder / "cache" / "yibao").iterdir())


def test_the_pack_holds_what_the_files_say(own_files: Path) -> None:
    first = read_anew()
    assert [pack.suffix for pack in packs(own_files)] == [".json"]
    assert json.loads(packs(own_files)[0].read_bytes()) == first
    assert read_anew() == first
    assert len(packs(own_files)) == 1


@pytest.mark.parametrize("name", ["parameters/110000_beijing/allocation.yaml", "terms.yaml"])
def test_changed_content_is_never_read_stale(own_files: Path, name: str) -> None:
    before = read_anew()
    file = own_files / name
    stamp = file.stat()
    changed = file.read_text(encoding="utf-8").replace("110yuan", "111yuan").replace("plain: 哪一档", "plain: 那一档")
    file.write_text(changed, encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # as long and as old as before
    assert file.stat().st_size == stamp.st_size
    assert read_anew() != before
    assert len(packs(own_files)) == 2


def test_a_renamed_folder_is_another_law(own_files: Path) -> None:
    before = read_anew()
    (own_files / "parameters/110000_beijing").rename(own_files / "parameters/120000_beijing")
    assert set(before["areas"]) - set(read_anew()["areas"]) == {"110000"}


@pytest.mark.parametrize("content", [b"", b'{"terms": ', b"\xff\xfe"])
def test_a_broken_pack_is_made_anew(own_files: Path, content: bytes) -> None:
    before = read_anew()
    pack = packs(own_files)[0]
    pack.write_bytes(content)
    assert read_anew() == before
    assert json.loads(pack.read_bytes()) == before


def test_an_unwritable_cache_is_no_reason_to_give_no_answer(own_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = read_anew()
    (own_files / "a file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_files / "a file"))
    assert read_anew() == usual


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Both pack an empty cache; both answer; one whole pack is left and nothing beside it."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    code = "from yibao.law.parameters.loading import tree; import json; print(json.dumps(tree(), sort_keys=True))"
    command = [sys.executable, "-c", code]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    printed = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert printed[0] == printed[1]
    (pack,) = packs(tmp_path)
    assert json.loads(pack.read_bytes()) == json.loads(printed[0])


@dataclass(frozen=True)
class TestLaw(Law):
    """A law with one field of each kind."""

    __test__ = False
    subject = "made_up"
    rate: Ppm = given()  # noqa: RUF009  declares what is read, as in the rules
    fee: int = given(default=0)
    by_status: Keyed[int] = keyed(int, "scheme", "status")  # noqa: RUF009


CITED = {"cite": "d", "grade": "official", "checked": "2026-11-21"}
AREAS: dict[str, Any] = {
    "000000": {"rate": [{"from": "2010-01-01", "value": "1%", **CITED}],
               "by_status": [{"from": "2010-01-01", "value": "100yuan", **CITED}]},
    "340000": {"rate": [{"from": "2020-01-01", "value": "2%", **CITED},
                        {"from": "2024-01-01", "value": "3%", **CITED}]},
    "340100": {"rate": [{"from": "2022-01-01", "until": "2022-12-31", "value": "4%", **CITED},
                        {"from": "2025-01-01", "gap": "没有查到", "settles": "通知"}],
               "by_status": [{"from": "2010-01-01", "by": ["status"], **CITED, "cells": [
                   {"status": "active", "value": "1yuan"},
                   {"status": "retired", "gap": "没有查到", "settles": "通知"}]}]},
    "340200": {"rate": [{"from": "2020-01-01", "value": "2%~3%", **CITED}]},
}  # fmt: skip


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = {code: {"made_up": {"parameters": keys, "documents": {}}} for code, keys in AREAS.items()}
    monkeypatch.setattr(resolving, "tree", lambda: {"areas": areas})


def law(area: str, on: str, pick: resolving.Pick = "") -> TestLaw:
    return resolving.resolve.__wrapped__(TestLaw, area, date.fromisoformat(on), pick)


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("area", "on", "rate"),
    [
        ("340100", "2022-01-01", 4),  # the city's own
        ("340100", "2022-12-31", 4),
        ("340500", "2023-12-31", 2),  # a city that is silent: the province's
        ("340500", "2024-01-01", 3),
        ("110000", "2024-01-01", 1),  # a province that is silent: the nation's
        ("000000", "2024-01-01", 1),
    ],
)
def test_nearest_file_that_speaks(area: str, on: str, rate: int) -> None:
    assert law(area, on).rate == rate * 10_000


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("area", "on"),
    [
        ("340100", "2021-12-31"),  # the city speaks, but not yet: the province's 2 % is hidden
        ("340100", "2023-01-01"),  # the city's value has run out
        ("340100", "2025-06-01"),  # the city says that it does not know
        ("340500", "2019-12-31"),  # the province speaks, but not yet: the nation's 1 % is hidden
        ("000000", "2009-12-31"),
    ],
)
def test_a_file_that_speaks_hides_those_above(area: str, on: str) -> None:
    rate = law(area, on).rate
    assert isinstance(rate, Gap)
    assert rate.path == "made_up.rate"
    assert rate.why
    with pytest.raises(Missing):
        _ = rate * 2


@pytest.mark.usefixtures("made_up")
def test_a_default_stands_only_where_nobody_speaks() -> None:
    assert law("110000", "2024-01-01").fee == 0


@pytest.mark.usefixtures("made_up")
def test_a_range_is_a_gap_unless_an_end_is_picked() -> None:
    rate = law("340200", "2024-01-01").rate
    assert isinstance(rate, Gap)
    assert rate.range_only
    assert [law("340200", "2024-01-01", end).rate for end in ("low", "high")] == [20_000, 30_000]


@pytest.mark.usefixtures("made_up")
def test_cells_are_found_by_the_dimensions_told_apart() -> None:
    by_status = law("340100", "2024-01-01").by_status
    for scheme in Scheme:
        assert by_status[scheme, Status.ACTIVE] == 100
        assert isinstance(by_status[scheme, Status.RETIRED], Gap)
        assert law("340500", "2024-01-01").by_status[scheme, Status.RETIRED] == 100 * 100


@pytest.mark.usefixtures("made_up")
def test_every_number_knows_where_it_comes_from() -> None:
    source = law("340500", "2024-01-01").sources["made_up_rate"]
    assert (source.path, source.value, source.area) == ("made_up.rate", 30_000, "340000")
    assert source.entry["from"] == "2024-01-01"


def test_the_real_law_inherits() -> None:
    hefei = resolving.resolve(AllocationLaw, "340100", ON)
    assert hefei.retired_by == RetiredBy.MONTH_BANDS
    assert hefei.entries["retired_bands"][0] == "340000"
    assert resolving.resolve(PensionLaw, "110000", ON).entries["divisors"][0] == "000000"
