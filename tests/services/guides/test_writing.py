"""Is a page written whole or not at all, and can whoever was stopped go on?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from yibao.services.guides.writing import DRAFT, MANIFEST, Page, Written, export
from yibao.services.results import Done, Refused


class Stopped(Exception):
    """Somebody pulled the plug."""


def pages(*names: str, made: list[str] | None = None, stop_at: str = "") -> list[Page]:
    def make(name: str) -> Callable[[], bytes]:
        def body() -> bytes:
            if name == stop_at:
                raise Stopped
            if made is not None:
                made.append(name)
            return f"page {name}".encode()

        return body

    return [(name, make(name)) for name in names]


NAMES = ("index.html", "guide/1/index.html", "guide/1/a/index.html", "guide/2/index.html")


def told(folder: Path, *names: str, key: str = "law 1") -> Written:
    done = export(folder, key, pages(*names), lambda: None)
    assert isinstance(done, Done)
    return done.value


def content(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_all_pages_are_written_and_not_again(tmp_path: Path) -> None:
    assert told(tmp_path / "out", *NAMES) == Written(4, 0, 0)
    before = content(tmp_path / "out")
    assert told(tmp_path / "out", *NAMES) == Written(0, 4, 0)
    assert content(tmp_path / "out") == before
    assert set(before) == {*NAMES, MANIFEST}


@pytest.mark.parametrize("stop_at", NAMES)
def test_stopped_and_resumed_gives_the_same_bytes(tmp_path: Path, stop_at: str) -> None:
    told(tmp_path / "whole", *NAMES)
    with pytest.raises(Stopped):
        export(tmp_path / "out", "law 1", pages(*NAMES, stop_at=stop_at), lambda: None)
    made: list[str] = []
    assert isinstance(export(tmp_path / "out", "law 1", pages(*NAMES, made=made), lambda: None), Done)
    assert made == list(NAMES[NAMES.index(stop_at) :])
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_line_or_a_draft_cut_short_does_no_harm(tmp_path: Path) -> None:
    told(tmp_path / "whole", *NAMES)
    told(tmp_path / "out", *NAMES)
    manifest = tmp_path / "out" / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-30])
    (tmp_path / "out" / DRAFT).write_bytes(b"half a pa")
    assert told(tmp_path / "out", *NAMES).written >= 1
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_other_law_makes_everything_anew_and_takes_away_what_is_no_more(tmp_path: Path) -> None:
    told(tmp_path, *NAMES)
    assert told(tmp_path, *NAMES[:3], key="law 2") == Written(3, 0, 1)
    assert not (tmp_path / "guide" / "2").exists()


def test_stopped_under_other_law_the_old_pages_still_go(tmp_path: Path) -> None:
    told(tmp_path, *NAMES)
    with pytest.raises(Stopped):
        export(tmp_path, "law 2", pages(*NAMES[:3], stop_at=NAMES[1]), lambda: None)
    assert told(tmp_path, *NAMES[:3], key="law 2") == Written(2, 1, 1)


def test_a_page_that_somebody_changed_is_made_again(tmp_path: Path) -> None:
    told(tmp_path, *NAMES)
    (tmp_path / NAMES[1]).write_text("other")
    assert told(tmp_path, *NAMES) == Written(1, 3, 0)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    done = export(tmp_path, "law 1", pages(*NAMES), lambda: None)
    assert isinstance(done, Refused)
    assert done.code == "folder_in_use"
    assert content(tmp_path) == {"letter.txt": b"mine"}


def test_a_foreign_manifest_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("somebody else's\n")
    assert isinstance(export(tmp_path, "law 1", pages(*NAMES), lambda: None), Refused)


def test_each_page_is_told_of(tmp_path: Path) -> None:
    steps: list[int] = []
    export(tmp_path, "law 1", pages(*NAMES), lambda: steps.append(1))
    assert len(steps) == len(NAMES)
