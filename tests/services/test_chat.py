"""Does every answer fit into a message, with what must be said, and is nobody's number in it?"""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.services.ask import ask
from yibao.services.chat.fitting import ALIPAY_BYTES, WECHAT_BYTES, Reply, cut, size
from yibao.services.chat.law import shown

TODAY = date(2026, 10, 20)
SITE = "https://yibao.example.cn/"
UNCLEAR = "南昌农村居民医疗保障卡不能跨镇报销医疗费用问题"
"""May be asked of more than one thing."""
LINES = st.lists(st.text(alphabet="医保a1。\n", max_size=400), max_size=6).map(tuple)


@given(head=LINES, more=LINES, limit=st.integers(400, 2048), anchored=st.booleans())
def test_no_message_is_longer_than_allowed(head: Any, more: Any, limit: int, anchored: bool) -> None:
    foot, link = ("依据：国办发〔2021〕14号",), ("看完整的", f"{SITE}answers/allocation/?area=110000&on=2026-10-20")
    told = Reply(head, more, foot, link).text(limit, anchored=anchored)
    assert len(told.encode()) <= limit
    assert foot[0] in told
    assert link[0] in told


@given(st.text(max_size=300), st.integers(6, 400))
def test_nothing_is_cut_within_a_sign(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert size([short]) <= limit
    assert short == text or text.startswith(short.removesuffix("……"))


QUESTIONS = [
    "北京 72岁 退休 每月返多少",
    "北京退休人员每月返多少钱",
    "上海退休人员住三级医院花了两万能报多少",
    "深圳断缴三个月怎么办",
    "重庆男的医保要交满多少年",
    "医保卡里还有多少钱去哪里查",
    "从南昌转到杭州医保怎么转",
    "异地看病怎么备案",
    "生孩子能报多少",
    "有人让我刷医保卡套现",
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("limit", "anchored"), [(WECHAT_BYTES, True), (ALIPAY_BYTES, False)])
def test_every_answer_says_what_the_law_says_and_where_it_stands(question: str, limit: int, anchored: bool) -> None:
    found = ask(question, today=TODAY).value  # type: ignore[union-attr]
    told = shown(found, SITE).text(limit, anchored=anchored)
    assert len(told.encode()) <= limit
    if found.answers:
        first = found.answers[0]
        assert first["summary"].split("。")[0] in told
        assert f"{TODAY.year}年{TODAY.month}月{TODAY.day}日的规定" in told
        assert f"{SITE}answers/{first['topic']}/?area={first['area']['code']}" in told
        assert not first["citations"] or first["citations"][0]["document"] in told
    else:
        assert found.back is not None
        assert found.back.question in told


@pytest.mark.django_db
def test_the_link_shows_the_same_answer(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("yibao.services.clock"), "today", lambda: TODAY)
    for question, figure in (("北京 72岁 退休 每月返多少", "107.00"), ("北京 65岁 退休 每月返多少", "97.00")):
        found = ask(question, today=TODAY).value  # type: ignore[union-attr]
        link = shown(found, "/").link
        assert link is not None
        page = client.get(link[1])
        assert page.status_code == 200
        assert figure in page.content.decode()


@pytest.mark.django_db
def test_a_number_that_was_typed_does_not_come_back() -> None:
    chat = import_module("yibao.services.chat")
    for text in ("我的身份证 11010519491231002X 在北京 12393", "13812345678", "11010519491231002X"):
        told = chat.reply("wechat", "o", text, site=SITE, today=TODAY).text()
        assert "11010519491231002X" not in told
        assert "13812345678" not in told


@pytest.mark.django_db
def test_what_was_asked_back_is_nobody_elses() -> None:
    chat = import_module("yibao.services.chat")
    assert "哪个城市" in chat.reply("wechat", "o-1", "断缴三个月怎么办", site=SITE, today=TODAY).text()
    assert "没有看懂" in chat.reply("wechat", "o-2", "北京", site=SITE, today=TODAY).text()
    assert "没有看懂" in chat.reply("alipay", "o-1", "北京", site=SITE, today=TODAY).text()
    assert chat.reply("wechat", "o-1", "北京", site=SITE, today=TODAY).text().startswith("北京市：")


@pytest.mark.django_db
def test_what_may_have_been_meant_too_is_offered_and_chosen_by_its_number() -> None:
    chat = import_module("yibao.services.chat")
    found = ask(UNCLEAR, today=TODAY).value  # type: ignore[union-attr]
    assert len(found.also) >= 1, "choose another question that is not clear"
    told = chat.reply("wechat", "o-3", UNCLEAR, site=SITE, today=TODAY).text()
    assert told.index("您问的也可能是") < told.index(f"1 {found.also[0][1]}")
    second = chat.reply("wechat", "o-3", "1", site=SITE, today=TODAY).text()
    assert f"answers/{found.also[0][0]}/" in second


@pytest.mark.django_db
def test_a_new_question_stands_above_what_was_asked_back() -> None:
    chat = import_module("yibao.services.chat")
    chat.reply("wechat", "o", "断缴三个月怎么办", site=SITE, today=TODAY)
    assert "107.00元" in chat.reply("wechat", "o", "北京 72岁 退休 每月返多少", site=SITE, today=TODAY).text()


@pytest.mark.parametrize("text", ["余额", " 余额 。", "“余额”", "我的余额", "余 额", "ＹＥ"])
def test_words_are_known_however_they_are_written(text: str) -> None:
    chat = import_module("yibao.services.chat")
    assert (chat.WORD.get(chat._plain(text)) == "余额") is (text != "ＹＥ")
