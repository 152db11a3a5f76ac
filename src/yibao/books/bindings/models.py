"""Which account of WeChat or Alipay belongs to which person (绑定)? One of each at most, consented to, with its end.

The identity (openid, user id) lies sealed and is found by its blind index. A binding that ended stays, without its
identity, so that the person can see that there was one.
"""

from typing import Any

from django.db import models

from yibao.books.people.models import Person


class Channel(models.TextChoices):
    """Through what somebody writes to us."""

    WECHAT: Any = "wechat", "微信"
    ALIPAY: Any = "alipay", "支付宝"


class Ended(models.TextChoices):
    """Why a binding ended."""

    BY_PERSON: Any = "by_person", "本人解除"
    LEFT: Any = "left", "取消关注"


class Binding(models.Model):
    """A person's account of a channel; `consent` is the number of the text that was consented to."""

    id = models.UUIDField(primary_key=True, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    identity_sealed = models.BinaryField(null=True)
    identity_index = models.BinaryField(max_length=32, null=True)
    consent = models.SmallIntegerField()
    bound_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="binding_identity_once", fields=["channel", "identity_index"]),
            models.UniqueConstraint(
                name="binding_one_a_channel", fields=["person", "channel"], condition=models.Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="binding_channel_known", condition=models.Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="binding_ends_whole",
                condition=models.Q(
                    ended_at__isnull=True, ended="", identity_sealed__isnull=False, identity_index__isnull=False
                )
                | models.Q(
                    ended_at__isnull=False,
                    ended__in=Ended.values,
                    identity_sealed__isnull=True,
                    identity_index__isnull=True,
                ),
            ),
        ]
