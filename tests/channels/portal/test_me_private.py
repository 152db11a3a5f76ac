"""The pages of one's own record: who may see them, who did, and that reading them leaves nothing behind.

The numbers in the names are those of the checklist.
"""

import re
from collections.abc import Callable
from html import unescape
from importlib import import_module
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def main_of(response: Any) -> str:
    assert response.status_code == 200, response
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def test_12_who_looked_when_and_why_and_ones_own_are_folded(there: Any, enter: Callable[..., Any]) -> None:
    module = import_module("tests.channels.portal.owners")
    module.looks(there.people.worker, 2)
    client = enter(there.people.worker)
    client.get("/me/years/")
    html = main_of(client.get("/me/looked/"))
    others = words_of(html.split("<h2>别人看的</h2>")[1].split("</section>")[0])
    assert others.count("经办人员") == 2
    assert others.count("为什么核对来电人的缴费") == 2
    assert "缴费月份" in others
    assert re.search(r"什么时候20\d\d年\d+月\d+日\d\d:\d\d", others)
    assert "一共看过2次" in words_of(html)
    folded = html.split("<details")[1].split("</details>")[0]
    assert "open" not in folded.split(">")[0]
    assert "缴费年限" in folded
    assert "本人" not in others


def test_27_30_looks_come_in_pages_by_links_and_none_says_so(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    assert "除了您自己，没有人看过" in words_of(main_of(client.get("/me/looked/")))
    import_module("tests.channels.portal.owners").looks(there.people.worker, 40)
    first = main_of(client.get("/me/looked/"))
    assert 'href="?page=2"' in first
    second = main_of(client.get("/me/looked/?page=2"))
    assert second.count("核对来电人的缴费") == 40 - 29, "thirty a page, the newest is the person's own"
    assert 'href="?page=1"' in second
    for odd in ("0", "-1", "x", "９", "99999"):
        assert client.get("/me/looked/", {"page": odd}).status_code == 200


def test_08_reading_writes_nothing_and_pages_are_never_kept(there: Any, enter: Callable[..., Any]) -> None:
    """The guard of the site raises where a GET writes elsewhere than in the session and the access log."""
    for who, pages in there.pages:
        client = enter(who)
        for path in pages.values():
            response = client.get(path)
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "no-store", path
            assert path == "/me/callback/" or client.post(path).status_code == 405, path


def test_who_is_not_signed_in_is_asked_to(there: Any, enter: Callable[..., Any], client: Any) -> None:
    for _, pages in there.pages:
        for path in pages.values():
            response = client.get(path)
            assert (response.status_code, response.headers["Cache-Control"]) == (302, "no-store")
            assert response.headers["Location"].startswith("/sign-in/?next=%2Fme%2F")


@pytest.mark.parametrize(
    "path",
    [
        "/me/allocation/2024-12/",  # before the first month of the books
        "/me/allocation/2026-11/",  # not yet
        "/me/allocation/2025-13/",
        "/me/allocation/0000-01/",
        "/me/allocation/2025-4/",
        "/me/allocation/2024-12/reason/allocation_net/",
        "/me/allocation/2025-04/reason/person_id/",
        "/me/years/reason/person_id/",
        "/me/years/retirement/missing_months/",
        "/me/what-if/marry/",
        "/me/what-if/stop/9/waiting_months/?months=7",
        "/me/what-if/stop/1/waiting_months/?months=x",
        "/me/what-if/move/1/due_on/",
        "/me/years/retirement/retires_on/?case=9",
    ],
)
def test_what_is_not_there_is_not_found(there: Any, enter: Callable[..., Any], path: str) -> None:
    assert enter(there.people.worker).get(path).status_code == 404


def test_another_persons_record_cannot_be_reached(there: Any, enter: Callable[..., Any]) -> None:
    """No address names a person; the retiree's only month is nobody else's, whoever is told in the address."""
    other = there.people.retiree.id
    client = enter(there.people.resident)
    assert client.get("/me/allocation/2026-09/").status_code == 404
    for path in ("/me/allocation/", "/me/years/", "/me/looked/"):
        plain = words_of(main_of(client.get(path)))
        for name in ("person", "person_id", "whose", "id"):
            assert "107.00" not in plain
            told = words_of(main_of(client.get(path, {name: str(other)})))
            assert (
                re.sub(r"截至.{17,19}", "", told).split("您自己看的")[0]
                == (re.sub(r"截至.{17,19}", "", plain).split("您自己看的")[0])
            )
    for who in (there.people.retiree, there.people.resident):
        assert str(who.id) not in client.get("/me/looked/").content.decode()


def test_07_titles_tell_the_pages_apart(there: Any, enter: Callable[..., Any]) -> None:
    owners = import_module("tests.channels.portal.owners")
    for who, pages in there.pages:
        client = enter(who)
        titles: dict[str, str] = {}
        for name, path in pages.items():
            html = client.get(path).content.decode()
            title = unescape(html.split("<title>")[1].split("</title>")[0])
            assert title.endswith(" · 医保明白账")
            assert '<html lang="zh-CN"' in html
            assert name in owners.ERRORS or titles.setdefault(title, path) == path or "allocation" in path, name


def test_made_up_people_are_told_on_every_page(there: Any, enter: Callable[..., Any]) -> None:
    for who, pages in there.pages:
        client = enter(who)
        for path in pages.values():
            assert "演示数据，非官方" in client.get(path).content.decode(), path
