"""By which ways does a notice go out: short message, e-mail, WeChat, Alipay, a push message?"""

from __future__ import annotations

import json
import smtplib
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from yibao.books.notices.models import Device, Way
from yibao.services import bindings, messengers
from yibao.services.notices import web_push
from yibao.services.notices.shapes import Outgoing
from yibao.services.results import Done, Refused
from yibao.services.sealing import unseal
from yibao.services.sign_in import sms
from yibao.services.wording import HOTLINE, SERVICE_NAME

FOOT = f"这是{SERVICE_NAME}的通知，里面没有链接。要看详细的，请自己打开网站登录。有疑问打 {HOTLINE}。"
PAGE = "/me/notices/"
GONE = Refused("address_gone", "那里已经收不到了，通知没有发出去。")


def by_sms(one: Outgoing) -> Done[None] | Refused:
    """A short message, by the gateway of the settings."""
    return sms.deliver(one.to, f"{SERVICE_NAME}：{one.text}", one.number)


def by_email(one: Outgoing) -> Done[None] | Refused:
    """An e-mail, by Django's backend. Its Message-ID is the same at every try."""
    if not settings.MAIL_IS_ON:
        return Refused("channel_not_here", "这里没有开通电子邮件，通知没有发出去。")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    head = {"Message-ID": f"<{one.number}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(f"{SERVICE_NAME}：{one.title}", f"{one.text}\n\n{FOOT}\n", to=[one.to], headers=head)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        return GONE
    except (smtplib.SMTPException, OSError):
        return Refused("mail_not_taken", "邮件服务器没有接受，过一会儿再试。")
    return Done(None)


def by_messenger(one: Outgoing) -> Done[None] | Refused:
    """A template notice of WeChat or Alipay, to an account that is still bound."""
    bound = next((row for row in bindings.of_person(one.person_id) if str(row.id) == one.to), None)
    if bound is None:
        return GONE
    fields = {"title": one.title, "note": one.text}
    done = messengers.send(bound, one.kind, fields, number=one.number)
    return done if isinstance(done, Refused) else Done(None)


def by_push(one: Outgoing) -> Done[None] | Refused:
    """A push message to a browser; one that has gone for good is ended."""
    device = Device.objects.filter(pk=UUID(one.to), person_id=one.person_id, ended_at=None).first()
    if device is None:
        return GONE
    body = {"title": one.title, "body": one.text, "tag": one.number, "page": PAGE}
    told = json.dumps(body, ensure_ascii=False).encode()
    held = json.loads(unseal(bytes(device.sealed), what="push"))
    done = web_push.send(web_push.Subscription(**held), told, topic=one.number, urgent=one.safety)
    if isinstance(done, Refused) and done.code == "address_gone":
        end_devices(pk=device.pk)
    return done


def end_devices(**which: object) -> int:
    """End browsers: their keys leave the books at once."""
    over = {"ended_at": timezone.now(), "sealed": None, "endpoint_index": None}
    return int(Device.objects.filter(ended_at=None, **which).update(**over))


WAYS: dict[str, Callable[[Outgoing], Done[None] | Refused]] = {
    Way.SMS: by_sms,
    Way.EMAIL: by_email,
    Way.WECHAT: by_messenger,
    Way.ALIPAY: by_messenger,
    Way.PUSH: by_push,
}
