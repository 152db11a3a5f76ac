"""Can a sealed name be read by nobody else, and a number be found without being read?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from yibao.services.sealing import SealBroken, blind_index, seal, unseal
from yibao.site.keys import SealingKey

NUMBER = "990100195501010019"


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text, what="name"), what="name") == text


def test_nothing_of_the_text_is_seen_and_no_two_are_alike() -> None:
    one, other = seal(NUMBER, what="certificate"), seal(NUMBER, what="certificate")
    assert NUMBER.encode() not in one
    assert one != other


def test_a_changed_byte_does_not_open() -> None:
    whole = seal(NUMBER, what="certificate")
    for place in range(len(whole)):
        with pytest.raises(SealBroken):
            unseal(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], what="certificate")
    for short in (b"", whole[:10], whole[:-1]):
        with pytest.raises(SealBroken):
            unseal(short, what="certificate")


def test_a_sealed_phone_is_no_name() -> None:
    with pytest.raises(SealBroken):
        unseal(seal("10012345678", what="phone"), what="name")


def test_a_new_key_seals_and_the_old_one_still_opens(settings: Settings) -> None:
    before = seal(NUMBER, what="certificate")
    settings.SEALING_KEYS = (*settings.SEALING_KEYS, SealingKey(2, "SM4-GCM", bytes(range(16))))
    after = seal(NUMBER, what="certificate")
    assert (before[0], after[0]) == (1, 2)
    assert unseal(before, what="certificate") == unseal(after, what="certificate") == NUMBER
    settings.SEALING_KEYS = settings.SEALING_KEYS[1:]
    with pytest.raises(SealBroken):
        unseal(before, what="certificate")


def test_the_index_is_the_same_for_the_same_number_and_key_only(settings: Settings) -> None:
    first = blind_index(NUMBER, what="certificate")
    assert first == blind_index(NUMBER, what="certificate")
    assert first != blind_index(NUMBER, what="phone")
    settings.INDEX_KEY = bytes(32)
    assert first != blind_index(NUMBER, what="certificate")
