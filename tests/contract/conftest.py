"""The ways of asking, ready: platforms on this machine, a terminal of the agency, its people with card and PIN."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
PHONES = {"worker": "10011110000", "retiree": "10022220000", "resident": "10033330000"}


@pytest.fixture(scope="module")
def platforms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """WeChat and Alipay, speaking their own protocols; Alipay's content is encrypted besides."""
    wechat = import_module("tests.gateways.wechat").WeChat()
    alipay = import_module("tests.gateways.alipay")
    other = alipay.Alipay(Path(tmp_path_factory.mktemp("alipay")), content_key=alipay.CONTENT_KEY)
    with wechat.server, other.server:
        yield {"wechat": wechat, "alipay": other}


@pytest.fixture
def phones(platforms: dict[str, Any], settings: Any) -> dict[str, Any]:
    """Somebody with both apps."""
    settings.WECHAT, settings.ALIPAY = platforms["wechat"].settings(), platforms["alipay"].settings()
    chatting = import_module("tests.channels.chatting")
    return {
        "wechat": chatting.InWeChat(platforms["wechat"], "o-of-the-contract"),
        "alipay": chatting.InAlipay(platforms["alipay"], "2088000000000040"),
    }


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets what day it is."""
    clock = import_module("yibao.services.clock")
    return lambda on: monkeypatch.setattr(clock, "today", lambda: on)


@pytest.fixture
def terminal(db: None) -> str:
    """The token of a terminal in 北京."""
    import_module("yibao.books.areas.models").Area.objects.get_or_create(code="110000", defaults={"is_demo": True})
    return str(import_module("yibao.services.terminals").register("110000", "大厅1号机", "agency").value)


@pytest.fixture
def people(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The agency on its own day, its people with certificate, phone, PIN."""
    settings.PASSWORD_HASHERS = [MD5, *settings.PASSWORD_HASHERS]  # a PIN takes its time by design
    found = import_module("tests.channels.chatting").agency(monkeypatch)
    known = import_module("tests.channels.hotline.callers").known
    return {name: known(getattr(found, name), serial, PHONES[name]) for serial, name in enumerate(PHONES, 201)}
