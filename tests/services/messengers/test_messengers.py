"""Notices, menus and whom a code stands for: WeChat and Alipay answer as for real, but on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from yibao.channels.cli import main as cli
from yibao.services import messengers
from yibao.services.messengers import templates
from yibao.services.messengers.shapes import Bound
from yibao.services.results import Done, Refused

pytestmark = pytest.mark.django_db
FIELDS = {"amount": "107.00元", "note": "9月的划入到账了，和按规定算出来的一样，可以点开看。"}


def binding(channel: str, identity: str) -> Bound:
    return Bound(UUID(int=1), channel, UUID(int=2), identity, datetime(2026, 10, 1, tzinfo=UTC))


@pytest.fixture
def wechat(settings: Any) -> Iterator[Any]:
    gateway = import_module("tests.gateways.wechat").WeChat()
    with gateway.server:
        settings.WECHAT = gateway.settings()
        yield gateway


@pytest.fixture
def alipay(settings: Any, tmp_path: Path) -> Iterator[Any]:
    gateway = import_module("tests.gateways.alipay").Alipay(tmp_path)
    with gateway.server:
        settings.ALIPAY = gateway.settings()
        yield gateway


def test_a_notice_in_wechat(wechat: Any) -> None:
    wechat.followers.add("o1")
    assert messengers.send(binding("wechat", "o1"), "allocation", FIELDS) == Done("200228332")
    assert wechat.sent == [
        {
            "touser": "o1",
            "template_id": "TM00015",
            "data": {"amount1": {"value": "107.00元"}, "thing2": {"value": FIELDS["note"][:19] + "…"}},
        }
    ]


def test_the_token_is_fetched_once_and_anew_when_it_ran_out(wechat: Any) -> None:
    wechat.followers.add("o1")
    for _ in range(2):
        messengers.send(binding("wechat", "o1"), "allocation", FIELDS)
    assert wechat.asked.count("/cgi-bin/stable_token") == 1
    wechat.token = "second-token"
    assert isinstance(messengers.send(binding("wechat", "o1"), "allocation", FIELDS), Done)
    assert wechat.asked.count("/cgi-bin/stable_token") == 2
    assert len(wechat.sent) == 3


def test_refusals_of_wechat(wechat: Any, settings: Any) -> None:
    def code(template: str = "allocation", fields: Any = FIELDS) -> str:
        done = messengers.send(binding("wechat", "o1"), template, fields)
        assert isinstance(done, Refused)
        return done.code

    assert code() == "follows_no_more"
    assert code("birthday") == "template_missing"
    assert code(fields={"amount": "1"}) == "template_missing"
    settings.WECHAT = {**settings.WECHAT, "secret": "wrong", "app_id": "wxother"}
    assert code() == "messenger_refused"
    settings.WECHAT = {**settings.WECHAT, "api": "http://127.0.0.1:9"}
    assert code() == "messenger_unreachable"
    settings.WECHAT = {**settings.WECHAT, "token": ""}
    assert code() == "channel_not_here"


def test_a_notice_in_alipay(alipay: Any) -> None:
    assert messengers.send(binding("alipay", "2088"), "allocation", FIELDS) == Done("201512")
    context = {
        "keyword1": {"value": "107.00元"}, "url": "https://example.cn/me/", "action_name": "查看详情",
    }  # fmt: skip
    assert alipay.sent == [{"to_user_id": "2088", "template": {"template_id": "zjx001", "context": context}}]
    alipay.down = True
    refused = messengers.send(binding("alipay", "2088"), "allocation", FIELDS)
    assert isinstance(refused, Refused)
    assert refused.code == "messenger_refused"


def test_a_code_stands_for_somebody_once(wechat: Any, alipay: Any) -> None:
    wechat.codes["c"], alipay.codes["c"] = "o1", "2088"
    for channel, who in (("wechat", "o1"), ("alipay", "2088")):
        account: Any = messengers.account(channel)
        assert account.identity("c") == Done(who)
        again = account.identity("c")
        assert isinstance(again, Refused)
        assert again.code == "sign_in_code_refused"


@pytest.mark.parametrize(
    "setting", ["", "[]", "{", '{"allocation": 1}', '{"allocation": {"id": "x"}}', '{"allocation": {"fields": {}}}']
)
def test_a_setting_that_is_no_template(setting: str) -> None:
    assert isinstance(templates.filled(setting, "allocation", FIELDS), Refused)


def test_the_menu_keeps_to_what_they_allow(wechat: Any, alipay: Any) -> None:
    """WeChat: three buttons of five lines, 16 and 60 bytes, keys of 128; Alipay the same and a fourth button."""
    site = "https://yibao.example.cn/"
    told = messengers.wechat().menu(messengers.groups(), site)  # type: ignore[union-attr]
    assert 1 <= len(told["button"]) <= 3
    for button in told["button"]:
        assert len(button["name"].encode()) <= 16
        assert 1 <= len(button["sub_button"]) <= 5
        for line in button["sub_button"]:
            assert len(line["name"].encode()) <= 60
            assert len(line.get("key", "").encode()) <= 128
            assert line["type"] in ("click", "view")
    assert len(messengers.groups()) == len(told["button"])
    assert all(len(group.items) <= 5 for group in messengers.groups())
    calls = [
        line
        for button in messengers.alipay().menu(messengers.groups(), site)["button"]  # type: ignore[union-attr]
        for line in button["sub_button"]
        if line["action_type"] == "tel"
    ]
    assert calls == [{"name": "打 12393", "action_type": "tel", "action_param": "12393"}]


def test_every_line_of_the_menu_leads_somewhere(client: Any) -> None:
    """A word that is understood, or a page that is there."""
    chat = import_module("yibao.services.chat")
    for item in (item for group in messengers.groups() for item in group.items):
        if item.kind == "page":
            assert client.get(f"/{item.what}").status_code in (200, 302), item
        else:
            assert item.what in chat.WORD, item


def test_the_menu_is_sent_by_a_command(wechat: Any, alipay: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    at_hand = import_module("yibao.site.at_hand")
    monkeypatch.setattr(at_hand, "run_with_books", lambda command: command())
    for channel, gateway in (("wechat", wechat), ("alipay", alipay)):
        assert cli.main(["menu", channel, "--site", "https://yibao.example.cn"]) == 0
        assert len(gateway.menus) == 1
        assert "菜单已经更新" in capsys.readouterr().out
        text = str(gateway.menus)
        assert "https://yibao.example.cn/me/bindings/" in text
        assert cli.main(["menu", channel, "--site", "https://yibao.example.cn/", "--show"]) == 0
        assert "余额" in capsys.readouterr().out
        assert len(gateway.menus) == 1
    assert cli.main(["menu", "wechat", "--site", "yibao.example.cn"]) == 2
    assert "https://" in capsys.readouterr().err


def test_no_menu_without_an_account(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(import_module("yibao.site.at_hand"), "run_with_books", lambda command: command())
    assert cli.main(["menu", "wechat", "--site", "https://yibao.example.cn"]) == 2
    assert "没有开通微信" in capsys.readouterr().err
