"""Who works at the counter and for which areas, and who waits to be rung back (回电)?"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yibao.books.access.models import User
from yibao.books.people.models import Person


class Staff(models.Model):
    """Somebody of an agency (经办人员): a user without a person, with a password and a second factor.

    Whether signing in is open to them stands in the user (`is_active`). Demo staff see demo areas only.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="staff")
    sign_in_name = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)  # as colleagues know them
    areas = ArrayField(models.CharField(max_length=6))
    password_until = models.DateTimeField(null=True)  # made by another: opens nothing but its own change, till then
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_sign_in_name_is_plain", condition=models.Q(sign_in_name__regex=r"^[a-z0-9._-]{2,40}$")
            ),
            models.CheckConstraint(name="staff_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(name="staff_has_an_area", condition=models.Q(areas__len__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CallbackState(models.IntegerChoices):
    """How far a call that is owed has come."""

    WAITING = 0, "等回电"
    TAKEN = 1, "有人在办"
    DONE = 2, "办完了"


class Callback(models.Model):
    """A call that somebody asked for. The number, what it is about and what was noted lie sealed."""

    id = models.BigAutoField(primary_key=True)
    area = models.CharField(max_length=6)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # only if signed in
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=32)
    about_sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    state = models.SmallIntegerField(choices=CallbackState.choices, default=CallbackState.WAITING)
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    note_sealed = models.BinaryField(default=b"")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="callback_area_is_a_code", condition=models.Q(area__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(name="callback_state_known", condition=models.Q(state__in=CallbackState.values)),
            models.CheckConstraint(
                name="callback_taken_by_somebody",
                condition=models.Q(state=0, taken_by=None, taken_at=None)
                | models.Q(state__in=(1, 2), taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="callback_done_has_its_time",
                condition=models.Q(state=2, done_at__isnull=False) | models.Q(state__in=(0, 1), done_at=None),
            ),
            models.UniqueConstraint(
                name="callback_open_once", fields=["area", "phone_index"], condition=models.Q(state__in=(0, 1))
            ),
        ]
        indexes = [models.Index(name="callback_by_area_and_state", fields=["area", "state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.area} {self.pk}"  # never the number
