"""A shared answer: kept as issued, found by whoever holds its number, gone after 90 days or when taken back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.books.shared_answers.models import SharedAnswer
from yibao.services import shared
from yibao.services.results import Done, Refused

ANSWER: dict[str, Any] = {
    "answer_version": 1,
    "topic": "allocation",
    "area": {"code": "110000", "name": "北京市"},
    "on": "2025-06-01",
    "figures": {"allocation_net": {"value": 9700, "unit": "fen/month"}},
    "summary": "每月划入个人账户97元。",
}
FACTS = {"status": "retired", "age": "69"}
NOON = datetime(2025, 6, 1, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_it_is_shown_word_for_word_as_it_was_issued() -> None:
    code = shared.save(ANSWER, FACTS, at=NOON)
    found = shared.get(code, at=NOON)
    assert isinstance(found, Done)
    assert (found.value.answer, found.value.facts, found.value.code) == (ANSWER, FACTS, code)
    assert found.value.issued_at == NOON
    assert found.value.expires_at == NOON + timedelta(days=90)


@pytest.mark.django_db
def test_unknown_expired_deleted_and_nonsense_are_told_alike() -> None:
    deleted = shared.save(ANSWER, FACTS, at=NOON)
    assert shared.delete(deleted, at=NOON) == Done(None)
    expired = shared.save(ANSWER, FACTS, at=NOON)
    later = NOON + timedelta(days=90)
    assert isinstance(shared.get(expired, at=later - timedelta(seconds=1)), Done)
    unknown = shared.code_of(UUID(int=7))
    refusals = [shared.get(code, at=later) for code in (deleted, expired, unknown, "", "你好", "U" * 26, "Z" * 26)]
    refusals += [shared.delete(code, at=later) for code in (deleted, expired, unknown, "")]
    assert all(isinstance(refusal, Refused) for refusal in refusals)
    assert len(set(map(str, refusals))) == 1


@pytest.mark.django_db
def test_what_has_expired_leaves_the_books() -> None:
    shared.save(ANSWER, FACTS, at=NOON)
    later = NOON + timedelta(days=90)
    kept = shared.save(ANSWER, FACTS, at=later)  # a new answer takes the expired ones out
    assert SharedAnswer.objects.count() == 1
    assert shared.purge_expired(at=later) == 0
    assert shared.purge_expired(at=later + timedelta(days=90)) == 1
    assert isinstance(shared.get(kept, at=later), Refused)


@pytest.mark.django_db
def test_the_number_is_written_in_groups_of_four_and_is_never_the_same() -> None:
    codes = {shared.save(ANSWER, FACTS, at=NOON) for _ in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}", code) for code in codes)


@given(number=st.uuids(), small=st.booleans(), dash=st.sampled_from(["-", "", " "]))
def test_a_number_is_read_however_it_is_typed(number: UUID, small: bool, dash: str) -> None:
    typed = shared.code_of(number).replace("-", dash).replace("1", "I").replace("0", "o")
    assert shared.number_of(typed.lower() if small else typed) == number
