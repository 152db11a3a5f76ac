"""Alipay on this machine, the agency, and somebody with a phone."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def gateway(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """Alipay's side; our site has its account."""
    module = import_module("tests.gateways.alipay")
    platform = module.Alipay(tmp_path)
    with platform.server:
        settings.ALIPAY = platform.settings()
        yield platform


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Any:
    return import_module("tests.channels.chatting").agency(monkeypatch)


@pytest.fixture
def phone(gateway: Any) -> Any:
    return import_module("tests.channels.chatting").InAlipay(gateway, "2088000000000001")
