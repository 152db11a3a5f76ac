"""The site as an app, in a real browser: without a network what was kept, marked as old; push on the screen."""

import json
import time
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from tests.channels.portal.owners import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWER = "/answers/allocation/?area=北京&on=2025-06-01&scheme=employee&status=retired&age=69&done=1"
OPEN = Callable[..., Any]


@pytest.fixture
def device(open_page: OPEN) -> Any:
    """A page on a device whose service worker is at work."""
    page = open_page("/privacy/", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/about/")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def enter(page: Any, person: Any, live_url: str) -> None:
    session = signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_url}])


def is_kept(page: Any, name: str, path: str) -> None:
    """Waits until a page is kept."""
    address = urllib.parse.urljoin(page.url, urllib.parse.quote(path, safe="/?&=%"))
    page.wait_for_function(
        "([name, at]) => caches.has(name).then(t => t && caches.open(name).then(c => c.match(at)).then(Boolean))",
        arg=[name, address],
    )


def text(page: Any) -> str:
    return str(page.locator("main").inner_text())


def test_an_answer_is_there_without_a_network_and_marked_as_old(device: Any) -> None:
    device.goto(ANSWER)
    figure = device.locator(".fig").first.inner_text()
    assert device.locator("#kept").count() == 0
    is_kept(device, "answers", ANSWER)
    device.context.set_offline(True)
    device.goto(ANSWER)
    day = device.evaluate("(d => `${d.getFullYear()}年${d.getMonth() + 1}月${d.getDate()}日`)(new Date())")
    assert device.locator(".fig").first.inner_text() == figure
    told = device.locator("#kept").inner_text()
    assert told.startswith("现在没有连上网。")
    assert day in told
    assert device.evaluate("getComputedStyle(document.querySelector('#kept')).borderLeftWidth") != "0px", (
        "its style too"
    )


def test_what_was_never_seen_is_not_there_and_the_page_says_what_is(device: Any) -> None:
    device.goto(ANSWER)
    is_kept(device, "answers", ANSWER)
    device.context.set_offline(True)
    device.goto("/guide/")
    assert "没有连上网" in text(device)
    device.locator("#kept-pages a").first.wait_for()
    assert "划入" in device.locator("#kept-pages").inner_text()
    device.locator("#wipe").click()
    device.locator("#wiped").wait_for()
    device.goto(ANSWER)
    assert device.locator(".fig").count() == 0


def test_the_own_record_is_kept_only_where_allowed_and_goes_with_signing_out(
    device: Any, there: Any, live_url: str
) -> None:
    enter(device, there.people.worker, live_url)
    device.goto("/me/")
    device.goto("/me/settings/")  # by now the first page was looked at by the service worker
    assert device.evaluate("caches.has('own')") is False
    device.get_by_role("button", name="在这台设备上留着").click()
    device.goto("/me/")
    is_kept(device, "own", "/me/")
    device.goto("/me/notices/")
    device.context.set_offline(True)
    device.goto("/me/")
    assert device.locator("#kept").count() == 1
    device.goto("/me/notices/")
    assert "没有连上网" in text(device)
    device.context.set_offline(False)
    device.goto("/me/settings/")
    device.get_by_role("button", name="退出登录").click()
    device.get_by_role("heading", name="已经退出").wait_for()
    device.wait_for_function("caches.has('own').then(there => !there)")
    assert device.evaluate("caches.has('answers')") is False, "at signing out everything goes"


def test_of_another_person_nothing_is_left(device: Any, there: Any, live_url: str) -> None:
    enter(device, there.people.worker, live_url)
    device.goto("/me/settings/")
    device.get_by_role("button", name="在这台设备上留着").click()
    device.goto("/me/")
    is_kept(device, "own", "/me/")
    enter(device, there.people.retiree, live_url)
    device.goto("/me/")  # the cookie of the one before stands for nobody else
    device.wait_for_function("caches.has('own').then(there => !there)")


