"""Nothing that is typed breaks asking: no exception, a bounded time, a bounded answer."""

import json
import time
from random import Random, SystemRandom
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.services.ask.hostile import corrections, hostile

from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.ask import ask
from yibao.services.ask.text import KEPT_MAX
from yibao.services.results import Refused

SECONDS_MAX = 2.0
"""Of processor time; a question that is meant takes a hundredth of it."""
BYTES_MAX = 600_000
"""The largest answer is of a topic with a case for every pooling area, for three areas."""
MEGABYTE = 1_000_000
NAMES = tuple(FACTS)
ANY = st.characters(exclude_categories=())
"""Halves of pairs too, which no encoding takes."""


def try_out(question: str, **chosen: Any) -> None:
    """One question, within the bounds."""
    start = time.thread_time()
    result = ask(question, **chosen)
    took = time.thread_time() - start
    assert took < SECONDS_MAX, (took, question[:200])
    if isinstance(result, Refused):
        assert chosen, "a question alone is never refused"
        assert len(result.message) < 2_000
        return
    found = result.value
    body = json.dumps(found.to_json(), ensure_ascii=False)
    assert len(body.encode("utf-8")) < BYTES_MAX, question[:200]
    assert len(found.question) <= KEPT_MAX
    assert found.question.isprintable()
    assert set(found.topics) <= set(ALL_TOPICS)
    assert found.answers or found.message, "there is always something said"


def test_half_a_pair_in_a_correction_breaks_nothing() -> None:
    try_out("北京住院报多少", facts={"upfront": "\ud9df\udc46"})
    try_out("北京住院报多少", area="\ud9df")


@pytest.mark.parametrize("count", [400, pytest.param(100_000, marks=pytest.mark.soak)])
def test_random_and_hostile_strings(count: int) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    drawn = Random(seed)
    try_out("北京退休每月返多少")  # what is loaded once does not count for the first string
    for number in range(count):
        question = hostile(drawn)
        chosen = corrections(drawn, NAMES)
        try:
            try_out(question, **chosen)
        except Exception as problem:
            raise AssertionError(f"seed {seed}, string {number}: {question[:300]!r} {chosen!r}") from problem


@pytest.mark.parametrize(
    "piece", ["钱", "9", "北京", "断了5个月", "<b>", "\u202e", "\x00", "a b", "（", "&amp;", "\ud800"]
)
def test_ten_megabytes(piece: str) -> None:
    try_out(piece * (10 * MEGABYTE // len(piece.encode("utf-8", "surrogatepass"))))
    try_out("北京退休每月返多少" + piece * (10 * MEGABYTE // len(piece.encode("utf-8", "surrogatepass"))))


@settings(max_examples=300, deadline=None)
@given(st.text(ANY, max_size=300))
def test_any_text(question: str) -> None:
    try_out(question)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.sampled_from(list(ALL_TOPICS)),
)
def test_any_correction(name: str, value: str, topic: str) -> None:
    try_out("北京医保", facts={name: value}, topic=topic)
