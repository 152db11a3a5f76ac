"""An area with books, and accounts to post on."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.books.ledger.agency import Accounts


@pytest.fixture
def books(db: None) -> "Accounts":
    from tests.books.ledger.agency import opened  # not before Django is set up

    del db
    return opened()
