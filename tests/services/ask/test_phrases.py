"""Real phrasings: those seen while the vocabulary was written, and the half that was held back.

A failure names the phrasings of the known files only; of the held ones nothing but the total is told.
"""

import pytest
from rapidfuzz import fuzz, process
from tests.services.ask.phrasings import answered_anyway, asked, is_right, phrasings, right_share

IN_VIEW = {
    "inside": ("known", "known_2", "known_3", "known_4", "known_5"),
    "outside": ("outside_known", "outside_known_2", "outside_known_4", "outside_known_5"),
}
OTHERS_HELD = ("outside_held", "outside_held_2")
NEAR = 85
"""Two phrasings are nearly the same from this likeness on, of 100."""


def wrong(name: str) -> list[str]:
    """The phrasings of a known file that are read wrongly."""
    return [row.words for row in phrasings(name) if not is_right(row, asked(row))]


@pytest.mark.parametrize("name", ["seeds", *IN_VIEW["inside"]])
def test_phrasings_that_were_seen(name: str) -> None:
    least = {"known_2": 0.9, "known_3": 0.9}.get(name, 0.95)
    rows, missed = phrasings(name), wrong(name)
    assert 1 - len(missed) / len(rows) >= least, missed


def test_phrasings_that_were_held_back() -> None:
    """The aim is 0.95 and is not reached (`make bench NAME=ask` says so); this keeps what is."""
    share = right_share(phrasings("held"))
    print(f"held: {share:.1%} of {len(phrasings('held'))} right")
    # compared outside the assertion, so that a failure shows the share and no phrasing
    enough = share >= 0.78
    assert enough, f"{share:.1%} right"


@pytest.mark.parametrize("name", [*IN_VIEW["outside"], "outside_held"])
def test_questions_about_other_things_get_no_answer(name: str) -> None:
    count = answered_anyway(phrasings(name))
    print(f"{name}: {count} of {len(phrasings(name))} answered")
    assert count <= 2


def test_the_files_hold_enough() -> None:
    assert len(phrasings("seeds")) >= 60
    assert len(phrasings("known")) + len(phrasings("held")) >= 300
    assert len(phrasings("outside_held")) == 100
    assert all(row.topics for name in ("seeds", *IN_VIEW["inside"], "held") for row in phrasings(name))
    assert not any(row.topics for name in (*IN_VIEW["outside"], *OTHERS_HELD) for row in phrasings(name))


def test_nothing_held_back_is_in_view() -> None:
    """Neither as it stands nor nearly so; again only the number is told."""
    held = [row.words for name in ("held", "outside_held_2") for row in phrasings(name)]
    seen = [row.words for names in IN_VIEW.values() for name in names for row in phrasings(name)]
    near = sum(process.extractOne(one, seen, scorer=fuzz.ratio, score_cutoff=NEAR) is not None for one in held)
    assert near == 0
