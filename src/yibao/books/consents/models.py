"""Which app may read what of whose record, until when (第三方应用, 授权)?"""

from __future__ import annotations

from allauth.idp.oidc.models import Client
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yibao.books.access.models import User


class App(models.Model):
    """Somebody else's program, as the agency admitted it. It is ended, never deleted: its name stands in who looked."""

    client = models.OneToOneField(Client, on_delete=models.PROTECT, primary_key=True, related_name="app")
    by = models.CharField(max_length=80)  # the organisation that answers for it
    purpose = models.CharField(max_length=200)
    is_sandbox = models.BooleanField(default=False)  # for made-up people only; anybody may register one
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="app_somebody_answers_for_it", condition=~models.Q(by="")),
            models.CheckConstraint(name="app_has_a_purpose", condition=~models.Q(purpose="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Consent(models.Model):
    """What a person let an app read, from when to when; ended by the person, by another consent, or by its day."""

    id = models.UUIDField(primary_key=True, editable=False)
    app = models.ForeignKey(App, on_delete=models.PROTECT, related_name="consents")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    scopes = ArrayField(models.CharField(max_length=60))
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="consent_one_open_an_app", fields=["user", "app"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(name="consent_to_something", condition=models.Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="consent_ends_after_it_is_given", condition=models.Q(until__gt=models.F("given_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ShortLived(models.Model):
    """What one process keeps for all of them for some minutes: an authorization code not redeemed yet. Sealed."""

    key = models.BinaryField(primary_key=True, max_length=32)  # a blind index
    value_sealed = models.BinaryField()
    until = models.DateTimeField(db_index=True)
