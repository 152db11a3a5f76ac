"""WeChat on this machine, the agency, and somebody with a phone."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def gateway(settings: Any) -> Iterator[Any]:
    """WeChat's side; our site has its account."""
    module = import_module("tests.gateways.wechat")
    platform = module.WeChat()
    with platform.server:
        settings.WECHAT = platform.settings()
        yield platform


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Any:
    return import_module("tests.channels.chatting").agency(monkeypatch)


@pytest.fixture
def phone(gateway: Any) -> Any:
    return import_module("tests.channels.chatting").InWeChat(gateway, "o-worker-6_bmjrPTlm6")
