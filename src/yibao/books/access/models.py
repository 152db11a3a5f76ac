"""Who signs in here, with what, and who looked at whose record (谁看过我的信息)?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yibao.books.keys import new_key
from yibao.books.people.models import Person


class UserManager(BaseUserManager):
    """Makes the user of a person; nobody signs in with a password."""

    def create_user(self, person: Person | None = None, **extra: Any) -> User:
        """The user of a person, without a password."""
        user = self.model(id=new_key(), person=person, **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Who signs in: an insured person. Staff and apps come as users without a person of their own."""

    id = models.UUIDField(primary_key=True, editable=False, default=new_key)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="user")
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "id"

    def __str__(self) -> str:
        return str(self.id)  # never a name or a number


class CounterCode(models.Model):
    """A code that the counter gave a person who has no phone on file; used once, then it is gone."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    code_index = models.BinaryField(max_length=32)
    until = models.DateTimeField()


class Tally(models.Model):
    """How often something was tried until when: codes asked for, wrong codes, wrong PINs. `key` is a blind index."""

    key = models.BinaryField(primary_key=True, max_length=32)
    tries = models.IntegerField()
    until = models.DateTimeField(db_index=True)


class SpokenCode(models.Model):
    """A code of signing in that is told by a call to the phone on file (语音验证码), and how far that has come.

    Where to call and what to say lie sealed, and go with its end. A row for a number that nobody has is over at once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    told_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=32)
    until = models.DateTimeField(db_index=True)  # then the code is void
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=40, blank=True)  # what came of the last try; `trying` while one is under way

    class Meta:
        indexes = [models.Index(name="spoken_code_due", fields=["next_at"], condition=models.Q(next_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                name="spoken_code_one_call_a_phone", fields=["phone_index"], condition=models.Q(answer="trying")
            ),
            models.CheckConstraint(
                name="spoken_code_over_forgets",
                condition=models.Q(next_at__isnull=False, told_at=None) | models.Q(next_at=None, told_sealed=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never the number, never the code


class Credential(models.Model):
    """The e-credential (医保码) of a person, activated once with a PIN of the person's own."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    pin = models.CharField(max_length=128)  # hashed
    activated_at = models.DateTimeField()


class ShownCode(models.Model):
    """The number of the code that a person's e-credential showed last; every earlier one is refused.

    A table of its own, since showing a code is all that a page that only reads may write here.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    serial = models.BigIntegerField()


class ReaderKind(models.IntegerChoices):
    """As whom a record was read."""

    SELF = 0, "本人"
    RELATIVE = 1, "亲属"
    STAFF = 2, "经办人员"
    APP = 3, "授权的应用"


class AccessLog(models.Model):
    """One look at a person's record; a person's own looks are one row an hour (decision 20)."""

    pk = models.CompositePrimaryKey("area", "id")
    area = models.CharField(max_length=6)
    id = models.UUIDField()
    person_id = models.UUIDField()
    reader_id = models.UUIDField()
    reader_kind = models.SmallIntegerField(choices=ReaderKind.choices)
    what = models.TextField()
    reason = models.TextField()
    hour = models.DateTimeField()
    times = models.IntegerField()
    last_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "access_log"
