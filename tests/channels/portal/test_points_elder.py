"""Points 59 to 63 of the checklist: the switch, all of it in large print, sizes, contrast, nothing that jumps up."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

import yibao.channels.portal
from yibao.channels.portal.display_modes import ELDER_NAMES, YEAR

STYLE = (Path(yibao.channels.portal.__file__).parent / "static" / "portal" / "portal.css").read_text()
GROUNDS = ("paper", "surface", "sunk", "brand-soft", "unsure-soft")
PAIRS = [
    *[(word, ground) for word in ("ink", "ink-2") for ground in GROUNDS],
    *[(word, ground) for word in ("brand", "late", "unsure") for ground in ("paper", "surface")],
    ("unsure", "unsure-soft"), ("late", "late-soft"), ("on-brand", "brand"), ("on-brand-2", "card"),
]  # fmt: skip
SHAPES = [("edge", "surface"), ("brand", "surface")]
"""What a mode must be told apart from: words on their grounds, and the borders of what can be pressed."""
LETTERS = """() => [...document.querySelectorAll("body *")].filter(e => e.getClientRects().length &&
  !e.closest("svg, .vh, .skip")
  && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => [e, getComputedStyle(e)]).map(([e, style]) => [`${e.tagName}.${e.className}`, parseFloat(style.fontSize),
    parseFloat(style.lineHeight) / parseFloat(style.fontSize)])"""
INTRUDERS = "dialog, [role=dialog], [role=alertdialog], iframe, video, audio, marquee, embed, object, [autoplay]"

Opener = Callable[..., Any]


def browser_test(function: Any) -> Any:
    return pytest.mark.browser(pytest.mark.django_db(transaction=True)(function))


@browser_test
def test_point_59_the_switch_is_on_each_page_and_in_the_settings_and_is_remembered(
    open_page: Opener, pages: dict[str, str]
) -> None:
    page = open_page("/", 360)
    for name, path in pages.items():
        page.goto(path)
        box = page.get_by_role("button", name="长辈版").bounding_box()
        assert box["y"] + box["height"] < 80, name
    page.goto(pages["answer"])
    page.get_by_role("button", name="长辈版").click()
    assert page.url.endswith(pages["answer"]), "one stays where one was"
    page.goto("/about/")
    assert "elder" in page.locator("html").get_attribute("class")
    kept = next(cookie for cookie in page.context.cookies() if cookie["name"] == "display")
    assert kept["expires"] - time.time() > YEAR - 3600
    page.get_by_role("link", name="字号和颜色").click()
    assert page.locator("input[name=size]:checked").get_attribute("value") == "elder"


@pytest.mark.parametrize("name", ["长辈版", "关怀版", "关爱版", "亲情版"])
def test_point_59_large_print_is_found_by_the_names_it_has_elsewhere(client: Client, name: str) -> None:
    assert name in ELDER_NAMES
    found = client.get("/?" + urlencode({"area": name}))
    assert (found.status_code, found.headers["Location"]) == (302, "/display/")
    assert name in client.get("/display/").content.decode()


@browser_test
@pytest.mark.parametrize(("size", "least", "body"), [("normal", 14, 16), ("elder", 20, 20), ("xl", 22, 30)])
def test_points_61_62_letters_are_large_and_lines_apart(
    open_page: Opener, pages: dict[str, str], size: str, least: int, body: int
) -> None:
    page = open_page("/", 360, size)
    for name in ("home", "choice", "number", "check", "answer", "hospital", "range", "reason", "compared", "display"):
        page.goto(pages[name])
        for summary in page.locator("summary").all():
            summary.click()
        letters = page.evaluate(LETTERS)
        assert [told for told in letters if told[1] < least] == [], name
        assert [told for told in letters if told[2] < 1.5 - 0.01] == [], name
        assert page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") >= body


def colours(mode: str) -> dict[str, str]:
    """The colours of a mode: those of the plain one, and what the mode says otherwise."""
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", STYLE.split("/* 2 modes")[0]))
    for part in mode.split():
        blocks = re.findall(rf"^:root\.{part} \{{(.*?)\}}", STYLE, flags=re.DOTALL | re.MULTILINE)
        assert blocks or part == "light", part
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", "".join(blocks)))
    return found


def luminance(colour: str) -> float:
    full = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("mode", "least"),
    [("light", 4.5), ("dark", 4.5), ("elder", 7.0), ("contrast", 7.0), ("elder contrast", 7.0), ("elder dark", 4.5)],
)
def test_point_62_words_stand_out_from_their_ground(mode: str, least: float) -> None:
    told = colours(mode)
    poor = {pair: contrast(told[pair[0]], told[pair[1]]) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < least} == {}
    assert {pair for pair in SHAPES if contrast(told[pair[0]], told[pair[1]]) < 3} == set()


@browser_test
def test_point_63_nothing_jumps_up_and_nothing_comes_from_elsewhere(open_page: Opener, pages: dict[str, str]) -> None:
    page = open_page("/", 360)
    opened, elsewhere = [], []
    here = urlsplit(page.url).netloc
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    page.context.on("page", lambda other: opened.append(other.url))
    page.on("request", lambda one: elsewhere.append(one.url) if urlsplit(one.url).netloc != here else None)
    for name, path in pages.items():
        page.goto(path)
        assert page.locator(INTRUDERS).count() == 0, name
        assert page.locator("#aloud-bar").is_hidden()
    page.wait_for_timeout(300)
    assert (opened, elsewhere) == ([], [])
