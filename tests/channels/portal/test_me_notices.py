"""The page of the notices: the list, what is chosen, the address, and nobody else's."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from yibao.books.notices.models import Choice, Device
from yibao.books.people.models import Phone
from yibao.services import notices
from yibao.services.notices.kinds import kinds
from yibao.services.sealing import blind_index, seal

pytestmark = pytest.mark.django_db
PAGE = "/me/notices/"
PHONE = "10012345678"


@pytest.fixture
def worker(there: Any, enter: Any) -> Client:
    """The worker, signed in, with a phone on file."""
    held = {"number_sealed": seal(PHONE, what="phone"), "number_index": blind_index(PHONE, what="phone")}
    Phone.objects.create(person=there.people.worker, **held)
    client: Client = enter(there.people.worker)
    return client


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_what_is_ticked_is_kept_and_shown(worker: Client) -> None:
    told = {"want": ["credited:sms", "looked:sms", "safety:sms", "weather:sms", "x"], "amounts": "1"}
    done = worker.post(PAGE + "choose/", told, follow=True)
    page = words(done)
    assert "存好了" in page
    assert 'id="credited-sms" value="credited:sms" checked' in page
    assert 'id="unpaid-sms" value="unpaid:sms">' in page
    assert 'id="amounts" value="1" checked' in page
    safety = {name for name, kind in kinds().items() if kind.safety}
    assert set(Choice.objects.values_list("kind", flat=True)) == {"credited", "looked", *safety}
    assert 'value="safety:sms"' not in page, "there is nothing to switch off"
    worker.post(PAGE + "choose/", {})
    assert not Choice.objects.exists()


def test_the_number_is_masked(worker: Client) -> None:
    page = words(worker.get(PAGE))
    assert PHONE not in page
    assert PHONE[-4:] in page


def test_only_one_s_own_notices_are_listed(worker: Client, there: Any, enter: Any) -> None:
    notices.tell(there.people.worker.id, "looked", "1", {"at": "2026年10月20日 09:30", "reason": "核对来电人的缴费"})
    assert "核对来电人的缴费" in words(worker.get(PAGE))
    assert "核对来电人的缴费" not in words(enter(there.people.retiree).get(PAGE))
    asked = Client().get(PAGE)
    assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/sign-in/")


def test_long_lists_have_pages(worker: Client, there: Any) -> None:
    for number in range(21):
        notices.tell(there.people.worker.id, "looked", str(number), {"at": f"第{number:02}回", "reason": "核对"})
    first, second = words(worker.get(PAGE)), words(worker.get(PAGE + "?page=2"))
    assert ("第20回" in first, "第00回" in first, "第00回" in second) == (True, False, True)


def test_an_address_is_asked_and_its_code(worker: Client, settings: Any) -> None:
    settings.MAIL_IS_ON, settings.DEFAULT_FROM_EMAIL = True, "tongzhi@agency.example"
    assert worker.post(PAGE + "email/", {"email": "zhang"}).status_code == 422
    assert worker.get(PAGE + "email/code/").url == PAGE + "email/"
    assert worker.post(PAGE + "email/", {"email": "zhang@example.com"}).url == PAGE + "email/code/"
    assert worker.post(PAGE + "email/code/", {"code": "1"}).status_code == 422
    code = mail.outbox[0].body.split("核对码 ")[1][:6]
    page = words(worker.post(PAGE + "email/code/", {"code": code}, follow=True))
    assert "z***@example.com" in page
    assert "zhang@example.com" not in page
    assert "删掉了" in words(worker.post(PAGE + "email/end/", follow=True))


def test_without_a_mail_server_no_address_is_asked(worker: Client) -> None:
    assert worker.post(PAGE + "email/", {"email": "zhang@example.com"}).status_code == 404
    assert "电子邮件" not in words(worker.get(PAGE))


def test_a_device_is_added_shown_and_ended_by_its_owner_only(
    worker: Client, there: Any, enter: Any, settings: Any
) -> None:
    settings.WEB_PUSH_CONTACT = "mailto:ops@agency.example"
    vectors = import_module("tests.services.notices.test_web_push")
    told = json.dumps(vectors.told())
    agent = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14)"}
    assert "安卓手机" in words(worker.post(PAGE + "device/", {"subscription": told}, follow=True, **agent))
    for wrong in ("", "[]", told.replace("https", "http")):
        page = worker.post(PAGE + "device/", {"subscription": wrong}).content.decode()
        assert "提醒没有打开" in page
    (device,) = Device.objects.all()
    other = enter(there.people.retiree)
    assert other.post(f"{PAGE}device/{device.pk}/end/").status_code == 404
    assert worker.post(f"{PAGE}device/{device.pk}/end/").status_code == 302
    device.refresh_from_db()
    assert (device.sealed, device.endpoint_index) == (None, None)


def test_the_same_browser_changes_hands(worker: Client, there: Any, enter: Any, settings: Any) -> None:
    settings.WEB_PUSH_CONTACT = "mailto:ops@agency.example"
    told = json.dumps(import_module("tests.services.notices.test_web_push").told())
    worker.post(PAGE + "device/", {"subscription": told})
    enter(there.people.retiree).post(PAGE + "device/", {"subscription": told})
    open_ones = Device.objects.filter(ended_at=None).values_list("person_id", flat=True)
    assert list(open_ones) == [there.people.retiree.id]


# The app


def test_the_manifest_and_what_it_names_are_there() -> None:
    client = Client()
    told = json.loads(client.get("/app.webmanifest").content)
    finders = import_module("django.contrib.staticfiles.finders")
    sizes = {}
    for icon in told["icons"]:
        picture = finders.find(icon["src"].removeprefix("/static/"))
        with open(picture, "rb") as opened:
            head = opened.read(24)
        sizes[icon["src"]] = f"{int.from_bytes(head[16:20], 'big')}x{int.from_bytes(head[20:24], 'big')}"
    assert sizes == {icon["src"]: icon["sizes"] for icon in told["icons"]}
    assert {"192x192", "512x512"} <= set(sizes.values()), "what Android asks for"
    assert (told["display"], told["start_url"]) == ("standalone", "/")
    for shortcut in told["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in (200, 302)


def test_the_service_worker_is_at_the_root_and_never_stale() -> None:
    got = Client().get("/sw.js")
    assert got.headers["Content-Type"].startswith("text/javascript")
    assert got.headers["Cache-Control"] == "no-cache"
    assert "@VERSION@" not in got.content.decode()
    finders = import_module("django.contrib.staticfiles.finders")
    listed = got.content.decode().split("var FILES = [")[1].split("]")[0]
    for address in [part.strip(' "\n') for part in listed.split(",")]:
        found = finders.find(address.removeprefix("/static/")) if address.startswith("/static/") else True
        assert found, address
    assert Client().get("/offline/").status_code == 200


def test_what_may_be_kept_is_said_with_every_page(worker: Client) -> None:
    assert Client().get("/about/").headers["Yibao-Keep"] == "public"
    assert "Yibao-Keep" not in Client().get("/sign-in/").headers
    assert worker.get("/me/").headers["Yibao-Keep"] == "none"
    worker.post("/me/keep/", {"keep": "1"})
    told = worker.get("/me/").headers["Yibao-Keep"]
    assert told.startswith("own ")
    for page in (PAGE, "/me/settings/", "/me/looked/", "/credential/"):
        assert not worker.get(page).headers.get("Yibao-Keep", "").startswith("own"), page
    worker.post("/me/keep/", {"keep": "0"})
    assert worker.get("/me/").headers["Yibao-Keep"] == "none"
    assert worker.get("/signed-out/").headers["Yibao-Keep"] == "none"


def test_the_policy_is_as_strict_as_ever(worker: Client) -> None:
    for path in (PAGE, "/app/", "/offline/", "/sw.js"):
        policy = worker.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; object-src 'none'")
        assert "unsafe" not in policy
