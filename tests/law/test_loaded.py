"""Is every row of the collected facts accounted for, and does it lie where the list says?"""

import csv
import re
from collections import Counter
from pathlib import Path

import yibao.law.parameters as package
from yibao.law import calendar

FOLDER = Path(package.__file__).parent
WITH_REASON = {"refuted", "unusable", "other subject", "open"}


def rows() -> list[dict[str, str]]:
    with (FOLDER / "LOADED.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_row_says_where_it_went() -> None:
    for row in rows():
        where = row["where"]
        if where in WITH_REASON:
            assert row["why"], row
        elif where == "calendar":
            assert Path(calendar.__file__).with_name("2025.yaml").exists()
        else:
            named = re.findall(r"\d{6}_\w+(?:/\w+\.yaml)?", where)
            assert named, row
            assert all((FOLDER / name).exists() for name in named), row


def test_the_readme_counts_the_list() -> None:
    """What is still open is said in a number, so that it can only shrink by work."""
    found = Counter(row["where"] if row["where"] in WITH_REASON else "loaded" for row in rows())
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    for kind, count in found.items():
        assert f"{kind}: {count}" in told, (kind, count)
