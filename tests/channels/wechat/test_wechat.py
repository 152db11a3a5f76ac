"""A conversation in WeChat from end to end, every message signed and encrypted; and what is refused."""

import logging
import threading
import time
import urllib.request
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

# 北京, 70 and older: 110 yuan a month, of which 3 go to the large-amount insurance (the agency's retiree).
CREDITED, TAKEN = 11_000, 300


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02}"


def bound(*args: Any) -> Any:
    return import_module("tests.channels.chatting").bound(*args)


def looks(person: Any) -> int:
    """How often the record of a person was looked at."""
    log = import_module("yibao.books.access.models").AccessLog
    return sum(log.objects.filter(person_id=person.id).values_list("times", flat=True))


@pytest.mark.django_db
def test_a_whole_conversation(phone: Any, people: Any) -> None:
    """Follow, ask, be asked back, ask for one's own without and with a binding, take it back."""
    assert "您好" in phone.does("subscribe")
    told = phone.says("北京 72岁 退休 每月返多少")
    assert f"实际到账{yuan(CREDITED - TAKEN)}元" in told
    assert "依据：北京市医疗保障局" in told
    assert "（按2026年10月20日的规定）" in told
    assert '<a href="http://testserver/answers/allocation/?area=110000&amp;on=2026-10-20' in told
    assert "您在哪个城市参保" in phone.says("72岁退休每月返多少")
    assert f"实际到账{yuan(CREDITED - TAKEN)}元" in phone.says("我在北京")
    unbound = phone.says("余额")
    assert "还没有绑定" in unbound
    assert f"http://testserver{reverse('sign_in_with', args=['wechat'])}" in unbound
    assert looks(people.retiree) == 0
    bound("wechat", phone.openid, people.retiree)
    mine = phone.says("余额")
    assert "演示数据，非官方" in mine
    assert f"余额：{yuan(CREDITED - TAKEN)} 元" in mine
    assert looks(people.retiree) == 1
    assert f"划入{yuan(CREDITED - TAKEN)}元" in phone.does("CLICK", "划入")
    assert "不用缴 10 个月" in phone.says("缴费")
    assert "您已经退休，不用再缴医保费。" in phone.says("年限。")
    assert "确定解绑" in phone.says("解绑")
    assert "已经解绑" in phone.says("确定解绑")
    assert "还没有绑定" in phone.says("余额")
    assert "12393" in phone.says("人工")
    assert "看不了" in phone._read(phone.gateway.message(phone.openid, MsgType="image", PicUrl="x", MediaId="y"))
    assert phone.does("VIEW", "http://testserver/me/") == ""
    assert phone.does("unsubscribe") == ""


@pytest.mark.django_db
def test_a_choice_is_told_by_its_number_or_its_name(phone: Any, people: Any) -> None:
    asked = phone.says("朝阳断缴怎么办")
    assert "1 辽宁省朝阳市" in asked
    assert "2 北京市朝阳区" in asked
    by_number = phone.says("2")
    assert by_number.startswith("北京市：")
    phone.says("朝阳断缴怎么办")
    assert phone.says("北京市朝阳区") == by_number
    assert "没有看懂" in phone.says("2")  # what was asked back is forgotten once it was answered
    phone.says("朝阳断缴怎么办")
    assert "没有找到“火星”" in phone.says("火星")
    assert phone.says("2") == by_number  # and kept while it was not


@pytest.mark.django_db
def test_the_address_is_checked(gateway: Any) -> None:
    """What WeChat asks when the address is entered there."""
    wechat = import_module("tests.gateways.wechat")
    told = {"timestamp": "1409735669", "nonce": "1320562132", "echostr": "shr5ch<b>"}
    signed = {**told, "signature": wechat.sha1(wechat.TOKEN, told["timestamp"], told["nonce"])}
    response = Client().get("/wechat/", signed)
    assert (response.status_code, response.content) == (200, b"shr5ch<b>")
    assert response.headers["Content-Type"].startswith("text/plain")
    for wrong in (told, signed | {"signature": "0" * 40}, signed | {"nonce": "1"}):
        assert Client().get("/wechat/", wrong).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    ["signature", "body", "app id", "token", "key", "old", "ahead", "plain", "entities", "no xml", "too long", "nonce"],
)
def test_what_is_not_wechats_is_refused(phone: Any, people: Any, caplog: Any, wrong: str) -> None:
    gateway, wechat = phone.gateway, import_module("tests.gateways.wechat")
    bound("wechat", phone.openid, people.retiree)
    plain = gateway.plain(phone.openid, {"MsgType": "text", "Content": "余额", "MsgId": "1"})
    query, body = gateway.callback(plain)
    match wrong:
        case "signature":
            query = query.replace("msg_signature=", "msg_signature=0")
        case "body":
            body = gateway.callback(plain)[1]
        case "app id":
            query, body = gateway.callback(plain, app_id="wx0a1b2c3d4e5f6780")
        case "token":
            query, body = gateway.callback(plain, token="guessed")
        case "key":
            query, body = gateway.callback(plain, key=wechat.AES_KEY[::-1])
        case "old":
            query, body = gateway.callback(plain, at=int(time.time()) - 301)
        case "ahead":
            query, body = gateway.callback(plain, at=int(time.time()) + 310)
        case "plain":
            query, body = query.replace("encrypt_type=aes", "encrypt_type=raw"), plain.encode()
        case "entities":
            query, body = gateway.callback('<!DOCTYPE x [<!ENTITY a "b">]>' + plain.replace("余额", "&a;"))
        case "no xml":
            query, body = gateway.callback("余额")
        case "too long":
            body = body + b" " * 70_000
        case "nonce":
            query = query.replace("nonce=", "nonce=1")
    with caplog.at_level(logging.WARNING):
        response = phone.deliver((query, body))
    assert (response.status_code, response.content) == (403, b"")
    assert looks(people.retiree) == 0
    assert "余额" not in caplog.text
    assert phone.openid not in caplog.text


