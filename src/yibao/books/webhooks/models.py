"""Which app wants to be told of changes, of what did it see which state, and what is still to be told (webhook)?

Nothing here says what a record holds: a change is told as such, and the app reads it with its token.
"""

from __future__ import annotations

from django.db import models

from yibao.books.consents.models import App, Consent


class Hook(models.Model):
    """An address of an app that is told of changes, and the secret under which that is signed; ended, never deleted."""

    id = models.UUIDField(primary_key=True, editable=False)
    app = models.ForeignKey(App, on_delete=models.PROTECT, related_name="hooks")
    url = models.CharField(max_length=500)
    secret_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hook_one_open_an_address", fields=["app", "url"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(name="hook_has_an_address", condition=~models.Q(url="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Seen(models.Model):
    """In which state a part of a record was when its change was told last: a digest, from which nothing can be read."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="seen")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(name="seen_once", fields=["hook", "consent", "part"])]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.part}"


class Message(models.Model):
    """Something to be told: as it is sent, how often it was tried, when next; `next_at` is empty once it is over."""

    id = models.UUIDField(primary_key=True, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="messages")
    body = models.TextField()
    made_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=40, blank=True)  # the last status, or the kind of failure

    class Meta:
        indexes = [models.Index(name="message_due", fields=["next_at"], condition=models.Q(next_at__isnull=False))]
        constraints = [
            models.CheckConstraint(
                name="message_told_is_over", condition=models.Q(told_at=None) | models.Q(next_at=None)
            ),
            models.CheckConstraint(name="message_tries_not_negative", condition=models.Q(tries__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
