"""/wechat/: what WeChat sends, and the answer within the five seconds for which it waits.

No form of ours leads here and no session is looked at: what lets a callback in is its signature, which only WeChat and
we can make. Whatever is not signed, not encrypted, old, repeated or meant for another account is refused alike.
"""

from __future__ import annotations

import logging
import secrets
import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from yibao.channels.wechat.crypto import NotForUs, closed, is_signed, opened, signature
from yibao.services import bindings, chat, deliveries, flat_xml, messengers
from yibao.services.messengers import WeChat
from yibao.services.results import Refused

CHANNEL = "wechat"
log = logging.getLogger(__name__)


class NotWeChat(Exception):
    """A request that WeChat did not make, or not now, or not for us; the reason is for the log."""


@csrf_exempt  # the signature stands in its place
def callback(request: HttpRequest) -> HttpResponse:
    """A GET when the address is entered at WeChat, a POST for each message; no such page where there is no account."""
    account = messengers.wechat()
    if account is None:
        raise Http404
    if request.method not in ("GET", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    try:
        return _checked_address(request, account) if request.method == "GET" else _delivered(request, account)
    except NotWeChat as refused:
        log.warning("a callback was refused: %s", refused)
        return HttpResponse(status=403)


def _checked_address(request: HttpRequest, account: WeChat) -> HttpResponse:
    told = request.GET
    if not is_signed(told.get("signature", ""), account.token, told.get("timestamp", ""), told.get("nonce", "")):
        raise NotWeChat("signature")
    return HttpResponse(told.get("echostr", "")[:200], content_type="text/plain; charset=utf-8")


def _delivered(request: HttpRequest, account: WeChat) -> HttpResponse:
    stamp, number = request.GET.get("timestamp", ""), request.GET.get("nonce", "")[:200]
    message = _opened(request, account, stamp, number)
    told = deliveries.once(CHANNEL, f"{stamp}:{number}", _names(message), lambda: _answer(request, message))
    if isinstance(told, Refused):
        raise NotWeChat(told.code)
    if not told.value:
        return HttpResponse("success", content_type="text/plain")
    return _sealed(account, message, told.value)


def _opened(request: HttpRequest, account: WeChat, stamp: str, number: str) -> dict[str, str]:
    """The message, once it is sure that WeChat sent it to us a moment ago."""
    if request.GET.get("encrypt_type") != "aes" or int(request.headers.get("Content-Length") or 0) > flat_xml.BYTES_MAX:
        raise NotWeChat("not encrypted, or too long")
    try:
        ciphertext = flat_xml.read(request.body.decode()).get("Encrypt", "")
        if not is_signed(request.GET.get("msg_signature", ""), account.token, stamp, number, ciphertext):
            raise NotWeChat("signature")
        if not deliveries.young(stamp):
            raise NotWeChat("time")
        return flat_xml.read(opened(ciphertext, account.aes_key, account.app_id))
    except NotForUs:
        raise NotWeChat("key or AppID") from None
    except ValueError:  # no XML, no UTF-8
        raise NotWeChat("form") from None


def _names(message: dict[str, str]) -> str:
    """What names a message in every delivery of it: its own number; an event has none."""
    number = message.get("MsgId", "")
    if number:
        return number
    return ":".join(message.get(part, "") for part in ("FromUserName", "CreateTime", "Event", "EventKey"))


def _answer(request: HttpRequest, message: dict[str, str]) -> str:
    """What is said to it; nothing where nothing is to be said."""
    who, kind, event = message.get("FromUserName", ""), message.get("MsgType", ""), message.get("Event", "").lower()
    site = request.build_absolute_uri("/")
    if kind == "text":
        return chat.reply(CHANNEL, who, message.get("Content", ""), site=site).text()
    if kind != "event":
        return chat.NOT_A_TEXT.text()
    if event == "click":
        return chat.reply(CHANNEL, who, message.get("EventKey", ""), site=site).text()
    if event == "subscribe":
        return chat.welcome(CHANNEL, site).text()
    if event == "unsubscribe":
        bindings.left(CHANNEL, who)
    return ""


def _sealed(account: WeChat, message: dict[str, str], text: str) -> HttpResponse:
    """The answer, encrypted and signed as WeChat wants it."""
    plain = flat_xml.written(
        "xml",
        {
            "ToUserName": message.get("FromUserName", ""),
            "FromUserName": message.get("ToUserName", ""),
            "CreateTime": int(time.time()),
            "MsgType": "text",
            "Content": text,
        },
    )
    stamp, number = str(int(time.time())), secrets.token_hex(8)
    ciphertext = closed(plain, account.aes_key, account.app_id)
    sign = signature(account.token, stamp, number, ciphertext)
    body = {"Encrypt": ciphertext, "MsgSignature": sign, "TimeStamp": int(stamp), "Nonce": number}
    return HttpResponse(flat_xml.written("xml", body), content_type="application/xml; charset=utf-8")
