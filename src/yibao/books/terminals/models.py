"""Which self-service terminals (自助服务机) did an agency register, where do they stand, and what may they offer?"""

from __future__ import annotations

from django.db import models

from yibao.books.access.models import User


class Terminal(models.Model):
    """A machine that an agency registered: a user without a person, under which its looks are written down.

    The token itself stands on the machine and nowhere else; here is only what it is found by.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="terminal")
    name = models.CharField(max_length=40)  # as people know it: 东城区医保大厅 1 号机
    area = models.CharField(max_length=6)
    profile = models.CharField(max_length=20)  # yibao.services.terminals.profiles
    token_index = models.BinaryField(max_length=32)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="terminal_token_once", fields=["token_index"]),
            models.UniqueConstraint(
                name="terminal_name_once_in_use", fields=["area", "name"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(name="terminal_area_is_a_code", condition=models.Q(area__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(name="terminal_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.name}"
