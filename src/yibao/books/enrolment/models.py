"""Who was insured in which area, scheme and kind, from when to when (参保关系)?"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from yibao.books.areas.models import Area
from yibao.books.people.models import Person


class Kind(models.IntegerChoices):
    """As whom (参保方式), decision 5."""

    EMPLOYED = 0, "单位职工"
    FLEXIBLE = 1, "灵活就业"
    RETIRED = 2, "退休"
    ADULT = 3, "成年居民"
    CHILD = 4, "少年儿童"
    STUDENT = 5, "学生"
    ELDERLY = 6, "老年居民"


OF_EMPLOYEE = (Kind.EMPLOYED, Kind.FLEXIBLE, Kind.RETIRED)
OF_RESIDENT = (Kind.ADULT, Kind.CHILD, Kind.STUDENT, Kind.ELDERLY)


class Employer(models.Model):
    """A unit that pays for its people (参保单位), known by its code within an area."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    code = models.CharField(max_length=18)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(name="employer_code_once_in_area", fields=["area", "code"])]


class Daterange(models.Func):
    """The days from the first up to, and without, the second; no second is no end."""

    function = "daterange"


class Enrolment(models.Model):
    """One unbroken time of being insured in one way; `ends` is the first day that is no longer in it."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    scheme = models.SmallIntegerField()  # yibao.law.values.Scheme
    kind = models.SmallIntegerField(choices=Kind.choices)
    tier = models.CharField(max_length=10, blank=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(name="enrolment_of_area", fields=["area", "starts"])]
        constraints = [
            models.UniqueConstraint(name="enrolment_known_once", fields=["area", "person", "scheme", "starts"]),
            models.CheckConstraint(name="enrolment_scheme_known", condition=models.Q(scheme__in=(0, 1))),
            models.CheckConstraint(
                name="enrolment_kind_of_its_scheme",
                condition=models.Q(scheme=0, kind__in=OF_EMPLOYEE) | models.Q(scheme=1, kind__in=OF_RESIDENT),
            ),
            models.CheckConstraint(
                name="enrolment_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
            ),
            models.CheckConstraint(
                name="only_the_employed_have_an_employer",
                condition=models.Q(employer__isnull=True) | models.Q(kind=Kind.EMPLOYED),
            ),
            ExclusionConstraint(  # decision 5: one active enrolment a person, in whatever area
                name="enrolled_twice",
                expressions=[
                    (models.F("person"), RangeOperators.EQUAL),
                    (Daterange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
