"""Real phrasings: those seen while the vocabulary was written, and the half that was held back.

A failure names the phrasings of the known files only; of the held ones nothing but the total is told.
"""

import pytest
from rapidfuzz import fuzz, process
from tests.services.ask.phrasings import FOLDER, answered_anyway, asked, is_right, phrasings, right_share, told_share

IN_VIEW = {
    "inside": ("known", "known_2", "known_3", "known_4", "known_5", "known_6"),
    "outside": ("outside_known", "outside_known_2", "outside_known_4", "outside_known_5", "outside_known_6"),
}
HELD = ("held", "held_2", "held_3")
OTHERS_HELD = ("outside_held", "outside_held_2", "outside_held_3", "outside_held_4")
LONGEST = 40
"""A phrase of at most so many characters is a fact with an address; a longer one would be somebody's text."""
NEAR = 85
"""Two phrasings are nearly the same from this likeness on, of 100."""


def wrong(name: str) -> list[str]:
    """The phrasings of a known file that are read wrongly."""
    return [row.words for row in phrasings(name) if not is_right(row, asked(row))]


@pytest.mark.parametrize("name", ["seeds", *IN_VIEW["inside"]])
def test_phrasings_that_were_seen(name: str) -> None:
    rows, missed = phrasings(name), wrong(name)
    assert 1 - len(missed) / len(rows) >= 0.95, missed


MEASURED = [("held", 0.86, 0.92), ("held_2", 0.955, 0.975), ("held_3", 0.92, 0.95)]


@pytest.mark.parametrize(("name", "first", "told"), MEASURED)
def test_phrasings_that_were_held_back(name: str, first: float, told: float) -> None:
    """What was measured (`make bench NAME=ask`), less a little: how often the first topic, and one told, is right."""
    rows = phrasings(name)
    right, among = right_share(rows), told_share(rows)
    print(f"{name}: {right:.1%} of {len(rows)} right, {among:.1%} among those told")
    # compared outside the assertion, so that a failure shows the shares and no phrasing
    enough = right >= first and among >= told
    assert enough, f"{right:.1%} right, {among:.1%} told"


def test_more_than_one_topic_is_told_only_where_it_is_not_clear() -> None:
    counts = [len(asked(row).topics) for name in HELD for row in phrasings(name)]
    assert sum(counts) / len(counts) <= 1.35
    assert max(counts) <= 3


@pytest.mark.parametrize("name", [*IN_VIEW["outside"], "outside_held"])
def test_questions_about_other_things_get_no_answer(name: str) -> None:
    count = answered_anyway(phrasings(name))
    print(f"{name}: {count} of {len(phrasings(name))} answered")
    assert count <= 2


def test_the_files_hold_enough() -> None:
    assert len(phrasings("seeds")) >= 60
    assert sum(len(phrasings(name)) for name in HELD) >= 300
    assert len(phrasings("outside_held")) == 100
    assert all(row.topics for name in ("seeds", *IN_VIEW["inside"], *HELD) for row in phrasings(name))
    assert not any(row.topics for name in (*IN_VIEW["outside"], *OTHERS_HELD) for row in phrasings(name))


def test_no_phrasing_is_longer_than_a_fact() -> None:
    assert all(len(row.words) <= LONGEST for file in FOLDER.glob("*.tsv") for row in phrasings(file.stem))


def test_nothing_held_back_is_in_view() -> None:
    """Neither as it stands nor nearly so; again only the number is told."""
    held = [row.words for name in (*HELD, *OTHERS_HELD[1:]) for row in phrasings(name)]
    seen = [row.words for names in IN_VIEW.values() for name in names for row in phrasings(name)]
    near = sum(process.extractOne(one, seen, scorer=fuzz.ratio, score_cutoff=NEAR) is not None for one in held)
    assert near == 0
