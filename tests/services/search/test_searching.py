"""What is found first: documents by number in any writing, articles, guides of a place; paging; what is refused."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.law.parameters.loading import tree
from yibao.services.answers import ALL_TOPICS
from yibao.services.results import Done, Refused
from yibao.services.search import Found, Hit, Piece, search
from yibao.services.search.query import LONGEST, clean


def found(words: str, page: int = 1) -> Found:
    result = search(words, page)
    assert isinstance(result, Done)
    return result.value


def whole(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def marks(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.mark]


def paths(hits: Sequence[Hit]) -> list[str]:
    return [hit.path for hit in hits]


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2021〕14号",
        "国办发[2021]14号",
        "国办发2021 14",
        "国办发（２０２１）１４号",
        "國辦發〔2021〕14號",
        "国办发 2021 14号",
    ],
)
def test_a_document_is_found_first_however_its_number_is_written(written: str) -> None:
    hits = found(written).hits
    assert (hits[0].kind, whole(hits[0].number)) == ("document", "国办发〔2021〕14号")
    assert marks(hits[0].number) == ["国办发〔2021〕14号"]
    assert all("14号" in whole(hit.number) + whole(hit.text) for hit in hits)


def test_another_document_of_the_same_number_is_not_found_by_the_whole_of_it() -> None:
    numbers = {whole(hit.number) for hit in found("国办发〔2021〕14号").hits}
    assert "京医保发〔2019〕14号" not in numbers
    assert "京医保发〔2019〕14号" in {whole(hit.number) for hit in found("14号").hits}


@pytest.mark.parametrize("article", ["第四十一条", "第41条", "41条", "四十一条"])
def test_an_article_of_a_document(article: str) -> None:
    result = found(f"国务院令第735号 {article}")
    assert result.whole > 0
    for hit in result.hits[: result.whole]:
        assert hit.kind == "rule"
        assert whole(hit.number) == "国务院令第735号"
        assert "第四十一条" in marks(hit.article)


def test_an_article_is_not_found_inside_another_one() -> None:
    articles = [whole(hit.article) for hit in found("第一条").hits]
    assert articles
    assert all("第一条" in article for article in articles)


def test_an_article_within_a_range_is_found() -> None:
    assert any(whole(hit.article) == "第七条至第九条" for hit in found("第8条").hits)


@pytest.mark.parametrize(
    "words", ["巴中 住院", "巴中住院", "住院 巴中", "巴中 医保 住院", "四川巴中市住院", "511900 住院", "恩阳 住院"]
)
def test_the_guide_of_a_place_comes_first(words: str) -> None:
    hit = found(words).hits[0]
    assert (hit.kind, hit.code, hit.path) == ("guide", "511900", "/guide/511900/inpatient/")


def test_traditional_characters() -> None:
    assert paths(found("醫療保障 巴中 住院").hits) == paths(found("医疗保障 巴中 住院").hits)


def test_what_people_say_is_found_under_the_word_of_the_law() -> None:
    assert found("北京 返钱").hits[0].path == "/guide/110000/allocation/"


def test_a_county_is_searched_as_its_area_and_that_is_said() -> None:
    result = found("海淀 退休")
    assert result.hits[0].code == "110000"
    assert result.notes == ("海淀区按北京市的规定，找的是北京市的。",)


def test_all_words_come_before_some() -> None:
    result = found("巴中 断缴")
    assert 0 < result.whole < result.total
    for hit in result.hits[: result.whole]:
        assert hit.code == "511900"
    assert {hit.code for hit in found("巴中 断缴", result.pages).hits} != {"511900"}
    assert found("巴中 断缴 qqq").message.startswith("没有一条把这几个词都写上")


def test_every_area_with_law_has_a_guide_on_every_topic() -> None:
    for code in ("000000", "110000", "511900"):
        pages = range(1, found(code).pages + 1)
        listed = [hit for page in pages for hit in found(code, page).hits]
        assert {hit.topic for hit in listed if hit.kind == "guide" and hit.code == code} == set(ALL_TOPICS)
    assert "511900" in tree()["areas"]


def test_a_value_is_found_by_its_sum_and_has_grade_and_dates() -> None:
    hit = next(hit for hit in found("北京 起付标准 1800").hits if hit.kind == "rule" and hit.topic == "outpatient")
    assert "1,800.00" in marks(hit.text)
    assert hit.grade == "reported"
    assert hit.checked
    assert hit.since


def test_what_no_longer_holds_says_so_by_the_day() -> None:
    """巴中 2024: a waiting period of 3 months, from 2024-01-01 to 2024-12-31."""

    def of_2024(on: date) -> Hit:
        result = search("巴中 固定待遇等待期", today=on)
        assert isinstance(result, Done)
        return next(hit for hit in result.value.hits if hit.since == "2024-01-01" and hit.kind == "rule")

    assert of_2024(date(2025, 1, 1)).ended
    assert not of_2024(date(2024, 12, 31)).ended


def test_pages_of_twenty_hold_every_hit_once() -> None:
    first = found("门诊")
    assert len(first.hits) == 20
    assert first.pages == -(-first.total // 20)
    listed = [
        (hit.path, hit.title, hit.since, hit.text) for n in range(1, first.pages + 1) for hit in found("门诊", n).hits
    ]
    assert len(listed) == first.total


@pytest.mark.parametrize("page", [0, -1, 10**9])
def test_a_page_that_is_not_there(page: int) -> None:
    result = search("巴中 住院", page)
    assert isinstance(result, Refused)
    assert (result.code, result.field, result.next[0]) == ("page_out_of_range", "page", "1")


@pytest.mark.parametrize("words", ["", "  ", "\x00\n", "\u3000"])
def test_nothing_typed(words: str) -> None:
    result = search(words)
    assert isinstance(result, Refused)
    assert result.code == "empty_search"


@pytest.mark.parametrize("words", ["zzz", "!!!", "😀", "”“"])
def test_nothing_found_says_what_to_try(words: str) -> None:
    result = found(words)
    assert (result.total, result.pages, result.hits) == (0, 1, ())
    assert "少写一两个词" in result.message
    assert "12393" in result.next[0]


def test_a_word_that_is_nowhere_hides_no_other() -> None:
    result = found("缴费年线")
    assert result.hits
    assert result.whole == 0
    assert result.message.startswith("没有一条")


def test_a_word_that_is_everywhere_is_looked_for_in_titles() -> None:
    result = found("医保")
    assert all("医保" in marks(hit.title) for hit in result.hits)
    assert result.notes[0].startswith("这个词差不多每一条里都有")


def test_a_long_text_is_cut_and_that_is_said() -> None:
    result = found("巴中住院" * 1000)
    assert len(result.query) == LONGEST
    assert result.hits[0].code == "511900"
    assert any("200" in note for note in result.notes)
    assert found("巴中住院").notes == ()


HOSTILE = (
    '" OR *',
    "title:住院",
    "NEAR(住院 巴中)",
    "住院*",
    "a AND NOT b",
    "') DROP TABLE shown;--",
    "{code}",
    "^住院",
    "\\",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_language_of_the_index_is_only_words(words: str) -> None:
    assert isinstance(search(words), Done)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    result = search(text)
    if isinstance(result, Refused):
        assert clean(text) == ""
    else:
        assert len(result.value.query) <= LONGEST


@given(
    st.lists(
        st.sampled_from(["巴中", "住院", "第五条", "14号", "国办发", "〔2021〕", "<b>", "&", '"', " ", "1800"]),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_the_pieces_are_the_text(parts: list[str]) -> None:
    result = search("".join(parts))
    for hit in result.value.hits if isinstance(result, Done) else ():
        body = hit.to_json()
        for name, pieces in body["marked"].items():
            assert "".join(piece["text"] for piece in pieces) == body[name]
            assert all(piece["text"] for piece in pieces)
