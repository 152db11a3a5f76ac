"""The title of a page in the browser."""

from typing import Any


def title_of(page: Any) -> str:
    """The title once the page is there: a tap returns when its answer begins."""
    page.wait_for_load_state()
    return str(page.title())
