"""What a test of the pages waits for in the browser: that a page is there, by its title or by its address."""

import re
from typing import Any

from playwright.sync_api import expect


def title_of(page: Any) -> str:
    """The title once the page is there: a tap returns when its answer begins."""
    page.wait_for_load_state()
    return str(page.title())


def arrive(page: Any, end: str) -> None:
    """Wait until an address that ends so is open; another page may be begun and given up in between."""
    expect(page).to_have_url(re.compile(re.escape(end) + "$"), timeout=30_000)
    page.wait_for_load_state()
