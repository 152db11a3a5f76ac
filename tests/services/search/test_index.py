"""The index kept on disk: made once, by two processes at once too, not read for another law, in memory if need be."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yibao.law.parameters import loading
from yibao.services.results import Done
from yibao.services.search import index as kept
from yibao.services.search import prepare, search

PROGRAM = """
import sys, time
from yibao.services.search import search
print(search("巴中 住院").value.hits[0].path)
"""


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept._index_of.cache_clear()
    yield
    kept._index_of.cache_clear()


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("yibao/search-*"))


def first() -> str:
    result = search("巴中 住院")
    assert isinstance(result, Done)
    return result.value.hits[0].path


def test_it_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    assert files(tmp_path) == [kept.index_file()]
    monkeypatch.setattr(kept, "_fill", lambda connection: pytest.fail("made anew"))
    prepare()
    assert first() == "/guide/511900/inpatient/"


def test_two_processes_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in started]
    assert told == [(b"/guide/511900/inpatient/\n", b"")] * 2
    assert files(tmp_path) == [kept.index_file()]  # nothing half made is left


def test_the_index_of_another_law_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    old, law = kept.index_file(), loading.tree()
    monkeypatch.setattr(kept, "tree", lambda: {**law, "pack": "another"})
    assert kept.index_file() != old
    monkeypatch.setattr(kept, "rows", lambda: iter(()))
    result = search("巴中 住院")
    assert isinstance(result, Done)
    assert result.value.total == 0


def test_the_index_of_another_source_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    old = kept.index_file()
    monkeypatch.setattr(kept, "source_hash", lambda: "another")
    assert kept.index_file() != old


@pytest.mark.parametrize("spoiled", [b"", b"no database", b"SQLite format 3\x00" + bytes(100)])
def test_a_file_that_is_not_whole_is_made_again(spoiled: bytes) -> None:
    file = kept.index_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(spoiled)
    assert first() == "/guide/511900/inpatient/"
    assert file.stat().st_size > len(spoiled)


def test_where_nothing_can_be_written_it_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yibao").write_text("a file where the folder would be", encoding="utf-8")
    prepare()
    assert first() == "/guide/511900/inpatient/"
    monkeypatch.setattr(kept, "_fill", lambda connection: pytest.fail("made at every search"))
    assert first() == "/guide/511900/inpatient/"


def test_old_files_go(tmp_path: Path) -> None:
    folder = tmp_path / "yibao"
    folder.mkdir()
    for number in range(kept.KEPT_MAX + 3):
        file = folder / f"search-{number}.db"
        file.touch()
        os.utime(file, (number, number))
    prepare()
    assert len(files(tmp_path)) == kept.KEPT_MAX
    assert kept.index_file() in files(tmp_path)


def test_searching_starts_no_web_and_no_database() -> None:
    program = "import sys; from yibao.services import search; search.search('北京'); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ})
    assert done.stdout == b"False\n"
