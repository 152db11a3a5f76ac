"""Which months of contributions are on record (缴费月)? A month of an enrolment that has no row was not paid.

The table is split by area; Django only reads and writes it, the migration's SQL makes it.
"""

from django.db import models

from yibao.books.areas.models import Area


class How(models.IntegerChoices):
    """How a month came to count (类型)."""

    NORMAL = 0, "正常"
    BACK_PAID = 1, "补缴"
    DEEMED = 2, "视同"


class ContributionMonth(models.Model):
    """One month of one person in one scheme; amounts in fen, `month` is its first day."""

    pk = models.CompositePrimaryKey("area", "person_id", "scheme", "month")
    area = models.CharField(max_length=6)
    person_id = models.UUIDField()
    scheme = models.SmallIntegerField()
    month = models.DateField()
    how = models.SmallIntegerField(choices=How.choices)
    base = models.BigIntegerField()
    person_paid = models.BigIntegerField()
    employer_paid = models.BigIntegerField()
    paid_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "contribution_month"


class CarriedForward(models.Model):
    """Months that an older system counted before these books begin (结转年限); `as_of` is the first day kept here."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    person_id = models.UUIDField()
    scheme = models.SmallIntegerField()
    paid_months = models.IntegerField()
    deemed_months = models.IntegerField()
    as_of = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="carried_forward_once", fields=["area", "person_id", "scheme"]),
            models.CheckConstraint(
                name="carried_forward_not_negative",
                condition=models.Q(paid_months__gte=0, deemed_months__gte=0, scheme__in=(0, 1)),
            ),
        ]
