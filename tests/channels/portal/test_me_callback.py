"""Point 67 of the checklist: the same help on every page, and a person who rings back where one is wanted."""

from importlib import import_module
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
PHONE = "10011110000"


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """The worker of the agency, with a phone on file."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people = import_module("tests.channels.portal.owners").owners(monkeypatch).people
    import_module("tests.channels.hotline.callers").known(people.worker, 201, PHONE, pin=False)
    return people.worker


@pytest.fixture
def client_of(worker: Any) -> Any:
    return import_module("tests.channels.portal.owners").signed_in(worker)


def calls() -> list[Any]:
    return list(import_module("yibao.books.staff.models").Callback.objects.all())


def help_of(html: str) -> str:
    assert html.count('class="help"') == 1
    after = html.split("</main>")[1]
    assert after.lstrip().startswith('<aside class="help"'), "nothing stands between the page and its help"
    return after.split("</aside>")[0]


def test_67_the_same_help_after_every_page(client_of: Any, client: Any) -> None:
    owners = import_module("tests.channels.portal.owners")
    own = {**owners.WORKER, **owners.BOOKS}.values()
    pages = [client_of.get(path) for path in own]
    pages += [
        client.get(path) for path in ("/", "/ask/", "/sign-in/", "/guide/", "/no/such/page/", "/answers/nothing/")
    ]
    helps = {help_of(page.content.decode()) for page in pages if page.status_code in (200, 404)}
    assert len([page for page in pages if page.status_code == 404]) == 2
    (told,) = helps
    assert 'href="tel:12393"' in told
    assert 'href="/me/callback/"' in told


def test_67_who_wants_a_person_is_rung_back_on_the_phone_on_file(client_of: Any, worker: Any) -> None:
    page = client_of.get("/me/callback/").content.decode()
    assert "100****0000" in page
    assert PHONE not in page
    assert calls() == []
    done = client_of.post("/me/callback/", {"about": "缴费和年限"})
    assert done.headers["Location"] == "/me/callback/"
    (row,) = calls()
    assert (row.area, row.person_id) == ("110000", worker.id)
    unseal = import_module("yibao.services.sealing").unseal
    assert unseal(bytes(row.phone_sealed), what="phone") == PHONE
    assert unseal(bytes(row.about_sealed), what="callback") == "缴费和年限"
    told = client_of.get("/me/callback/").content.decode()
    assert "记下了，会给您打电话" in told
    assert f">{row.pk}<" in told
    client_of.post("/me/callback/", {"about": "别的事"})
    assert len(calls()) == 1, "asking twice is asking once"


@pytest.mark.parametrize("about", ["", "我的病历", "<b>"])
def test_67_what_was_not_offered_is_asked_again(client_of: Any, about: str) -> None:
    page = client_of.post("/me/callback/", {"about": about}).content.decode()
    assert "<title>错误：" in page
    assert page.count("还没有选要问哪一件。请点一项。") == 2
    assert calls() == []


def test_67_without_a_phone_on_file_it_is_said_what_to_do(client_of: Any, worker: Any) -> None:
    import_module("yibao.books.people.models").Phone.objects.filter(person=worker).delete()
    page = client_of.get("/me/callback/").content.decode()
    assert "回电打不过去" in page
    assert "窗口" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "size"), [(360, "normal"), (360, "elder"), (1280, "normal"), (320, "xl")])
def test_67_it_fits_its_screen_and_two_taps_ask(worker: Any, browse: Any, looking: Any, width: int, size: str) -> None:
    page = browse(worker, "/me/", width, size)
    page.get_by_role("link", name="请人工打给我").click()
    for name in ("asks", "told"):
        found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
        assert found + (looking.serious(page, enhanced=size != "normal") if width > 320 else []) == [], name
        if name == "asks":
            page.get_by_text("看病报销").click()
            page.get_by_role("button", name="请打给我").click()
    assert page.get_by_role("heading", name="记下了").count() == 1
    assert [row.area for row in calls()] == ["110000"]
