"""Are the divisions complete, and does each belong to one pooling area?"""

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from yibao.law import areas
from yibao.law.areas.tables import divisions, outside, retired

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "src" / "yibao" / "law" / "areas"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_divisions", ROOT / "tools" / "make_divisions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_as_many_divisions_as_the_source_says() -> None:
    levels = Counter(place.level for place in divisions().values())
    assert levels == {"province": 34, "prefecture": 333, "county": 2847}


def test_prefectures_are_of_the_four_kinds() -> None:
    endings = Counter(
        next(end for end in ("市", "州", "地区", "盟") if place.name.endswith(end))
        for place in divisions().values()
        if place.level == "prefecture"
    )
    assert endings == {"市": 293, "州": 30, "地区": 7, "盟": 3}


def test_every_parent_exists_one_level_up_and_shares_the_digits() -> None:
    for place in divisions().values():
        if place.level == "province":
            assert place.parent == ""
            assert place.code.endswith("0000")
            continue
        parent = divisions()[place.parent]
        assert parent.level == "province" or (place.level, parent.level) == ("county", "prefecture")
        digits = 2 if parent.level == "province" else 4
        assert place.code[:digits] == parent.code[:digits]


def test_thirty_three_counties_lie_directly_under_a_province() -> None:
    direct = [
        place
        for place in divisions().values()
        if place.level == "county"
        and place.parent.endswith("0000")
        and place.parent[:2] not in {"11", "12", "31", "50"}
    ]
    assert len(direct) == 33
    assert Counter(place.parent for place in direct) == {"410000": 1, "420000": 4, "460000": 15, "650000": 13}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("北京市", "北京"),
        ("安徽省", "安徽"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("临夏回族自治州", "临夏"),
        ("恩施土家族苗族自治州", "恩施"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("大兴安岭地区", "大兴安岭"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("朝阳区", "朝阳"),
        ("浦东新区", "浦东"),
        ("清新区", "清新"),
        ("和县", "和县"),
        ("巴林左旗", "巴林左旗"),
        ("敖汉旗", "敖汉"),
        ("神农架林区", "神农架"),
        ("北林区", "北林"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("龙胜各族自治县", "龙胜"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert {place.short for place in divisions().values() if place.name == name} == {short}


def test_short_names_are_at_least_two_characters() -> None:
    assert not [place.name for place in divisions().values() if len(place.short) < 2]


def test_every_prefecture_and_county_has_exactly_one_pooling_area() -> None:
    held: Counter[str] = Counter()
    for province in divisions().values():
        if province.level == "province":
            listed = areas.pooling_areas_of(province.code)
            assert len({area.code for area in listed}) == len(listed)
            held.update(area.code for area in listed)
            assert bool(listed) != outside(province.code)
            assert all(area.province == province.code for area in listed)
    assert set(held.values()) == {1}
    for place in divisions().values():
        if place.level != "province":
            area = areas.pooling_area(place.code)
            assert area is not None
            assert area.code in held
            assert areas.pooling_area(area.code) == area


@pytest.mark.parametrize(
    ("code", "pool"),
    [
        ("110105", "110000"),
        ("310115", "310000"),
        ("460100", "460000"),
        ("469029", "460000"),
        ("540100", "540000"),
        ("540102", "540000"),
        ("340104", "340100"),
        ("429004", "429004"),
        ("419001", "419001"),
        ("659001", "659001"),
        ("629900", "629900"),
        ("640104", "640100"),
        ("420600", "420600"),
        ("320602", "320600"),  # retired
        ("371200", "370100"),  # retired
    ],
)
def test_pooling_area_of(code: str, pool: str) -> None:
    area = areas.pooling_area(code)
    assert area is not None
    assert area.code == pool


@pytest.mark.parametrize("code", ["340000", "650000", "710000", "810000", "820000", "999999", "341400"])
def test_no_single_pooling_area(code: str) -> None:
    assert areas.pooling_area(code) is None


def test_areas_that_deviate_say_why() -> None:
    for code in ("659001", "429021", "629900", "460000", "540000"):
        area = areas.pooling_area(code)
        assert area is not None
        assert area.note
    assert "GB/T 2260" in areas.pooling_areas_of("620000")[-1].note


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("340100", ["340100", "340000", "000000"]),
        ("340104", ["340100", "340000", "000000"]),
        ("110000", ["110000", "000000"]),
        ("110105", ["110000", "000000"]),
        ("460100", ["460000", "000000"]),
        ("429004", ["429004", "420000", "000000"]),
        ("659001", ["659001", "650000", "000000"]),
        ("629900", ["629900", "620000", "000000"]),
        ("340000", ["340000", "000000"]),
        ("000000", ["000000"]),
        ("371200", ["370100", "370000", "000000"]),
        ("810000", ["810000"]),
    ],
)
def test_chain(code: str, codes: list[str]) -> None:
    assert areas.chain(code) == codes


def test_chain_of_an_unknown_code_is_refused() -> None:
    with pytest.raises(areas.UnknownArea, match="合肥市"):
        areas.chain("340199")


def test_retired_rows_lead_to_divisions_in_force() -> None:
    for rows in retired().values():
        for row in rows:
            assert row.successors
            assert set(row.successors) <= set(divisions())
            assert row.division.until == ""  # a year is known, no day: not made up
            in_force = divisions().get(row.division.code)
            assert in_force is None or in_force.name != row.division.name


def test_division_of_a_retired_code_names_its_successor() -> None:
    old = areas.division("371200")
    assert old is not None
    assert (old.name, old.successor) == ("莱芜市", "370116")
    assert areas.division("999999") is None


def test_pooling_areas_are_in_step_with_what_was_written(tool: ModuleType) -> None:
    written = tool.pooling_areas((DATA / "pooling_areas.yaml").read_text("utf-8"))
    assert json.loads((DATA / "pooling_areas.json").read_text("utf-8")) == written


def test_short_names_are_in_step_with_the_tool(tool: ModuleType) -> None:
    assert {place.name: place.short for place in divisions().values()} == {
        place.name: tool.short_name(place.name) for place in divisions().values()
    }


def test_the_reviewed_rows_are_in_the_data() -> None:
    text = (DATA / "retired_review.yaml").read_text("utf-8")
    kept = {(row.division.code, row.division.name) for rows in retired().values() for row in rows}
    assert ("341400", "巢湖市") in kept
    assert "320205 马山区" in text
    assert ("320205", "马山区") not in kept


def test_importing_reads_no_data() -> None:
    code = "import sys; from yibao.law import areas; from yibao.law.areas import tables as t; "
    code += "print(t.divisions.cache_info().currsize, t.retired.cache_info().currsize, 'yaml' in sys.modules)"
    env = {"PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert run.stdout.split() == ["0", "0", "False"]
