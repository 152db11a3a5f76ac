"""Signing in with WeChat or Alipay, binding with consent, seeing and ending it, as a browser does it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
WHO = {"wechat": "o-worker", "alipay": "2088000000000001"}


@pytest.fixture(params=["wechat", "alipay"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def gateway(channel: str, settings: Any, tmp_path: Path) -> Iterator[Any]:
    if channel == "wechat":
        platform = import_module("tests.gateways.wechat").WeChat()
    else:
        platform = import_module("tests.gateways.alipay").Alipay(tmp_path)
    with platform.server:
        setattr(settings, channel.upper(), platform.settings())
        yield platform


def comes_back(client: Client, gateway: Any, channel: str, who: str = "", next_: str = "") -> str:
    """From the start to the page of the platform and back: the address of the page that asks for one tap."""
    sent = client.get(f"/sign-in/with/{channel}/", {"next": next_} if next_ else {})
    assert sent.status_code == 302
    back = urlsplit(gateway.authorized(sent.headers["Location"], who or WHO[channel]))
    assert (back.netloc, back.path) == ("testserver", f"/sign-in/with/{channel}/back/")
    return f"{back.path}?{back.query}"


def taps(client: Client, path: str) -> Any:
    """The one tap: what the page's form sends."""
    page = client.get(path)
    assert page.status_code == 200
    form = dict(import_module("re").findall(r'name="(code|auth_code|state)" value="([^"]+)"', page.content.decode()))
    assert len(form) == 2
    return client.post(urlsplit(path).path, form)


def test_bound_once_and_signed_in_from_then_on(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    me = enter(there.people.worker)
    answer = taps(me, comes_back(me, gateway, channel))
    assert answer.headers["Location"] == "/me/bindings/new/"
    assert "同意并绑定" in me.get("/me/bindings/new/").content.decode()
    assert me.post("/me/bindings/new/", {"consent": "yes"}).headers["Location"] == "/me/bindings/"
    page = me.get("/me/bindings/").content.decode()
    assert "解除" in page
    assert WHO[channel] not in page
    stranger = Client()  # the same phone, later: no number, no code
    answer = taps(stranger, comes_back(stranger, gateway, channel, next_="/me/months/"))
    assert answer.headers["Location"] == "/me/months/"
    assert stranger.get("/me/months/").status_code == 200


def test_who_is_not_signed_in_signs_in_by_code_first(channel: str, gateway: Any, people: Any) -> None:
    people.insured(people.ZHOU)
    client = Client()
    assert taps(client, comes_back(client, gateway, channel)).headers["Location"] == "/me/bindings/new/"
    assert client.get("/me/bindings/new/").headers["Location"] == "/sign-in/?next=%2Fme%2Fbindings%2Fnew%2F"
    client.get("/sign-in/?next=/me/bindings/new/")
    people.signs_in(client)
    assert "要绑定这个" in client.get("/me/bindings/new/").content.decode()
    client.post("/me/bindings/new/", {"consent": "yes"})
    bindings = import_module("yibao.services.bindings")
    assert bindings.bound(channel, WHO[channel]) is not None


def test_who_does_not_want_to_is_not_bound(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    me = enter(there.people.worker)
    taps(me, comes_back(me, gateway, channel))
    me.post("/me/bindings/new/", {"no": "1"})
    assert import_module("yibao.services.bindings").bound(channel, WHO[channel]) is None
    assert "您还没有绑定" in me.get("/me/bindings/new/").content.decode()
    assert import_module("yibao.services.bindings").bound(channel, WHO[channel]) is None


def test_nothing_is_bound_without_the_consent(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    me = enter(there.people.worker)
    taps(me, comes_back(me, gateway, channel))
    assert "还没有同意" in me.post("/me/bindings/new/", {}).content.decode()
    assert import_module("yibao.services.bindings").bound(channel, WHO[channel]) is None


def test_only_who_was_sent_from_here_comes_back(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    """A link with somebody else's code, made to bind or sign in a victim, leads nowhere."""
    attacker, victim = Client(), enter(there.people.worker)
    link = comes_back(attacker, gateway, channel, who="attacker")
    assert victim.get(link).status_code == 400
    comes_back(victim, gateway, channel)  # a way of their own does not help: the state is another
    assert victim.get(link).status_code == 400
    path = urlsplit(link)
    told = dict(part.split("=", 1) for part in path.query.split("&"))
    assert victim.post(path.path, told).status_code == 400
    assert import_module("yibao.services.bindings").bound(channel, "attacker") is None


def test_a_code_that_the_platform_does_not_know(channel: str, gateway: Any) -> None:
    client = Client()
    path = comes_back(client, gateway, channel)
    gateway.codes.clear()
    answer = taps(client, path)
    assert answer.status_code == 400
    assert "没有认出您" in answer.content.decode()


def test_the_way_back_leads_to_our_pages_only(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    import_module("tests.channels.chatting").bound(channel, WHO[channel], there.people.worker)
    client = Client()
    answer = taps(client, comes_back(client, gateway, channel, next_="https://example.com/"))
    assert answer.headers["Location"] == "/me/"


def test_ended_after_a_pause(channel: str, gateway: Any, there: Any, enter: Any) -> None:
    made = import_module("tests.channels.chatting").bound(channel, WHO[channel], there.people.worker)
    me, other = enter(there.people.worker), enter(there.people.retiree)
    path = f"/me/bindings/{made.id}/end/"
    assert other.get(path).status_code == 404
    assert other.post(path).status_code == 404
    assert "要解除" in me.get(path).content.decode()
    bindings = import_module("yibao.services.bindings")
    assert bindings.bound(channel, WHO[channel]) is not None
    assert me.post(path).headers["Location"] == "/me/bindings/"
    assert bindings.bound(channel, WHO[channel]) is None
    assert me.get(path).status_code == 404


def test_offered_in_the_channels_own_browser_only(channel: str, gateway: Any) -> None:
    mark = {"wechat": "MicroMessenger/8.0.49", "alipay": "AlipayClient/10"}[channel]
    way = f"/sign-in/with/{channel}/"
    assert way in Client(headers={"User-Agent": f"Mozilla/5.0 {mark}"}).get("/sign-in/").content.decode()
    assert way not in Client(headers={"User-Agent": "Mozilla/5.0"}).get("/sign-in/").content.decode()


def test_the_form_is_checked_as_every_form(channel: str, gateway: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    path = comes_back(client, gateway, channel)
    told = dict(part.split("=", 1) for part in urlsplit(path).query.split("&"))
    assert client.post(urlsplit(path).path, told).status_code == 403
