"""No templates: does any area hold what its own, its province's or the nation's documents do not give?"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from tests.law.parameter_files import NATION, Dated, File, begins, dated, files, numbers

from yibao.law.areas import chain, find

NATIONAL_ISSUERS = ("国务院", "国家医疗保障局", "人力资源社会保障部", "全国人民代表大会")
OF_THE_WHOLE_NATION_WITH_LOCAL_PROOF = {NATION}
"""The nation's frame takes its upper end, and its practice, from what cities published: each with a note."""
FEWEST_NUMBERS = 3
"""Two areas may well both say 25 years, or 60 % and 70 %; a table of three numbers is not the same by accident."""
READ_APART = {
    ("outpatient_rate", "230100", "520200"): "哈尔滨 and 六盘水: 60, 55, 50 % each in the city's own document",
    ("outpatient_rate", "360100", "530100", "610300"): "南昌, 昆明 and 宝鸡: each in the city's own document",
    ("outpatient_rate", "370200", "370400", "652300"): "青岛, 枣庄 and 昌吉: each in a source of its own",
    ("outpatient_rate", "511900", "630100"): "巴中 and 西宁: each in a source of its own",
    ("retired_bands", "370100", "370200", "370600", "370800"): "济宁's notice calls it one standard of the province",
    ("deductibles", "340100", "440300"): "合肥 and 深圳: each in the city's own document",
}
"""Tables that are alike, and were each found in a document of its own: somebody looked before it was written here."""

every_file = pytest.mark.parametrize("file", files(), ids=str)


def stands_for(document: dict[str, str], code: str) -> bool:
    """Whether a document speaks of an area: it names it, its province or a part of it, or the nation issued it."""
    names = [find(c).name for c in chain(code) if c != NATION]
    shorts = [name.removesuffix("市").removesuffix("省") for name in names]
    told = document["document"] + document["issuer"]
    return any(short in told for short in shorts) or document["issuer"].startswith(NATIONAL_ISSUERS)


@every_file
def test_no_area_rests_on_another_areas_document(file: File) -> None:
    """A value that is copied from a neighbour comes with a paper that names the neighbour.

    That much of "no templates" can be checked: every document that an area cites names the area or its province, or was
    issued by the nation. So two areas share a value only on the ground of a shared issuer above them, or each on a
    document of its own.
    """
    strange = [key for key, document in file.body.get("documents", {}).items() if not stands_for(document, file.code)]
    if file.code not in OF_THE_WHOLE_NATION_WITH_LOCAL_PROOF:
        assert strange == []
    for found in dated():
        if found.file is file and found.entry.get("cite") in strange:
            assert found.entry["note"]


def test_a_copied_file_would_be_noticed() -> None:
    beijing = next(f for f in files() if (f.code, f.subject) == ("110000", "allocation"))
    documents = beijing.body["documents"].values()
    assert all(stands_for(document, "110000") for document in documents)
    assert not any(stands_for(document, "420100") for document in documents)


def figures_of(file: File) -> dict[str, Any]:
    """The values of a file that are not gaps, without their proof."""
    return {
        f"{found.key} {begins(found.entry)}": [part.get("rows", part.get("value")) for part in found.parts]
        for found in dated()
        if found.file is file and "gap" not in found.entry
    }


def numbers_of(file: File) -> int:
    """How many different numbers a file tells; gaps tell none, and are alike everywhere."""
    told = [found for found in dated() if found.file is file and "gap" not in found.entry]
    return len({n.text for found in told for n in numbers(found) if n.text[0] in "123456789"})


def test_no_two_files_are_the_same_without_a_shared_issuer() -> None:
    for one, other in combinations([f for f in files() if f.code != NATION], 2):
        if one.subject == other.subject and figures_of(one) == figures_of(other) and numbers_of(one) >= FEWEST_NUMBERS:
            issuers = [{d["issuer"] for d in f.body["documents"].values()} for f in (one, other)]
            assert issuers[0] & issuers[1], f"{one} and {other}"


Alike = dict[tuple[str, ...], list[Dated]]


def alike(values: Iterable[Dated]) -> Alike:
    """The tables of one parameter that hold the same numbers in more than one area, by parameter and areas."""
    groups: dict[tuple[Any, ...], list[Dated]] = defaultdict(list)
    for found in values:
        told = tuple(numbers(found))
        if "gap" not in found.entry and len({n.text for n in told if n.text[0] in "123456789"}) >= FEWEST_NUMBERS:
            groups[found.key, told].append(found)
    out = {}
    for (key, _), same in groups.items():
        areas = {found.file.code for found in same} - {NATION}
        areas = {code for code in areas if not areas & set(chain(code)[1:])}  # a city may repeat its province
        if len(areas) > 1:
            out[key, *sorted(areas)] = same
    return out


def issuers(found: Dated) -> set[str]:
    """Who issued the documents that a value cites."""
    cites = {part.get("cite", found.entry.get("cite")) for part in found.parts}
    return {document["issuer"] for name, document in found.file.body["documents"].items() if name in cites}


def unexplained(groups: Alike) -> list[tuple[str, ...]]:
    """The tables that areas share although no issuer stands above both."""
    return [
        place
        for place, same in groups.items()
        if place not in READ_APART and not set.intersection(*(issuers(found) for found in same))
    ]


def test_no_two_areas_share_a_table_without_a_shared_issuer() -> None:
    assert unexplained(alike(dated())) == []


def test_what_was_read_apart_is_still_alike() -> None:
    assert set(READ_APART) <= set(alike(dated())), "a line that no longer holds goes"


def test_a_copied_table_would_be_noticed() -> None:
    """北京's segments in 武汉's file, under a document of 武汉's."""
    segments = next(found for found in dated() if str(found.file).startswith("110000") and found.key == "segments")
    wuhan = next(file for file in files() if (file.code, file.subject) == ("420100", "inpatient"))
    own = next(iter(wuhan.body["documents"]))
    bare = [{key: value for key, value in part.items() if key != "cite"} for part in segments.parts]
    copied = Dated(wuhan, "segments", {**segments.entry, "cite": own, "cells": bare})
    assert unexplained(alike([*dated(), copied])) == [("segments", "110000", "420100")]
