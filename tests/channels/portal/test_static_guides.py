"""The guides written to a folder: whole, linked to each other, the same bytes each time, with or without a site."""

import os
import posixpath
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yibao.channels.cli.main import main
from yibao.channels.portal import static_guides
from yibao.services.answers import ALL_TOPICS
from yibao.services.guides import addresses, places

SITE = "https://yibao.example"
LINKS = re.compile(r'(?:href|src)="([^"#]*)"')


def files(base_url: str, *codes: str) -> dict[str, str]:
    """The pages of a few areas."""
    wanted = re.compile(f"(?:elder/)?guide/(?:{'|'.join(codes)})/")
    return {
        path: make().decode() for path, make in static_guides.pages(base_url) if wanted.match(path) or "/" not in path
    }


def test_every_link_of_a_page_leads_to_a_page() -> None:
    there = {path for path, _ in static_guides.pages("")}
    for path, html in files("", "511900", "510000").items():
        for link in LINKS.findall(html):
            if link.startswith(("tel:", "http://", "https://")):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            assert target in there, (path, link)


def test_with_a_site_what_needs_it_leads_there() -> None:
    html = files(SITE, "110000")["guide/110000/allocation/index.html"]
    assert f'<link rel="canonical" href="{SITE}/guide/110000/allocation/">' in html
    assert f'href="{SITE}/answers/allocation/?area=110000"' in html
    assert f'href="{SITE}/answers/allocation/reason/allocation_net/' in html
    assert ' href="/' not in html
    assert "107.00" in html


def test_without_a_site_its_words_stand_alone() -> None:
    html = files("", "110000")["guide/110000/allocation/index.html"]
    assert "请到网站上算" in html
    assert "107.00" in html
    assert 'class="why' not in html
    assert "canonical" not in html
    assert not re.findall('href="/|src="/', html)


def test_large_print_is_the_same_page_again() -> None:
    pages = files(SITE, "110000")
    plain, large = (pages[f"{mode}guide/110000/allocation/index.html"] for mode in ("", "elder/"))
    assert '<html lang="zh-CN" class="elder">' in large
    assert 'href="../../../elder/guide/110000/allocation/index.html">长辈版<' in plain
    assert 'href="../../../../guide/110000/allocation/index.html">标准版<' in large
    assert f'<link rel="canonical" href="{SITE}/guide/110000/allocation/">' in large
    assert 'href="../../../../elder/guide/110000/index.html"' in large or 'href="../index.html"' in large


def test_the_sitemap_needs_to_know_the_site() -> None:
    with_site, without = ({path for path, _ in static_guides.pages(base)} for base in (SITE, ""))
    assert with_site - without == {"sitemap.xml", "robots.txt"}
    assert static_guides.count(SITE) == len(with_site)
    assert static_guides.count("") == len(without)
    listed = re.findall("<loc>(.*?)</loc>", files(SITE, "x")["sitemap.xml"])
    assert len(listed) == len(set(listed)) == len(list(addresses()))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only two areas, so that a test writes a hundred files and not thousands."""
    places._provinces.cache_clear()
    monkeypatch.setattr(places, "codes", lambda: ("110000", "440300"))
    yield
    places._provinces.cache_clear()


@pytest.mark.usefixtures("few")
def test_the_command_writes_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    assert main(["guides", "export", str(folder)]) == 0
    # Two areas in two sizes of print, the list of all in both and once more at the top, three files of the look.
    files_there = 2 * (1 + 2 * (1 + len(ALL_TOPICS))) + 1 + 3
    assert f"新写 {files_there} 个" in capsys.readouterr().out
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert len(before) == files_there + 1  # and the manifest
    assert main(["guides", "export", str(folder)]) == 0
    assert "新写 0 个" in capsys.readouterr().out
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


def test_the_command_refuses_a_folder_with_other_things(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert main(["guides", "export", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "里已经有别的东西" in told.err
    assert told.out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("address", ["yibao.example", "ftp://x", "https://x/?q=1", 'https://x"y'])
def test_the_command_refuses_what_is_no_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["guides", "export", str(tmp_path), "--base-url", address])
    assert stopped.value.code == 2
    assert list(tmp_path.iterdir()) == []


def _run(folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "yibao.channels.cli.main", "guides", "export", str(folder), "--base-url", SITE]
    environment = {key: text for key, text in os.environ.items() if key not in ("DJANGO_SETTINGS_MODULE",)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_killed_in_the_middle_no_page_is_half_written(tmp_path: Path) -> None:
    """Killed by the system, without a word: every page that has its name is whole."""
    folder = tmp_path / "out"
    started = _run(folder)
    waited = time.monotonic() + 60
    while time.monotonic() < waited and len(list(folder.glob("guide/*/*/index.html"))) < 20:
        time.sleep(0.05)
    started.send_signal(signal.SIGKILL)
    started.wait()
    found = list(folder.rglob("*.html"))
    assert len(found) >= 20
    assert all(one.read_text(encoding="utf-8").rstrip().endswith("</html>") for one in found)


@pytest.mark.soak
def test_killed_and_resumed_gives_the_same_bytes(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert _run(whole).wait() == 0
    for wanted in (50, 700, 2000):
        started = _run(cut)
        while started.poll() is None and len(list(cut.rglob("*.html"))) < wanted:
            time.sleep(0.2)
        started.send_signal(signal.SIGKILL)
        started.wait()
    assert _run(cut).wait() == 0
    one, two = (
        {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (whole, cut)
    )
    assert one == two
