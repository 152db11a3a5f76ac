"""Is a channel shown only where it serves, and are people told so where they read otherwise?"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.services.guides.made import A_DOZEN, made

from yibao.law.areas import chain
from yibao.law.parameters.loading import tree
from yibao.services.answers import ALL_TOPICS
from yibao.services.guides import codes
from yibao.services.guides.errands import ERRANDS
from yibao.services.guides.shapes import Guide

QUOTED = re.compile(r"“([^”]{3,})”")
SEEDS = {"皖事通": "340000", "随申办": "310000", "合肥医保": "340100", "兰州银行": "620000"}
"""What articles recommend everywhere, and where it serves."""
CHANNEL_KEYS = ("local_app", "local_channel", "local_family", "account", "local_banks")


def channels() -> dict[str, set[str]]:
    """The names of channels in the law of each area that has its own, and the areas whose files name them."""
    found: dict[str, set[str]] = {name: {code} for name, code in SEEDS.items()}
    for code, subjects in tree()["areas"].items():
        if code == "000000":
            continue
        for file in subjects.values():
            for key, history in file.get("statements", {}).items():
                words = "".join(str(entry.get("words", "")) for entry in history) if key in CHANNEL_KEYS else ""
                for name in QUOTED.findall(words):
                    found.setdefault(name, set()).add(code)
    # Words of menus and of what serves the whole country are no channel of one area.
    return {name: where for name, where in found.items() if re.search("医保|医疗|社保|税务|办|通|银行|平台", name)}


def said(found: Guide) -> Iterator[str]:
    """Everything that a guide says for true: all but what people were told elsewhere."""
    plain = replace(found, misread=(), others_say=(), related=())
    yield repr(plain)


def strangers(code: str) -> list[tuple[str, str]]:
    own = set(chain(code))
    wrong = []
    for topic in ALL_TOPICS:
        text = "".join(said(made(code, topic)))
        wrong += [(topic, name) for name, where in channels().items() if name in text and not where & own]
    return wrong


def test_there_are_channels_to_look_for() -> None:
    assert {"皖事通", "四川医保公共服务平台", "浙里办", "吉林税务社保缴费", "湖北医疗保障"} <= channels().keys()


@pytest.mark.parametrize("code", [code for code in A_DOZEN if code != "000000"])
def test_no_guide_names_a_channel_of_another_area(code: str) -> None:
    assert strangers(code) == []


@pytest.mark.soak
def test_no_guide_of_any_area_names_a_channel_of_another() -> None:
    assert {code: wrong for code in codes() if (wrong := strangers(code))} == {}


@pytest.mark.parametrize("topic", ["premium", "paying"])
def test_bazhong_says_that_the_seeds_channels_do_not_serve_there(topic: str) -> None:
    told = [line for line in made("511900", topic).misread if "皖事通" in line]
    assert len(told) == 1
    assert all(name in told[0] for name in SEEDS)
    assert "都用不了" in told[0]
    assert not any(name in repr(made("511900", topic).ways + made("511900", topic).steps) for name in SEEDS)


def test_an_areas_own_channel_is_among_the_ways() -> None:
    ways = made("330100", "allocation").ways
    assert any("浙里办" in step.words for way in ways for step in way.steps)
    assert any("0571-12393" in step.words for way in ways for step in way.steps)


def test_what_no_statement_tells_is_not_known() -> None:
    asks = {ask.title: ask.steps for ask in made("110000", "allocation").asks}
    assert asks["要带什么、收不收钱"][0].words.startswith("带身份证")
    assert asks["要等多久"] == ()
    assert list(asks)[-1] == "要等多久"


def test_every_errand_names_statements_of_the_nation() -> None:
    for topic, errand in ERRANDS.items():
        assert set(errand.ways) <= set(ALL_TOPICS), topic
        for owner, key in (*errand.bring, *errand.time, *errand.cost):
            subject = tree()["areas"]["000000"][owner.replace("-", "_")]["statements"]
            assert key in subject, (topic, owner, key)