@pytest.mark.django_db
def test_a_message_that_comes_again_is_answered_once(phone: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """WeChat sends it again as it was, or signed anew; the answer is the same, the record was looked at once."""
    bound("wechat", phone.openid, people.retiree)
    plain = phone.gateway.plain(phone.openid, {"MsgType": "text", "Content": "余额", "MsgId": "23456"})
    first, again = phone.gateway.callback(plain), phone.gateway.callback(plain)
    answers = [phone.gateway.read(phone.deliver(request).content) for request in (first, first, again)]
    assert answers[0] == answers[1] == answers[2]
    assert looks(people.retiree) == 1
    deliveries = import_module("yibao.services.deliveries")
    deliveries.KEPT.delete("wechat:answer:23456")  # as after half a minute
    assert phone.deliver(first).status_code == 403
    third = phone.deliver(phone.gateway.callback(plain))
    assert (third.status_code, third.content) == (200, b"success")
    assert looks(people.retiree) == 1


@pytest.mark.django_db
def test_an_event_that_comes_again_is_answered_once(phone: Any, people: Any) -> None:
    """It has no number: who, when and what name it."""
    bound("wechat", phone.openid, people.retiree)
    plain = phone.gateway.plain(phone.openid, {"MsgType": "event", "Event": "CLICK", "EventKey": "余额"})
    for _ in range(3):
        assert "余额" in phone.gateway.read(phone.deliver(phone.gateway.callback(plain)).content)
    assert looks(people.retiree) == 1


@pytest.mark.django_db
def test_a_number_is_not_used_for_another_message(phone: Any, people: Any) -> None:
    """A nonce once seen carries no second message, even rightly signed."""
    deliveries = import_module("yibao.services.deliveries")
    results = import_module("yibao.services.results")
    assert deliveries.once("wechat", "1:n", "a", lambda: "A") == results.Done("A")
    refused = deliveries.once("wechat", "1:n", "b", lambda: "B")
    assert isinstance(refused, results.Refused)
    assert refused.code == "replayed"
    assert deliveries.once("alipay", "1:n", "b", lambda: "B") == results.Done("B")


@pytest.mark.django_db
def test_work_that_fails_is_not_marked_as_done() -> None:
    deliveries = import_module("yibao.services.deliveries")

    def fails() -> str:
        raise OSError

    with pytest.raises(OSError):
        deliveries.once("wechat", "1:n", "a", fails)
    assert deliveries.once("wechat", "1:n", "a", lambda: "A").value == "A"


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_do_the_work_once() -> None:
    deliveries = import_module("yibao.services.deliveries")
    connection = import_module("django.db").connection
    begun, go, told = threading.Event(), threading.Event(), []
    worked: list[int] = []

    def work() -> str:
        worked.append(1)
        begun.set()
        assert go.wait(20)
        return "A"

    def deliver(number: str) -> None:
        told.append(deliveries.once("wechat", number, "m", work).value)
        connection.close()

    first = threading.Thread(target=deliver, args=("1",))
    first.start()
    assert begun.wait(20)
    second = threading.Thread(target=deliver, args=("2",))
    second.start()
    second.join(0.3)
    assert second.is_alive()  # it waits for the first
    go.set()
    for thread in (first, second):
        thread.join(20)
    assert (told, worked) == (["A", "A"], [1])


@pytest.mark.django_db
def test_who_leaves_is_bound_no_more(phone: Any, people: Any) -> None:
    bindings = import_module("yibao.services.bindings")
    bound("wechat", phone.openid, people.retiree)
    phone.does("unsubscribe")
    assert bindings.bound("wechat", phone.openid) is None
    assert bindings.of_person(people.retiree.id) == ()


@pytest.mark.django_db
def test_without_an_account_there_is_no_such_page() -> None:
    for path in ("/wechat/", "/alipay/", "/sign-in/with/wechat/", "/sign-in/with/alipay/back/", "/sign-in/with/x/"):
        for answer in (Client().get(path), Client().post(path, b"x", content_type="text/xml")):
            assert answer.status_code in ((404,) if "with" not in path else (404, 405)), path
        assert Client().get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_over_a_real_connection(gateway: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same through a server, as WeChat does it."""
    query, body = gateway.message("o-somebody", "北京 72岁 退休 每月返多少")
    request = urllib.request.Request(f"{live_server.url}/wechat/?{query}", body, {"Content-Type": "text/xml"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as response:
        assert f"实际到账{yuan(CREDITED - TAKEN)}元" in gateway.read(response.read())
