"""A small agency whose records are read."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.services.records.agency import People


@pytest.fixture
def people(db: None) -> "People":
    from tests.services.records.agency import opened  # not before Django is set up

    del db
    return opened()
