"""What were people told, by which way, and what do they wish to be told (通知)?

A notice stands in the person's record for good. Where it is to be sent lies sealed beside each sending, and goes once
the sending is over.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from yibao.books.people.models import Person


class Way(models.TextChoices):
    """How a notice reaches somebody."""

    SMS: Any = "sms", "短信"
    PUSH: Any = "push", "手机桌面提醒"
    WECHAT: Any = "wechat", "微信"
    ALIPAY: Any = "alipay", "支付宝"
    EMAIL: Any = "email", "电子邮件"


class Wishes(models.Model):
    """What somebody wishes of all notices: amounts in them, and the address of the e-mails."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    shows_amounts = models.BooleanField(default=False)
    email_sealed = models.BinaryField(null=True)  # one that a code was read at


class Choice(models.Model):
    """Somebody wants the notices of a kind by a way; no row, no sending."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    way = models.CharField(max_length=10, choices=Way.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="choice_once", fields=["person", "kind", "way"]),
            models.CheckConstraint(name="choice_way_known", condition=models.Q(way__in=Way.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.way}"


class Device(models.Model):
    """A browser that takes push messages for somebody; ended when it is given up, and the keys then go."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    sealed = models.BinaryField(null=True)  # where to send, and the keys of the browser
    endpoint_index = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="device_once", fields=["endpoint_index"]),
            models.CheckConstraint(
                name="device_ended_has_no_keys",
                condition=models.Q(ended_at=None, sealed__isnull=False, endpoint_index__isnull=False)
                | models.Q(ended_at__isnull=False, sealed=None, endpoint_index=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """Something that somebody was told, as it stands in the record; `key` names what it is about, once a kind."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    told_sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="notice_of_person", fields=["person", "-made_at"])]
        constraints = [models.UniqueConstraint(name="notice_once", fields=["person", "kind", "key"])]

    def __str__(self) -> str:
        return str(self.pk)


class Sending(models.Model):
    """A notice on its way: how often it was tried, when next; `next_at` and `to_sealed` are empty once it is over."""

    id = models.UUIDField(primary_key=True, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="sendings")
    way = models.CharField(max_length=10, choices=Way.choices)
    to_sealed = models.BinaryField(null=True)
    to_index = models.BinaryField(max_length=32)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=40, blank=True)  # what came back last; `trying` while a try is under way

    class Meta:
        indexes = [models.Index(name="sending_due", fields=["next_at"], condition=models.Q(next_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(name="sending_once", fields=["notice", "way", "to_index"]),
            models.CheckConstraint(
                name="sending_over_forgets_where",
                condition=models.Q(next_at__isnull=False, to_sealed__isnull=False, told_at=None)
                | models.Q(next_at=None, to_sealed=None),
            ),
            models.CheckConstraint(name="sending_way_known", condition=models.Q(way__in=Way.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
