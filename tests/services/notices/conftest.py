"""The agency and its people, for every test of the notices."""

from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def there(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The agency's people; worker and retiree have a phone on file."""
    return import_module("tests.services.notices.agency").made(settings, monkeypatch)  # not before Django is set up


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what waits for the end of a transaction."""

    def run(step: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return step()

    return run