class Push:
    """A push service on this machine, and the browser's half of the keys: it reads what is sent, as RFC 8291 says."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 201

    def point(self) -> bytes:
        numbers = self.private.public_key().public_numbers()
        return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")

    def read(self, body: bytes) -> Any:
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        info = b"WebPush: info\0" + self.point() + theirs
        material = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        return json.loads(plain[:-1])


@pytest.fixture
def push(settings: Any) -> Iterator[tuple[Push, str]]:
    """The service, and the address at which a browser takes messages there."""
    import threading
    from http.server import HTTPServer

    held = Push()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(held.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.WEB_PUSH_CONTACT = "mailto:ops@agency.example"
    settings.WEB_PUSH_HOSTS = (f"127.0.0.1:{server.server_port}",)
    yield held, f"http://127.0.0.1:{server.server_port}/push/one"
    server.shutdown()
    thread.join()
    server.server_close()


SUBSCRIBES = """
PushManager.prototype.subscribe = function (how) {
  window.asked = Array.from(how.applicationServerKey);
  return Promise.resolve({ toJSON: () => (%s) });
};
"""
"""A browser subscribes at its maker's push service, which is elsewhere; ours stands in its place."""


def test_a_message_comes_to_the_screen_sealed_on_its_way(
    device: Any, there: Any, live_url: str, push: tuple[Push, str]
) -> None:
    from yibao.services import notices
    from yibao.services.notices import web_push

    service, endpoint = push
    keys = {"p256dh": web_push.encoded(service.point()), "auth": web_push.encoded(service.auth)}
    device.add_init_script(SUBSCRIBES % json.dumps({"endpoint": endpoint, "keys": keys}))
    device.context.grant_permissions(["notifications"], origin=live_url)
    enter(device, there.people.worker, live_url)
    device.goto("/me/notices/")
    device.get_by_role("button", name="在这台设备上提醒我").click()
    device.get_by_text("这台设备的提醒打开了").wait_for()
    assert device.locator("#credited-push").is_checked()

    notices.tell(there.people.worker.id, "credited", "110000/2026-10", {"month": "2026年10月", "amount": "107.00 元"})
    assert notices.send_due() == notices.Sent(1, 0, 0)
    ((headers, body),) = service.got
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", str(24 * 3600))
    token, key = headers["authorization"].removeprefix("vapid t=").split(", k=")
    assert web_push.decoded(key)[0] == 4
    signed, _, signature = token.rpartition(".")
    raw = web_push.decoded(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), web_push.decoded(key))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    told = service.read(body)
    assert told["body"] == "您2026年10月的医保个人账户到账了。到了多少，登录以后看。"

    shown = arrives(device, live_url, json.dumps(told, ensure_ascii=False))
    assert [(one["title"], one["body"]) for one in shown] == [("个人账户到账", told["body"])]
    assert len(arrives(device, live_url, json.dumps(told, ensure_ascii=False))) == 1, "the same one again replaces it"

    service.status = 410
    notices.tell(there.people.worker.id, "credited", "110000/2026-11", {"month": "2026年11月", "amount": "107.00 元"})
    assert notices.send_due() == notices.Sent(0, 0, 1)
    device.goto("/me/notices/")
    assert device.get_by_role("button", name="不在").count() == 0, "a browser that is gone is forgotten"


def arrives(page: Any, live_url: str, data: str) -> Any:
    """The push service delivers to the service worker; what is then on the screen."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(
        one["registrationId"] for one in told["registrations"] if one["scopeURL"].startswith(live_url)
    ))  # fmt: skip
    session.send("ServiceWorker.enable")
    until = time.monotonic() + 30
    while not found and time.monotonic() < until:
        page.wait_for_timeout(20)
    session.send("ServiceWorker.deliverPushMessage", {"origin": live_url, "registrationId": found[0], "data": data})
    # What is waited for is what is read: Chromium takes a notice off the screen by itself after a while.
    shown = page.wait_for_function(
        "navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.length && all.map("
        "one => ({ title: one.title, body: one.body })))"
    ).json_value()
    session.detach()
    return shown
