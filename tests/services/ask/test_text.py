"""Is what was typed made plain before it is read, and cut before any work?"""

import time

import pytest

from yibao.services.ask.text import KEPT_MAX, clean, simplified, tight


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  医保　余额 ", "医保 余额"),
        ("２０２５年", "2025年"),
        ("医保\x00\u200b余额", "医保余额"),
        ("<script>alert(1)</script>医保", "alert(1)医保"),
        ("<b>医保</b>&nbsp;余额", "医保余额"),
        ("医保\n余额\t怎么查", "医保 余额 怎么查"),
        ("\ud800医保", "医保"),
        ("", ""),
    ],
)
def test_cleaned(typed: str, expected: str) -> None:
    assert clean(typed).question == expected


def test_too_long_is_cut_and_said() -> None:
    cleaned = clean("医" * (KEPT_MAX + 1))
    assert (len(cleaned.question), cleaned.was_cut) == (KEPT_MAX, True)
    assert not clean("医" * KEPT_MAX).was_cut


def test_ten_million_characters_are_cut_before_any_work() -> None:
    typed = "医保" * 5_000_000
    begun = time.perf_counter()
    assert clean(typed).was_cut
    assert time.perf_counter() - begun < 0.1


def test_one_character_that_grows_when_made_plain_stays_within_bounds() -> None:
    assert len(clean("ﷺ" * 2000).question) <= KEPT_MAX  # one of these becomes eighteen


def test_traditional_characters() -> None:
    assert simplified("醫療保險斷繳了怎麼辦") == "医疗保险断缴了怎么办"
    assert simplified("医保断缴") == "医保断缴"


def test_blanks_between_chinese_words_do_not_matter() -> None:
    assert tight("合肥 医保 余额") == "合肥医保余额"
    assert tight("he fei yi bao") == "he fei yi bao"
