"""A conversation in Alipay from end to end, every request signed in both directions; and what is refused."""

import base64
import logging
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

CREDITED, TAKEN = 11_000, 300


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02}"


def bound(*args: Any) -> Any:
    return import_module("tests.channels.chatting").bound(*args)


def looks(person: Any) -> int:
    log = import_module("yibao.books.access.models").AccessLog
    return sum(log.objects.filter(person_id=person.id).values_list("times", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "content encrypted"])
def test_a_whole_conversation(settings: Any, tmp_path: Path, people: Any, sealed: bool) -> None:
    alipay = import_module("tests.gateways.alipay")
    gateway = alipay.Alipay(tmp_path, content_key=alipay.CONTENT_KEY if sealed else "")
    with gateway.server:
        settings.ALIPAY = gateway.settings()
        phone = import_module("tests.channels.chatting").InAlipay(gateway, "2088000000000007")
        assert "您好" in phone.does("follow")
        told = phone.says("北京 72岁 退休 每月返多少")
        assert f"实际到账{yuan(CREDITED - TAKEN)}元" in told
        assert "看完整的算法和依据：http://testserver/answers/allocation/?area=110000&on=2026-10-20" in told
        assert "您在哪个城市参保" in phone.says("72岁退休每月返多少")
        assert f"实际到账{yuan(CREDITED - TAKEN)}元" in phone.says("北京")
        assert "http://testserver/sign-in/with/alipay/" in phone.says("余额")
        bound("alipay", phone.user, people.retiree)
        assert f"余额：{yuan(CREDITED - TAKEN)} 元" in phone.says("余额")
        assert f"划入{yuan(CREDITED - TAKEN)}元" in phone.does("click", "划入")
        assert phone.does("unfollow") == ""
        assert "还没有绑定" in phone.says("余额")


@pytest.mark.django_db
def test_the_gateway_is_checked(gateway: Any) -> None:
    """What Alipay asks when the address is entered there: our public key comes back, signed."""
    response = Client().post("/alipay/", gateway.check(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    told = gateway.read(response.content)
    assert told.startswith("<success>true</success><biz_content>")
    key = import_module("cryptography.hazmat.primitives.serialization").load_der_public_key(
        base64.b64decode(told.split("<biz_content>")[1].removesuffix("</biz_content>"))
    )
    assert key.public_numbers() == gateway.our_public.public_numbers()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    ["signature", "body", "another key", "RSA", "app id", "old", "ahead", "service", "entities", "charset", "form"],
)
def test_what_is_not_alipays_is_refused(phone: Any, people: Any, caplog: Any, wrong: str) -> None:
    gateway = phone.gateway
    bound("alipay", phone.user, people.retiree)
    inner = "<MsgType><![CDATA[text]]></MsgType><Text><Content><![CDATA[余额]]></Content></Text><MsgId>1</MsgId>"
    plain = gateway.plain(phone.user, inner)
    body = gateway.callback(plain)
    match wrong:
        case "signature":
            body = body.replace(b"&sign=", b"&sign=AAAA")
        case "body":
            body = body.replace(phone.user.encode(), b"2088000000000009")
        case "another key":
            gateway.key = rsa.generate_private_key(65537, 2048)
            body = gateway.callback(plain)
        case "RSA":
            body = gateway.callback(plain, sign_type="RSA")
        case "app id":
            body = gateway.callback(gateway.plain(phone.user, inner, app_id="2021000000000002"))
        case "old":
            body = gateway.callback(gateway.plain(phone.user, inner, at=time.time() - 305))
        case "ahead":
            body = gateway.callback(gateway.plain(phone.user, inner, at=time.time() + 310))
        case "service":
            body = gateway.callback(plain, service="alipay.trade.pay")
        case "entities":
            body = gateway.callback('<!DOCTYPE x [<!ENTITY a "b">]>' + plain)
        case "charset":
            body = gateway.callback(plain, charset="UTF-7")
        case "form":
            body = "余额".encode("gbk")
    with caplog.at_level(logging.WARNING):
        response = phone.deliver(body)
    assert (response.status_code, response.content) == (403, b"")
    assert gateway.said == []
    assert looks(people.retiree) == 0
    assert "余额" not in caplog.text
    assert phone.user not in caplog.text


@pytest.mark.django_db
def test_a_message_that_comes_again_is_answered_once(phone: Any, people: Any) -> None:
    bound("alipay", phone.user, people.retiree)
    body = phone.gateway.message(phone.user, "余额")
    for _ in range(3):
        assert phone.deliver(body).status_code == 200
    assert len(phone.gateway.said) == 1
    assert looks(people.retiree) == 1


@pytest.mark.django_db
def test_an_answer_that_did_not_arrive_is_given_at_the_next_delivery(phone: Any, people: Any) -> None:
    body = phone.gateway.message(phone.user, "帮助")
    phone.gateway.down = True
    assert phone.deliver(body).status_code == 503
    phone.gateway.down = False
    assert phone.deliver(body).status_code == 200
    assert len(phone.gateway.said) == 1


@pytest.mark.django_db
def test_an_answer_that_alipay_did_not_sign_is_not_believed(gateway: Any) -> None:
    messengers = import_module("yibao.services.messengers")
    gateway.lies = True
    refused = messengers.alipay().say("2088000000000001", "您好")
    assert refused.code == "messenger_not_genuine"


@pytest.mark.django_db
def test_texts_come_and_go_in_their_code_page(phone: Any) -> None:
    """A rare sign that GBK does not have stands in the answer, not in Alipay's GBK."""
    assert "没有看懂" in phone.says("龘靐")
    signed = phone.gateway.key.sign(b"x", import_module("tests.gateways.alipay").PKCS1, hashes.SHA256())
    body = f"biz_content=%FF%FF&sign={base64.b64encode(signed).decode()}&charset=GBK".encode()
    assert phone.deliver(body).status_code == 403
