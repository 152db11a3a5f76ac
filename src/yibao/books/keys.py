"""Which key does a new row get? One ordered by time, so that an index grows at its end, and made by us, not by it."""

from uuid import UUID

from uuid_utils import compat


def new_key() -> UUID:
    """A UUIDv7 (RFC 9562).

    >>> new_key().version, new_key() < new_key()
    (7, True)
    """
    return compat.uuid7()
