"""Which pooling areas' books does this database hold, since when, and on which values of the law do they post?"""

from django.db import models


class Area(models.Model):
    """A pooling area with books here; opening it makes its part of every table that is split by area."""

    code = models.CharField(primary_key=True, max_length=6)
    opened_at = models.DateTimeField(db_default=models.functions.Now())
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="area_is_a_code", condition=models.Q(code__regex=r"^[0-9]{6}$"))]


class AdoptedValue(models.Model):
    """A value of the law that the agency has adopted (decision 16): the books post on these and on no others."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    path = models.CharField(max_length=80)  # as an answer names it: allocation.retired_bands
    begins_on = models.DateField()  # the first day of the value, which tells its version
    document = models.CharField(max_length=300)
    adopted_by = models.CharField(max_length=80)
    adopted_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="value_adopted_once", fields=["area", "path", "begins_on"]),
            models.CheckConstraint(name="adopted_value_says_who", condition=~models.Q(adopted_by="")),
        ]


class DemoMade(models.Model):
    """With which arguments a demo area was made, and how far: one half made is finished, never begun twice."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="demo")
    people = models.IntegerField()
    seed = models.BigIntegerField()
    until = models.DateField()  # the first day of the last month
    posted_until = models.DateField(null=True)  # the first day of the last month that is posted whole
    is_finished = models.BooleanField(default=False)
