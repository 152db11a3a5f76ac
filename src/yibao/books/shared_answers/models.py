"""Which answer was shared, word for word as it was issued?"""

from django.db import models


class SharedAnswer(models.Model):
    """One issued answer, with the facts it was given for. Made once, never changed (a trigger refuses), deletable."""

    id = models.UUIDField(primary_key=True, editable=False)  # 128 random bits: who holds the number may read
    topic = models.CharField(max_length=40)
    area = models.CharField(max_length=6)
    on = models.DateField()
    facts = models.JSONField()
    answer = models.JSONField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="shared_answer_topic_named", condition=~models.Q(topic="")),
            models.CheckConstraint(name="shared_answer_area_is_a_code", condition=models.Q(area__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(
                name="shared_answer_expires_after_issue",
                condition=models.Q(expires_at__gt=models.F("issued_at")),
            ),
        ]

    def __str__(self) -> str:
        # Never the facts, and not the number either: it opens the answer.
        return f"{self.topic} {self.area} {self.on}"
