"""/alipay/: what Alipay sends to its application gateway (应用网关), and what it wants to read back.

As with WeChat the signature lets a request in, here RSA2 with Alipay's key. The answer to a person goes out by a call
of Alipay's gateway; what stands in the response is only that the message arrived. Texts come in GBK.
"""

from __future__ import annotations

import logging
import time
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from yibao.services import bindings, chat, deliveries, flat_xml, messengers
from yibao.services.messengers import Alipay, rsa2
from yibao.services.results import Refused

CHANNEL = "alipay"
CHARSETS = {"gbk": "gb18030", "gb2312": "gb18030", "utf-8": "utf-8"}
CHECK, MESSAGE = "alipay.service.check", "alipay.mobile.public.message.notify"
log = logging.getLogger(__name__)


class NotAlipay(Exception):
    """A request that Alipay did not make, or not now, or not for us; the reason is for the log."""


class NotSaid(Exception):
    """The answer did not reach Alipay: nothing is marked as answered, so that the next delivery may try again."""


@csrf_exempt  # the signature stands in its place
def callback(request: HttpRequest) -> HttpResponse:
    """The check of the address, messages and events; no such page where there is no account."""
    account = messengers.alipay()
    if account is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        told, charset = _told(request)
        message = _signed(told, charset, account)
        if told.get("service") == CHECK:
            key = rsa2.told_public(rsa2.private_key(account.private_key))
            return _response(account, f"<success>true</success><biz_content>{key}</biz_content>", charset)
        return _delivered(request, account, message, told["sign"], charset)
    except NotAlipay as refused:
        log.warning("a callback was refused: %s", refused)
        return HttpResponse(status=403)
    except NotSaid:
        return HttpResponse(status=503)


def _told(request: HttpRequest) -> tuple[dict[str, str], str]:
    """The parameters, from the address and the body, and the code page they came in."""
    if int(request.headers.get("Content-Length") or 0) > 4 * flat_xml.BYTES_MAX:
        raise NotAlipay("too long")
    try:
        raw = "&".join(part for part in (request.META.get("QUERY_STRING", ""), request.body.decode("ascii")) if part)
        charset = dict(parse_qsl(raw, encoding="latin-1")).get("charset", "GBK").lower()
        return dict(parse_qsl(raw, encoding=CHARSETS[charset], errors="strict", max_num_fields=40)), CHARSETS[charset]
    except (ValueError, KeyError):
        raise NotAlipay("form") from None


def _signed(told: dict[str, str], charset: str, account: Alipay) -> dict[str, str]:
    """The message, once it is sure that Alipay sent it, and to us."""
    key = rsa2.public_key(account.public_key)
    if told.get("sign_type") != "RSA2" or not rsa2.is_signed(rsa2.to_sign(told), told.get("sign", ""), key, charset):
        raise NotAlipay("signature")
    if told.get("service") not in (CHECK, MESSAGE):
        raise NotAlipay("service")
    try:
        message = flat_xml.read(told.get("biz_content", ""))
    except flat_xml.NotFlatXml:
        raise NotAlipay("form") from None
    if message.get("AppId") != account.app_id:
        raise NotAlipay("AppId")
    return message


def _delivered(request: HttpRequest, account: Alipay, message: dict[str, str], sign: str, charset: str) -> HttpResponse:
    made = message.get("CreateTime", "")
    if not deliveries.young(made[:-3] if len(made) == 13 else made):
        raise NotAlipay("time")
    who = message.get("FromAlipayUserId") or message.get("FromUserId", "")
    names = message.get("MsgId") or ":".join((who, made, message.get("EventType", "")))

    def work() -> str:
        text = _answer(request, message, who)
        if text and isinstance(account.say(who, text), Refused):
            raise NotSaid
        return text

    told = deliveries.once(CHANNEL, sign, names, work)
    if isinstance(told, Refused):
        raise NotAlipay(told.code)
    ack = {"ToUserId": who, "AppId": account.app_id, "CreateTime": int(time.time() * 1000), "MsgType": "ack"}
    return _response(account, flat_xml.written("XML", ack), charset)


def _answer(request: HttpRequest, message: dict[str, str], who: str) -> str:
    """What is said to it; nothing where nothing is to be said."""
    kind, event = message.get("MsgType", ""), message.get("EventType", "")
    site = request.build_absolute_uri("/")
    if event == "unfollow":
        bindings.left(CHANNEL, who)
        return ""
    if event == "follow":
        said = chat.welcome(CHANNEL, site)
    elif event == "click":
        said = chat.reply(CHANNEL, who, message.get("ActionParam", ""), site=site)
    elif kind == "text":
        said = chat.reply(CHANNEL, who, message.get("Text.Content", ""), site=site)
    elif kind == "event":
        return ""
    else:
        said = chat.NOT_A_TEXT
    return said.text(chat.ALIPAY_BYTES, anchored=False)


def _response(account: Alipay, content: str, charset: str) -> HttpResponse:
    """What Alipay reads back, signed with our key."""
    name = "GBK" if charset == "gb18030" else "UTF-8"
    sign = rsa2.signed(content, rsa2.private_key(account.private_key), charset)
    body = f'<?xml version="1.0" encoding="{name}"?><alipay><response>{content}</response>'
    body += f"<sign>{sign}</sign><sign_type>RSA2</sign_type></alipay>"
    return HttpResponse(body.encode(charset), content_type=f"text/xml; charset={name}")
