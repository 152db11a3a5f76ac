"""The browser for every channel that has pages: one Chromium in a process, since Playwright starts but once in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture
def live_url(live_server: Any) -> str:
    """Where the site runs for the browser."""
    return str(live_server.url)


def wait_after_taps(monkeypatch: pytest.MonkeyPatch, locator: Any) -> None:
    """A tap returns when its answer begins; what is read next, such as how many rows there are, waits for nothing."""
    tap = locator.click

    def click(self: Any, **more: Any) -> None:
        tap(self, **more)
        self.page.wait_for_load_state()

    monkeypatch.setattr(locator, "click", click)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: the screens were not looked at")
    # Playwright keeps an event loop in this thread; Django then takes the fixtures' statements for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with pytest.MonkeyPatch.context() as monkeypatch, sync_api.sync_playwright() as playwright:
        wait_after_taps(monkeypatch, sync_api.Locator)
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Any, live_url: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site on a screen of a width, in a size and colour, with or without JavaScript."""
    contexts = []

    def opened(path: str, width: int = 360, size: str = "normal", colour: str = "light", **more: Any) -> Any:
        screen = {"width": width, "height": 640 if width < 700 else 900}
        more.setdefault("service_workers", "block")  # what is kept for times without a network is test_app's matter
        context = browser.new_context(viewport=screen, base_url=live_url, **more)
        context.set_default_timeout(30_000)
        contexts.append(context)
        context.add_cookies([{"name": "display", "value": f"{size}.{colour}", "url": live_url}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
