"""What does the hotline say? The sentences and menus of `menus/*.yaml`, and any text of ours as the telephone says it.

Nothing said holds a digit; nobody's number is said. A sentence with Chinese characters is Chinese, the others English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from yibao.channels.hotline.shapes import Language
from yibao.services.speech import DIGITS, spoken
from yibao.services.speech_english import number_in_english

FOLDER = Path(__file__).parent.parent / "menus"
PARTS = ("press", "other_area")
"""What is part of other sentences only."""
FIGURES = DIGITS.replace("一", "幺")
CASES_MAX = 4
"""More cases than these nobody keeps in mind."""
STAR, HASH, PERSON = "*", "#", "0"
HAN = re.compile(r"[㐀-鿿]")
ENDS = re.compile(r"(?<=[。？！；])")
CLOSED = re.compile(r"（([^（）]*)）")
REMARK = re.compile(r"〔([^〔〕\d][^〔〕]*)〕")
YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕")
QUOTES = re.compile(r"[“”《》〔〕「」]")
BLANKS = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
ASK_ELSEWHERE = (
    (re.compile(r"可以打医保服务热线 ?12393 ?问（外地拨区号加 ?12393）"), "想问清楚的，请按零找工作人员"),
    (re.compile(r"请?(?:拨打|打) ?12393 ?"), "请按零找工作人员"),
)
"""On the telephone one has got through already: a person is one key away."""


@cache
def read(name: str) -> dict[str, Any]:
    """One of the files, its values as texts."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: dict[str, Any] = yaml.load(FOLDER.joinpath(f"{name}.yaml").read_bytes(), loader)  # noqa: S506 builds text only
    return found


def sentence(name: str, language: Language, **filled: str) -> list[str]:
    """A sentence by its name, as one or none: what has no words in a language is not said in it."""
    text = str(read("sentences")[name][language])
    return [text.format(**filled)] if text else []


def said(part: dict[str, str], language: Language) -> str:
    """The words of a menu's item or of a fact; empty where it has none in the language."""
    return str(part.get(language, ""))


def offered(text: str, key: str, language: Language) -> str:
    """A choice and its key: 查余额，请按一。"""
    pressed = DIGITS[int(key)] if language == "zh" else number_in_english(int(key))
    of_text: Language = "zh" if HAN.search(text) else "en"
    if of_text != language:  # the way into the other language is offered in that one
        return offered(text, key, of_text)
    return sentence("press", language, offer=text, key=pressed)[0]


def aloud(text: str) -> list[str]:
    """A text of ours in sentences, as the telephone says them.

    >>> aloud("北京市：每月划入110.00元。（依据是新闻报道）")
    ['北京市：每月划入一百一十元。', '依据是新闻报道。']
    >>> aloud("对不上的，请拨打 12393 核对。")
    ['对不上的，请按零找工作人员核对。']
    """
    if not HAN.search(text):
        return [text] if text else []
    for elsewhere, here in ASK_ELSEWHERE:
        text = elsewhere.sub(here, text)
    plain = CLOSED.sub(_closed, REMARK.sub("，\\1", YEAR_OF_NUMBER.sub("\\1年", text)))
    return [
        _ended(BLANKS.sub("", QUOTES.sub("", spoken(one.strip())))) for one in ENDS.split(plain) if one.strip("。；， ")
    ]


def spelt(code: str) -> list[str]:
    """Each figure as a sentence; a one as telephones say it, since it sounds too much like a seven.

    >>> spelt("170")
    ['幺。', '七。', '零。']
    """
    return [f"{FIGURES[int(figure)]}。" for figure in code]


def fixed() -> Iterator[str]:
    """Every sentence that is the same in every call, as `aloud` cuts it."""
    for text in _fixed():
        yield from aloud(text)
    yield from spelt("0123456789")


def _fixed() -> Iterator[str]:
    for name, both in read("sentences").items():
        if name not in PARTS:
            yield from (text for text in both.values() if text and "{" not in text)
    for items in read("menus").values():
        yield from _offers(items)
    for name, fact in read("facts").items():
        if name == "ways":
            yield from (text for both in fact.values() for text in both.values())
            continue
        yield from (fact["zh"], fact["en"])
        yield from _offers({str(key): value for key, value in enumerate(fact.get("values", {}).values(), 1)})


def _offers(items: dict[str, dict[str, str]]) -> Iterator[str]:
    languages: tuple[Language, ...] = ("zh", "en")
    for key, item in items.items():
        yield from (offered(said(item, language), key, language) for language in languages if said(item, language))


def _closed(found: re.Match[str]) -> str:
    """What stands in brackets: a sentence of its own at the end of one, a pause within."""
    before = found.string[: found.start()].rstrip()
    if before.endswith("。"):
        return f"{found[1]}。"
    return f"，{found[1]}" if re.match(r"[，。；：、]|$", found.string[found.end() :]) else f"，{found[1]}，"


def _ended(text: str) -> str:
    tidy = re.sub(r"[，、：；]+(?=[。？！]|$)", "", text.replace("；", "。"))
    tidy = re.sub(r"，+", "，", tidy)
    return tidy if tidy.endswith(("。", "？", "！")) else f"{tidy}。"
