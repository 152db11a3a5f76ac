"""The coverage kept on disk: read again as it was made, never across days, laws or sources; bad files are ignored."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from yibao.law.parameters.loading import tree
from yibao.services.answers import coverage, kept

ON = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    coverage._coverage.cache_clear()
    yield
    coverage._coverage.cache_clear()


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("yibao/coverage-*.json"))


def test_another_process_reads_what_was_made_and_works_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = coverage.coverage(ON)
    assert len(files(tmp_path)) == 1
    coverage._coverage.cache_clear()
    monkeypatch.setattr(coverage, "_cell", lambda *told: pytest.fail(f"worked out anew: {told}"))
    assert coverage.coverage(ON) == made


def test_a_day_a_law_and_a_source_have_files_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tree()["pack"]
    names = {kept._file(ON, pack), kept._file(date(2025, 6, 2), pack), kept._file(ON, "other")}
    monkeypatch.setattr(kept, "source_hash", lambda: "other")
    assert len(names | {kept._file(ON, pack)}) == 4


@pytest.mark.parametrize("text", ["", "[", "[[]]", "[]", '[[["a", "b", "c", "d"], []]]', "{}", "7"])
def test_a_file_that_is_not_what_is_expected_is_no_table(text: str) -> None:
    file = kept._file(ON, tree()["pack"])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    assert coverage._kept(kept.read(ON, tree()["pack"]), coverage.questions()) is None


def test_old_days_go(tmp_path: Path) -> None:
    for day in range(1, kept.KEPT_MAX + 4):
        kept.write(date(2025, 6, day), "pack", [])
    assert len(files(tmp_path)) == kept.KEPT_MAX


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    kept.write(ON, "pack", [])
    assert kept.read(ON, "pack") is None
