"""Where does the code of a guide's address lead, and which pages are listed?"""

import pytest

from yibao.law.parameters.loading import tree
from yibao.services.answers import ALL_TOPICS
from yibao.services.guides import addresses, areas_within, codes, place, provinces
from yibao.services.results import Done, Refused


def test_every_listed_code_is_its_own_place() -> None:
    assert set(codes()) == set(tree()["areas"])
    for code in codes():
        found = place(code)
        assert isinstance(found, Done)
        assert found.value.code == code


def test_no_two_listed_places_have_one_name() -> None:
    names = [found.value.name for code in codes() if isinstance(found := place(code), Done)]
    assert len(names) == len(set(names)) == len(codes())


@pytest.mark.parametrize(
    ("code", "pooling"),
    [("110108", "110000"), ("110103", "110000"), ("440305", "440300"), ("511902", "511900")],
    ids=["district", "retired district", "district of 深圳", "district of 巴中"],
)
def test_smaller_and_older_divisions_lead_to_their_pooling_area(code: str, pooling: str) -> None:
    found = place(code)
    assert isinstance(found, Done)
    assert found.value.code == pooling


@pytest.mark.parametrize("code", ["999999", "火星", "810000", "../etc"])
def test_what_is_no_place_is_refused(code: str) -> None:
    assert isinstance(place(code), Refused)


def test_the_list_has_every_area_with_law_once() -> None:
    listed = [one.code for province in provinces() for one in province.areas]
    heads = [province.area.code for province in provinces()]
    assert len(heads) == 31
    assert len(listed) == len(set(listed))
    assert set(codes()) - {"000000"} <= {*listed, *heads}


def test_a_province_leads_to_its_pooling_areas_and_a_city_to_none() -> None:
    assert ("511900", "巴中市") in areas_within("510000")
    assert areas_within("511900") == areas_within("110000") == areas_within("000000") == ()


def test_every_address_is_there_once() -> None:
    pages = [parts for parts, _ in addresses()]
    assert len(pages) == len(set(pages)) == 1 + len(codes()) * (1 + len(ALL_TOPICS))
    assert all(len(day) == 10 for _, day in addresses())
