"""Who said that which figure is wrong? Nobody is named: only what was said, of what, and what became of it."""

from django.db import models

TEXT_MAX = 2000
STATUSES = ("open", "accepted", "declined")


class MistakeReport(models.Model):
    """One report of a mistake, with the law behind the figure as it stood. Never deleted; only its status changes."""

    id = models.UUIDField(primary_key=True, editable=False)  # 128 random bits: who holds the number may read
    key = models.UUIDField(unique=True, editable=False)  # of the form: sent twice, it is one report
    topic = models.CharField(max_length=40)
    area = models.CharField(max_length=6)
    on = models.DateField()
    figure = models.CharField(max_length=80, blank=True)
    value_shown = models.CharField(max_length=300, blank=True)
    rests_on = models.JSONField()
    text = models.CharField(max_length=TEXT_MAX)
    should_be = models.CharField(max_length=TEXT_MAX, blank=True)
    document = models.CharField(max_length=TEXT_MAX, blank=True)
    link = models.CharField(max_length=TEXT_MAX, blank=True)
    status = models.CharField(max_length=10, default="open")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mistake_report_topic_named", condition=~models.Q(topic="")),
            models.CheckConstraint(name="mistake_report_area_is_a_code", condition=models.Q(area__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(name="mistake_report_says_what", condition=~models.Q(text="")),
            models.CheckConstraint(name="mistake_report_status_known", condition=models.Q(status__in=STATUSES)),
        ]

    def __str__(self) -> str:
        # Neither the words nor the number: it opens the report.
        return f"{self.topic} {self.area} {self.on} {self.status}"
