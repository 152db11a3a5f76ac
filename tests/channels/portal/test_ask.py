"""The page for a question in one's own words: what was understood, corrected by a tap, answered; nothing of it kept.

No test here has a database mark: a page that read or wrote a row would fail.
"""

import logging
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from yibao.channels.portal.words import ASK_EXAMPLES
from yibao.services.answers import ALL_TOPICS
from yibao.services.ask import ask
from yibao.services.ask.text import KEPT_MAX
from yibao.site.logs import PrivateFormatter

BEIJING_72 = "北京退休人员72岁每月返多少钱"
UNCLEAR = "南昌农村居民医疗保障卡不能跨镇报销医疗费用问题"
"""May be asked of more than one thing."""
HOSTILE = "\"><script>alert('1')</script>{{ settings }}{% debug %}<img src=x onerror=y>' OR 1=1 --"


def page(client: Client, words: str, **corrected: str) -> str:
    response = client.get("/ask/", {"q": words, **corrected}, follow=True)
    assert response.status_code == 200, words[:80]
    return str(response.content.decode())


def main_of(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def chips(html: str) -> dict[str, str]:
    """What was understood: each part in words, and where it is changed."""
    found = re.findall(r'<a class="chip" href="([^"]+)">(.*?)<span class="vh">，修改</span>', html, flags=re.DOTALL)
    return {words_of(shown): unescape(href) for href, shown in found}


def told(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def test_the_first_field_of_the_home_page_asks_for_a_question(client: Client) -> None:
    main = main_of(client.get("/").content.decode())
    first = re.findall(r"<input[^>]*>", main)[0]
    assert 'name="q"' in first
    assert '<h1><label for="q">用您自己的话问</label></h1>' in main
    assert 'action="/ask/" method="get"' in main
    assert main.index(">问</button>") < main.index('href="/ask/?q=')


@pytest.mark.parametrize("example", ASK_EXAMPLES)
def test_every_example_is_answered(client: Client, example: str) -> None:
    main = main_of(page(client, example))
    assert "依据" in main
    assert "没有看懂" not in main


def test_what_was_understood_stands_part_by_part_before_the_answer(client: Client) -> None:
    main = main_of(page(client, BEIJING_72))
    assert list(chips(main)) == ["问的事：每月划入多少", "参保地：北京市", "在职还是退休：退休", "年龄：72岁"]
    assert (
        main.index("我们这样理解") < main.index("<h1") < main.index("按这些情况算的") < main.index("您的话是怎么看懂的")
    )
    assert f'value="{BEIJING_72}"' in main, "the box holds the question"


def test_the_figure_is_the_one_of_the_ordinary_answer(client: Client) -> None:
    """北京, 70 and over: 110.00 a month, 3.00 of it withheld (京医保发〔2022〕, as in tests/outside)."""
    main = main_of(page(client, BEIJING_72, on="2025-06-01"))
    assert "107.00" in main.split("</h1>")[0]
    same_told = {"area": "110000", "on": "2025-06-01", "status": "retired", "age": "72", "done": "1"}
    same = main_of(client.get("/answers/allocation/", same_told).content.decode())
    assert words_of(main.split("<h1>")[1].split("</h1>")[0]) == words_of(same.split("<h1>")[1].split("</h1>")[0])


def test_every_part_opens_its_choices_and_keeps_the_rest(client: Client) -> None:
    for text, href in chips(page(client, BEIJING_72, age="69")).items():
        html = client.get(href).content.decode()
        assert html.count("<h1") == 1, text
        carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
        links = [told(unescape(one)) for one in re.findall(r'class="item" href="(/ask/[^"]+)"', html)]
        if told(href)["at"] == ["topic"]:
            assert {one["topic"][0] for one in links} == set(ALL_TOPICS)
            assert all(one["q"] == [BEIJING_72] and one["age"] == ["69"] for one in links)
        else:
            assert carried["q"] == BEIJING_72, text
            assert ("age" in carried) == (told(href)["at"] != ["age"]), text


def test_a_choice_that_was_understood_is_chosen_already(client: Client) -> None:
    html = page(client, BEIJING_72, at="status")
    assert re.search(r'value="retired" checked', html)
    assert 'value="72"' in page(client, BEIJING_72, at="age")
    assert 'value="北京市"' in page(client, BEIJING_72, at="area")


def test_a_correction_stands_above_the_words(client: Client) -> None:
    assert "年龄：60岁" in chips(page(client, BEIJING_72, age="60"))
    assert "参保地：上海市" in chips(page(client, BEIJING_72, area="上海"))
    assert "问的事：几岁退休" in chips(page(client, BEIJING_72, topic="retirement-age"))
    assert "哪一天：2025年6月1日" in chips(page(client, BEIJING_72, on="2025-6-1"))


def test_a_fact_that_is_not_so_is_taken_back_and_can_come_again(client: Client) -> None:
    assert "年龄：我不清楚" in chips(page(client, BEIJING_72, skip="age"))
    moved = client.get("/ask/", {"q": BEIJING_72, "age": "?", "asked": "age"})
    assert moved.status_code == 302
    assert told(moved.headers["Location"]) == {"q": [BEIJING_72], "skip": ["age"]}


@pytest.mark.parametrize(
    ("corrected", "says"),
    [
        ({"age": "200"}, "年龄"),
        ({"age": "", "asked": "age"}, "请填上"),
        ({"status": "xyz"}, "在职"),
        ({"area": "火星"}, "火星"),
        ({"area": "", "asked": "area"}, "参保地"),
        ({"topic": "weather"}, "没有这个题目"),
        ({"on": "2025-02-30"}, "2025年2月30日"),
    ],
)
def test_a_correction_that_cannot_be_is_said_at_its_field_and_the_question_is_kept(
    client: Client, corrected: dict[str, str], says: str
) -> None:
    html = page(client, BEIJING_72, **corrected)
    assert unescape(html.split("<title>")[1]).startswith("错误：")
    summary = main_of(html).split('class="errors"')[1].split("</div>")[0]
    assert says in unescape(summary)
    assert BEIJING_72 in unescape(main_of(html)) or urlencode({"q": BEIJING_72}) in html


@pytest.mark.parametrize("words", ["", "   ", "\u3000\t\n", "\x00\x01\x1b", "\u200b\u202e\ufeff"])
def test_nothing_typed_is_said_in_plain_words(client: Client, words: str) -> None:
    html = page(client, words)
    assert unescape(html.split("<title>")[1]).startswith("错误：")
    assert main_of(html).count("还没有写要问的事") == 2
    assert "还没有写要问的事" not in client.get("/ask/").content.decode()


def test_ten_megabytes_are_answered_with_a_small_page(client: Client) -> None:
    html = page(client, "北京退休每月返多少" + "钱" * 3_500_000)
    assert len(html.encode()) < 100_000
    assert f"只读了前{KEPT_MAX}个字" in html


def test_two_places_are_answered_one_after_the_other(client: Client) -> None:
    main = main_of(page(client, "北京和上海退休每月返多少"))
    assert "北京市、上海市，分开回答" in main
    assert main.count("<h1") == 1
    assert main.index("北京市 · 按") < main.index("上海市 · 按")


def test_the_question_back_which_of_two_places(client: Client) -> None:
    main = main_of(page(client, "朝阳 医保断缴"))
    assert "叫“朝阳”的不止一个地方" in main.split("</h1>")[0]
    areas = {told(unescape(href)).get("area", [""])[0] for href in re.findall(r'class="chip" href="([^"]+)"', main)}
    assert areas - {""} == {"211300", "110105"}


def test_the_question_back_where_one_is_insured(client: Client) -> None:
    main = main_of(page(client, "退休了返多少钱"))
    assert "您在哪个城市参保？" in main.split("</h1>")[0]
    assert re.search(r'<input class="field" id="area" name="area"', main)
    assert "data-figure" not in main
    assert "12393" in main
    answered = client.get("/ask/", {"q": "退休了返多少钱", "area": "北京", "asked": "area"}, follow=True)
    assert "北京市" in answered.content.decode()


def test_one_fact_is_asked_back_and_may_be_skipped(client: Client) -> None:
    found: Any = ask("北京几岁退休").value  # type: ignore[union-attr]
    assert found.back.kind == "fact"
    main = main_of(page(client, "北京几岁退休"))
    assert found.back.question.partition("？")[0] in words_of(main.split("</h1>")[0])
    skipped = unescape(re.findall(r'class="row-link" href="([^"]+)">我不清楚', main)[0])
    assert told(skipped)["skip"] == [found.back.name]
    assert "按这些情况算的" in client.get(skipped).content.decode()


def test_a_warning_comes_first(client: Client) -> None:
    main = main_of(page(client, "医保卡套现"))
    assert main.index('class="note late') < main.index("我们这样理解") < main.index("怎么做")
    assert "套现" in main.split("</section>")[0]
    assert main.count("<h1") == 1


def test_what_is_not_understood_gets_no_answer(client: Client) -> None:
    main = main_of(page(client, "今天天气怎么样"))
    assert "没有看懂您问的事" in main
    nearest = [told(unescape(href))["topic"][0] for href in re.findall(r'class="item" href="([^"]+)"', main)]
    assert len(set(nearest)) == 3
    assert set(nearest) <= set(ALL_TOPICS)
    assert "12393" in main
    assert "data-figure" not in main
    assert 'value="今天天气怎么样"' in main


def test_what_was_typed_is_escaped_everywhere(client: Client) -> None:
    for more in ("", "北京退休每月返多少", "退休了返多少钱", "医保卡套现", "朝阳 医保断缴"):
        for at in ("", "topic", "area", "on", "age"):
            for words in (more + HOSTILE, HOSTILE + more):
                html = page(client, words, at=at)
                assert re.findall(r"<script[^>]*>", html) == ['<script src="/static/portal/portal.js" defer>']
                assert "onerror=y>" not in html
                assert "<img" not in html


@pytest.mark.parametrize("name", ["area", "topic", "on", "age", "status", "to", "at", "asked", "skip"])
def test_no_part_of_an_address_reaches_the_page_unescaped(client: Client, name: str) -> None:
    html = page(client, BEIJING_72, **{name: HOSTILE})
    assert re.findall(r"<script[^>]*>", html) == ['<script src="/static/portal/portal.js" defer>']
    assert "<img" not in html


def test_no_log_line_holds_anything_of_a_question(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    private = PrivateFormatter()
    with caplog.at_level(logging.DEBUG):
        for words in (BEIJING_72, "今天天气怎么样", HOSTILE, "", "朝阳 医保断缴"):
            page(client, words, age="69")
        client.get("/ask/no-such-page/", {"q": BEIJING_72})
    lines = "\n".join(private.format(record) for record in caplog.records)
    for part in ("北京", "天气", "72", "script", "朝阳", urlencode({"q": "北京"})[2:], "age=69"):
        assert part not in lines.replace("T0", ""), part


def test_a_number_of_a_person_is_not_shown_in_words(client: Client) -> None:
    shown = main_of(page(client, "110101195001011234 退休每月返多少"))
    assert "110101195001011234" not in words_of(shown)


def test_large_print_is_found_in_the_box(client: Client) -> None:
    assert client.get("/ask/", {"q": "长辈版"}).headers["Location"] == "/display/"


def test_what_may_have_been_meant_too_stands_below_with_its_answer_one_tap_away(client: Client) -> None:
    found = ask(UNCLEAR).value  # type: ignore[union-attr]
    assert len(found.topics) >= 2, "choose another question that is not clear"
    main = main_of(page(client, UNCLEAR))
    assert main.count("<h1") == 1
    also = main.split("您问的也可能是</h2>")[1].split("</section>")[0]
    links = [told(unescape(one)) for one in re.findall(r'class="item" href="([^"]+)"', also)]
    assert links == [{"q": [UNCLEAR], "topic": [topic]} for topic in found.topics[1:]]
    summaries = {answer["topic"]: answer["summary"] for answer in found.answers}
    assert any(summary in unescape(also) for topic, summary in summaries.items() if topic != found.topics[0])
    above = [told(unescape(one)) for one in re.findall(r'href="([^"]+)">也可能是：', main.split("<h1")[0])]
    assert above == links, "whoever meant something else sees so before the answer"
    clear = main_of(page(client, UNCLEAR, topic=found.topics[1]))
    assert "您问的也可能是" not in clear
    assert "您问的也可能是" not in main_of(page(client, BEIJING_72))


def test_the_answer_leads_on_with_everything_understood(client: Client) -> None:
    main = main_of(page(client, BEIJING_72))
    change = unescape(re.findall(r'class="row-link" href="([^"]+)">改答案', main)[0])
    assert urlsplit(change).path == "/answers/allocation/"
    assert told(change) == {"area": ["110000"], "status": ["retired"], "age": ["72"]}
