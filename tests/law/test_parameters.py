"""Does every dated value stand on a cited document, in order, in the right unit, without holes?"""

import json
from collections import Counter
from datetime import date
from itertools import pairwise

import jsonschema
import pytest
from tests.law.parameter_files import (
    FOLDER,
    NATION,
    Dated,
    File,
    begins,
    dated,
    days_of_change,
    files,
    numbers,
    rows_of,
)

from yibao.law.parameters.loading import number
from yibao.law.parameters.resolving import entry_on, history_of
from yibao.law.terms import terms

SCHEMA = jsonschema.Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
GRADES = {"official", "reported", "unverified"}
UNITS = {  # how a value is written, and the units of terms that may be written so
    "fen": {"fen", "fen/month", "fen/year"},
    "ppm": {"ppm"},
    "months": {"months", "age_months"},
    "month": {"month"},
    "code": {"code", "yes_no"},
    "": {"age", "year", "count", "months", "years", "working_days"},
}
FIRST_ROW = {"from_age": 0, "from_stay": 1, "from_months": 0, "from_year": 0}

every_file = pytest.mark.parametrize("file", files(), ids=str)
every_value = pytest.mark.parametrize("found", dated(), ids=str)


def number_or_none(text: str) -> int | None:
    """The number of a scalar; nothing for the name of a way of reckoning."""
    return None if text.replace("_", "").isalpha() and text not in ("yes", "no", "none") else number(text)[0]


def test_there_is_law_to_walk() -> None:
    assert len(files()) > 20
    assert len(dated()) > 100


@every_file
def test_file_keeps_to_the_schema(file: File) -> None:
    assert [f"{list(e.absolute_path)}: {e.message[:200]}" for e in SCHEMA.iter_errors(file.body)] == []


@every_value
def test_value_is_cited_or_a_gap_that_says_what_would_settle_it(found: Dated) -> None:
    entry, documents = found.entry, found.file.body["documents"]
    if "gap" in entry:
        assert entry["gap"]
        assert entry["settles"]
    else:
        assert entry["cite"] in documents
        assert entry["grade"] in GRADES
        assert date.fromisoformat(entry["checked"]).year >= 2026
    for part in found.parts:
        assert part.get("cite", entry.get("cite", next(iter(documents)))) in documents
        assert part.get("grade", "official") in GRADES
        told = "gap" in part or "~" in str(part.get("value", part.get("rows", "")))
        assert told == ("settles" in part) or "settles" in entry or part is entry
    for conflict in entry.get("conflicts", []):
        assert conflict["why"]


@every_file
def test_values_stand_in_order_and_do_not_overlap(file: File) -> None:
    for key, history in file.body.get("parameters", {}).items():
        days = [begins(entry) for entry in history]
        assert days == sorted(set(days)), key
        for earlier, later in pairwise(history):
            if "until" in earlier:
                assert begins(earlier) <= date.fromisoformat(earlier["until"]) < begins(later), key


@every_value
def test_unit_is_that_of_the_term(found: Dated) -> None:
    for name, text in numbers(found):
        if number_or_none(text) is None or name not in terms():
            continue
        _, unit = number(text)
        from_the_beginning = name.startswith("from_") and text == "0"
        divisor = name == "divisor" and unit == "months"  # 计发月数 is a count, and a count of months
        assert from_the_beginning or divisor or terms()[name].unit in UNITS[unit], f"{name}: {text}"


@every_value
def test_tables_have_no_hole(found: Dated) -> None:
    for rows in rows_of(found):
        if "lower" in rows[0]:
            assert number(rows[0]["lower"])[0] == 0
            assert all(before["upper"] == after["lower"] for before, after in pairwise(rows))
            assert all(number(row["lower"])[0] < number(row["upper"])[0] for row in rows)
            assert rows[-1]["upper"] == "none"
        else:
            first = next(iter(rows[0]))
            steps = [number(row[first])[0] for row in rows]
            assert steps == sorted(set(steps))
            assert first not in FIRST_ROW or steps[0] == FIRST_ROW[first]


@every_value
def test_both_ends_of_a_range_rise(found: Dated) -> None:
    for part in found.parts:
        text = json.dumps(part, ensure_ascii=False)
        ranges = [word for word in text.split('"') if "~" in word and word[0].isdigit()]
        assert all(number(r.split("~")[0])[0] < number(r.split("~")[1])[0] for r in ranges)
        assert not ranges or found.entry.get("settles") or part.get("settles")


@every_value
def test_cells_tell_each_place_once(found: Dated) -> None:
    places = Counter(tuple(cell.get(dim, "") for dim in found.entry["by"]) for cell in found.entry.get("cells", []))
    assert [place for place, times in places.items() if times > 1] == []
    for cell in found.entry.get("cells", []):
        assert set(cell) & {*found.entry["by"]}, "a cell says for whom it holds"


@every_file
def test_every_document_is_used(file: File) -> None:
    cited = {
        holder["cite"]
        for found in dated()
        if found.file is file
        for holder in (found.entry, *found.parts)
        if "cite" in holder
    }
    histories = file.body.get("statements", {}).values()
    cited |= {entry["cite"] for history in histories for entry in history if "cite" in entry}
    assert cited == set(file.body.get("documents", {}))


def local_rates(day: date) -> dict[str, int]:
    """Every share of the area's average pension that a local rule gives on a day, by area."""
    out = {}
    for file in files():
        for key in ("retired_rate", "frame_rate"):
            entry = entry_on(file.body.get("parameters", {}).get(key, []), day)
            if entry and "gap" not in entry and file.code != NATION:
                out[file.code] = max(number(text)[0] for text in entry["value"].split("~"))
    return out


def test_frame_reaches_as_high_as_every_local_rate() -> None:
    """Decision 2: the high end of the national frame is the highest ratio that a cited local rule uses."""
    compared = 0
    for day in sorted({day for file in files() for day in days_of_change(file.code)}):
        entry = entry_on(history_of(NATION, "allocation", "frame_rate")[1], day)
        if entry and "gap" not in entry:
            high = number(entry["value"].split("~")[1])[0]
            compared += len(local_rates(day))
            assert max(local_rates(day).values(), default=0) <= high, day
    assert compared, "no local rate is loaded: the test says nothing"
