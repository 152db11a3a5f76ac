"""One small demo of 300 people for all these tests; what a test does to it is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest

from yibao.services.clock import today

PEOPLE, SEED, AREA = 300, 7, "110000"


@pytest.fixture(scope="session")
def until() -> Any:
    """The last month that is over."""
    from datetime import timedelta

    return (today().replace(day=1) - timedelta(1)).replace(day=1)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, until: Any) -> Iterator[Any]:
    """A finished demo."""
    del django_db_setup
    from django.db import transaction

    from yibao.services.demo import make

    with django_db_blocker.unblock(), transaction.atomic():
        yield make(PEOPLE, SEED, AREA, until).value  # type: ignore[union-attr]
        transaction.set_rollback(True)


@pytest.fixture
def demo(made: Any) -> Iterator[Any]:
    """The demo, to be changed as one likes."""
    from django.db import transaction

    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
