"""Is what people type read as the area that they mean, and asked back where it may be several?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.law.areas import AmbiguousArea, AreaError, UnknownArea, find, path
from yibao.law.areas.nearest import distance
from yibao.law.areas.tables import divisions, pooling_area, retired


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("北京", "pooling", "110000"),
        ("上海", "pooling", "310000"),
        ("重庆市", "pooling", "500000"),
        ("合肥", "pooling", "340100"),
        ("兰州", "pooling", "620100"),
        ("武威", "pooling", "620600"),
        ("深圳", "pooling", "440300"),
        ("绍兴", "pooling", "330600"),
        ("临夏", "pooling", "622900"),
        ("临夏州", "pooling", "622900"),
        ("海南州", "pooling", "632500"),
        ("海南藏族自治州", "pooling", "632500"),
        ("安徽", "province", "340000"),
        ("甘肃", "province", "620000"),
        ("内蒙", "province", "150000"),
        ("河北", "province", "130000"),  # not 天津市河北区
        ("河南", "province", "410000"),  # not 河南蒙古族自治县
        ("吉林省", "province", "220000"),
        ("吉林市", "pooling", "220200"),
        ("海南省", "pooling", "460000"),
        ("朝阳市", "pooling", "211300"),
        ("安徽合肥", "pooling", "340100"),
        ("甘肃省兰州市", "pooling", "620100"),
        ("吉林吉林", "pooling", "220200"),
        ("青海海南", "pooling", "632500"),
        ("湖北仙桃", "pooling", "429004"),
        ("新疆石河子", "pooling", "659001"),
        ("甘肃省直", "pooling", "629900"),
        ("甘肃省省本级", "pooling", "629900"),
        ("629900", "pooling", "629900"),
        ("全国", "nation", "000000"),
        ("中国", "nation", "000000"),
        ("000000", "nation", "000000"),
        ("340000", "province", "340000"),
        ("３４０１００", "pooling", "340100"),
        (" 合 肥　", "pooling", "340100"),
        ("香港", "outside", "810000"),
        ("澳门特别行政区", "outside", "820000"),
        ("台湾", "outside", "710000"),
    ],
)
def test_is_the_place_itself(text: str, kind: str, code: str) -> None:
    place = find(text)
    assert (place.kind, place.code) == (kind, code)
    assert place.asked is None


@pytest.mark.parametrize(
    ("text", "asked", "code"),
    [
        ("北京朝阳", "110105", "110000"),
        ("北京市朝阳区", "110105", "110000"),
        ("北京市市辖区朝阳区", "110105", "110000"),
        ("吉林朝阳区", "220104", "220100"),
        ("海淀", "110108", "110000"),
        ("浦东", "310115", "310000"),
        ("合肥市蜀山区", "340104", "340100"),
        ("安徽省合肥市蜀山区", "340104", "340100"),
        ("340104", "340104", "340100"),
        ("１１０１０５", "110105", "110000"),
        ("巢湖市", "340181", "340100"),
        ("拉萨", "540100", "540000"),
        ("海口", "460100", "460000"),
        ("五指山", "469001", "460000"),
    ],
)
def test_a_smaller_place_answers_as_its_pooling_area(text: str, asked: str, code: str) -> None:
    place = find(text)
    assert place.asked == divisions()[asked]
    assert (place.kind, place.code) == ("pooling", code)


def test_the_note_of_a_district() -> None:
    assert find("北京朝阳").note == "朝阳区属于北京市统筹区，按北京市的规定回答。"
    assert find("合肥").note == ""
    assert "新疆生产建设兵团" in find("石河子").note


@pytest.mark.parametrize(
    ("text", "old", "code", "said"),
    [
        ("襄樊", "襄樊市", "420600", "现为湖北省襄阳市"),
        ("湖北襄樊", "襄樊市", "420600", "现为湖北省襄阳市"),
        ("莱芜市", "莱芜市", "370100", "现为山东省济南市莱芜区"),
        ("371200", "莱芜市", "370100", "现为山东省济南市莱芜区"),
        ("居巢区", "居巢区", "340100", "现为安徽省合肥市巢湖市"),
        ("崇文区", "崇文区", "110000", "现为北京市东城区"),
        ("渝北区", "渝北区", "500000", "现为重庆市两江新区"),
        ("重庆江北", "江北区", "500000", "现为重庆市两江新区"),
        ("哈密地区", "哈密地区", "650500", "现为新疆维吾尔自治区哈密市"),
        ("320602", "崇川区", "320600", "现用代码320613"),
        ("大同城区", "城区", "140200", "现为山西省大同市平城区、山西省大同市云冈区"),
    ],
)
def test_retired_codes_and_names_lead_on(text: str, old: str, code: str, said: str) -> None:
    place = find(text)
    assert place.code == code
    assert place.asked is not None
    assert place.asked.name == old
    assert said in place.note


def test_a_name_still_in_force_is_not_read_as_a_retired_one() -> None:
    place = find("崇川区")
    assert place.asked == divisions()["320613"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("吉林", ["吉林省", "吉林省吉林市"]),
        ("海南", ["海南省", "青海省海南藏族自治州"]),
        ("朝阳", ["辽宁省朝阳市", "北京市朝阳区"]),
        ("朝阳区", ["北京市朝阳区", "吉林省长春市朝阳区"]),
        ("通州", ["北京市通州区", "江苏省南通市通州区"]),
        (
            "鼓楼区",
            ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区", "河南省开封市鼓楼区"],
        ),
        ("江北区", ["浙江省宁波市江北区", "重庆市江北区"]),  # the second retired in 2025, still in people's mouths
        ("640222", ["宁夏回族自治区银川市兴庆区", "宁夏回族自治区石嘴山市平罗县"]),  # divided
    ],
)
def test_names_of_several_places_are_asked_back(text: str, names: list[str]) -> None:
    with pytest.raises(AmbiguousArea) as caught:
        find(text)
    assert caught.value.names == names
    assert [path(candidate) for candidate in caught.value.candidates] == names
    assert names[-1] in str(caught.value)


def test_all_that_is_refused_above_the_counties_is_known() -> None:
    """The rule for shared names must not begin to refuse a province or a city unnoticed."""
    refused = set()
    for place in divisions().values():
        if place.level != "county":
            try:
                found = find(place.short)
            except AmbiguousArea:
                refused.add(place.short)
            else:
                assert found.code == (area.code if (area := pooling_area(place.code)) else place.code)
    assert refused == {"吉林", "海南", "朝阳"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("合服", "合肥市"),
        ("兰洲", "兰州市"),
        ("安徽合服", "合肥市"),
        ("酒全市", "酒泉市"),
        ("肥合", "合肥市"),
        ("340199", "合肥市"),
        ("安徽火星", "安徽省"),
    ],
)
def test_a_slip_is_refused_with_the_nearest_names(text: str, first: str) -> None:
    with pytest.raises(UnknownArea) as caught:
        find(text)
    assert caught.value.nearest[0] == first
    assert first in str(caught.value)


@pytest.mark.parametrize("text", ["", "  ", "市辖区", "1101", "999999", "甲", "abc"])
def test_what_is_no_area_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UnknownArea, match="六位区划代码"):
        find(text)


def test_every_division_is_found_by_its_path_its_name_in_full_and_its_code() -> None:
    for code, division in divisions().items():
        for text in (path(division), code):
            place = find(text)
            assert (place.asked or divisions()[place.code]) == division, text
            area = pooling_area(code)
            assert place.code == (area.code if area else code)


def test_every_retired_code_leads_on_or_asks_back() -> None:
    for code, rows in retired().items():
        if code in divisions():
            continue  # the code is in use again, only an old name of it is retired
        if pooling_area(code) is None:
            with pytest.raises(AmbiguousArea) as caught:
                find(code)
            assert len(caught.value.candidates) > 1
        else:
            place = find(code)
            assert place.asked in [row.division for row in rows]
            assert place.note


@given(st.text(max_size=12))
def test_any_text_is_an_area_or_a_plain_refusal(text: str) -> None:
    try:
        said = find(text).name
    except AreaError as refused:
        said = str(refused)
    assert said


@pytest.mark.parametrize(
    ("left", "right", "away"),
    [
        ("", "", 0),
        ("合肥", "", 2),
        ("合服", "合肥", 1),
        ("肥合", "合肥", 1),
        ("合肥市", "合肥", 1),
        ("兰洲", "杭州", 2),
    ],
)
def test_distance(left: str, right: str, away: int) -> None:
    assert distance(left, right) == distance(right, left) == away
