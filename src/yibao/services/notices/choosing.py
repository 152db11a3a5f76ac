"""Which notices does somebody want, and by which ways (想收哪些通知)? Of the person signed in, and of nobody else."""

from __future__ import annotations

import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from yibao.books.keys import new_key
from yibao.books.notices.models import Choice, Device, Way, Wishes
from yibao.services import bindings, messengers
from yibao.services.certificates import masked, normalised
from yibao.services.clock import CHINA
from yibao.services.notices import web_push
from yibao.services.notices.kinds import Kind, kinds
from yibao.services.notices.ways import end_devices
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal, unseal
from yibao.services.sign_in import tally
from yibao.services.sign_in.adapter import phone_of
from yibao.services.wording import SERVICE_NAME

EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
CODES_MAX, CODES_SECONDS = 5, 60 * 60
WRONG_MAX, WRONG_SECONDS = 5, 15 * 60
DEVICES_MAX = 10
CODE_MAIL = "核对码 {code}，请填到刚才的网页里。不是您本人要的，不用理会，谁要都别给。\n"
AGENTS = (("Android", "安卓手机"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "电脑（Windows）"),
          ("Macintosh", "电脑（Mac）"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way by which notices can reach this person now, and where they go, masked."""

    name: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind with its choices: of each way whether it is chosen, and whether it is always so."""

    kind: Kind
    ways: tuple[tuple[WayShown, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """A browser that takes push messages."""

    id: UUID
    name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants, and by which ways it can be had; `may_…` what this installation offers besides."""

    ways: tuple[WayShown, ...]
    kinds: tuple[KindShown, ...]
    shows_amounts: bool
    email: str
    devices: tuple[DeviceShown, ...]
    may_email: bool
    may_push: bool
    push_key: str


def wanted(actor: Actor) -> Done[Wanted] | Refused:
    """What the person who is signed in wants to be told."""
    person = _person(actor)
    if person is None:
        return _not_found()
    wishes = Wishes.objects.filter(person_id=person).first()
    devices = Device.objects.filter(person_id=person, ended_at=None).order_by("-made_at")
    ways = _ways(person, wishes, len(devices))
    chosen = set(Choice.objects.filter(person_id=person).values_list("kind", "way"))
    may_push = bool(settings.WEB_PUSH_CONTACT)
    return Done(
        Wanted(
            ways=ways,
            kinds=tuple(_kind(kind, ways, chosen) for kind in kinds().values()),
            shows_amounts=bool(wishes and wishes.shows_amounts),
            email=_email(wishes),
            devices=tuple(DeviceShown(one.pk, one.name, one.made_at.astimezone(CHINA)) for one in devices),
            may_email=bool(settings.MAIL_IS_ON),
            may_push=may_push,
            push_key=web_push.public_key() if may_push else "",
        )
    )


def choose(actor: Actor, chosen: Iterable[tuple[str, str]], *, shows_amounts: bool) -> Done[None] | Refused:
    """Take these kinds by these ways, of the ways that there are; what is for safety stays as it is."""
    person = _person(actor)
    if person is None:
        return _not_found()
    with transaction.atomic():
        wishes, _ = Wishes.objects.select_for_update().get_or_create(person_id=person)
        wishes.shows_amounts = shows_amounts
        wishes.save(update_fields=["shows_amounts"])
        devices = Device.objects.filter(person_id=person, ended_at=None).count()
        ways = [way.name for way in _ways(person, wishes, devices)]
        pairs = {(kind, way) for kind, way in chosen if kind in kinds() and way in ways}
        held = Choice.objects.filter(person_id=person, way__in=ways)
        gone = [one.pk for one in held if (one.kind, one.way) not in pairs]
        Choice.objects.filter(pk__in=gone).delete()
        _add(person, pairs)
    return Done(None)


def ask_email(actor: Actor, address: str) -> Done[tuple[str, str]] | Refused:
    """Send a code to an address. Done: the address and the code, to be kept in the sealed session till it is told."""
    person = _person(actor)
    if person is None or not settings.MAIL_IS_ON:
        return _not_found()
    plain = "".join(unicodedata.normalize("NFKC", address).split()).lower()
    if len(plain) > 120 or not EMAIL.fullmatch(plain):
        message = "这个邮箱写得不对。请写成 名字@网站 的样子，例如 zhang@example.com。"
        return Refused("email_shape", message, field="email")
    tries, _ = tally.count("email_code", str(person), limit=CODES_MAX, seconds=CODES_SECONDS)
    if tries > CODES_MAX:
        message = f"一个小时里已经发过 {CODES_MAX} 次核对码，过一会儿再来。请先看看收到的邮件。"
        return Refused("email_code_asked_too_often", message, field="email")
    code = f"{secrets.randbelow(1_000_000):06}"
    try:
        EmailMessage(f"{SERVICE_NAME}：核对邮箱", CODE_MAIL.format(code=code), to=[plain]).send()
    except OSError:  # what smtplib raises is one too
        return Refused("email_not_sent", "核对码没有发出去。请检查邮箱，过一会儿再试。", field="email")
    return Done((plain, code))


def confirm_email(actor: Actor, sent: tuple[str, str], told: str) -> Done[None] | Refused:
    """Take the address whose code was told; from then on every kind comes by e-mail too, until chosen otherwise."""
    person = _person(actor)
    if person is None:
        return _not_found()
    address, code = sent
    tries, _ = tally.count("email_told", str(person), limit=WRONG_MAX, seconds=WRONG_SECONDS)
    if tries > WRONG_MAX:
        message = f"核对码错了 {WRONG_MAX} 次，锁住了。一刻钟以后重新发一个。"
        return Refused("email_code_locked", message, field="code")
    if not hmac.compare_digest(normalised(told).encode(), code.encode()):
        return Refused("email_code_wrong", "核对码不对。请照邮件里的六位数字再填一遍。", field="code")
    tally.forget("email_told", str(person))
    with transaction.atomic():
        held = {"email_sealed": seal(address, what="email")}
        Wishes.objects.update_or_create(person_id=person, defaults=held)
        _add(person, {(kind, Way.EMAIL.value) for kind in kinds()})
    return Done(None)


def end_email(actor: Actor) -> Done[None] | Refused:
    """No e-mails any more; the address leaves the books."""
    person = _person(actor)
    if person is None:
        return _not_found()
    Wishes.objects.filter(person_id=person).update(email_sealed=None)
    Choice.objects.filter(person_id=person, way=Way.EMAIL).delete()
    return Done(None)


def add_device(actor: Actor, told: object, agent: str) -> Done[None] | Refused:
    """Push to a browser from now on; the same one again changes hands. With the first, every kind comes that way."""
    person = _person(actor)
    if person is None or not settings.WEB_PUSH_CONTACT:
        return _not_found()
    checked = web_push.checked(told)
    if isinstance(checked, Refused):
        return checked
    one = checked.value
    sealed = seal(json.dumps({"endpoint": one.endpoint, "p256dh": one.p256dh, "auth": one.auth}), what="push")
    index = blind_index(one.endpoint, what="push")
    with transaction.atomic():
        is_first = not Choice.objects.filter(person_id=person, way=Way.PUSH).exists()
        end_devices(endpoint_index=index)
        own = Device.objects.filter(person_id=person, ended_at=None).order_by("-made_at")
        end_devices(pk__in=[row.pk for row in own[DEVICES_MAX - 1 :]])
        name = next((word for mark, word in AGENTS if mark in agent), "一台设备")
        Device.objects.create(
            id=new_key(), person_id=person, name=name, sealed=sealed, endpoint_index=index, made_at=timezone.now()
        )
        if is_first:
            _add(person, {(kind, Way.PUSH.value) for kind in kinds()})
    return Done(None)


def end_device(actor: Actor, number: UUID) -> Done[None] | Refused:
    """Push to a browser no more."""
    person = _person(actor)
    return Done(None) if person and end_devices(pk=number, person_id=person) else _not_found()


def _add(person: UUID, pairs: set[tuple[str, str]]) -> None:
    now = timezone.now()
    rows = [Choice(person_id=person, kind=kind, way=way, since=now) for kind, way in sorted(pairs)]
    Choice.objects.bulk_create(rows, ignore_conflicts=True)  # what was chosen stays so since then


def _ways(person: UUID, wishes: Wishes | None, devices: int) -> tuple[WayShown, ...]:
    phone = phone_of(str(person))
    out = [WayShown(Way.SMS.value, Way.SMS.label, masked(phone))] if phone else []
    if devices and settings.WEB_PUSH_CONTACT:
        out.append(WayShown(Way.PUSH.value, Way.PUSH.label, f"{devices} 台设备"))
    there = {one.channel for one in bindings.of_person(person)}
    for way in (Way.WECHAT, Way.ALIPAY):
        if way.value in there and messengers.account(way.value):
            out.append(WayShown(way.value, way.label, "绑定的那个"))
    email = _email(wishes)
    if email and settings.MAIL_IS_ON:
        out.append(WayShown(Way.EMAIL.value, Way.EMAIL.label, email))
    return tuple(out)


def _kind(kind: Kind, ways: tuple[WayShown, ...], chosen: set[tuple[str, str]]) -> KindShown:
    told = []
    for way in ways:
        fixed = kind.safety and way.name == Way.SMS
        told.append((way, fixed or (kind.name, way.name) in chosen, fixed))
    return KindShown(kind, tuple(told))


def _email(wishes: Wishes | None) -> str:
    """The address, masked: z***@example.com."""
    if wishes is None or wishes.email_sealed is None:
        return ""
    name, _, site = unseal(bytes(wishes.email_sealed), what="email").partition("@")
    return f"{name[0]}***@{site}"


def _person(actor: Actor) -> UUID | None:
    return actor.person_id if actor.kind == "self" else None


def _not_found() -> Refused:
    return Refused("not_found", "没有找到，可能已经停掉了。请回到通知页再看。")
