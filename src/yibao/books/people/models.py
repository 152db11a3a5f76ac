"""Who is insured: what must be known of a person, and nothing that can be read by whoever copies the tables.

Names, certificate numbers and phone numbers lie sealed (`*_sealed`); a number is found by its blind index (`*_index`),
a keyed hash of the number as it is written without spaces. Both are made by services, which hold the keys.
"""

from typing import Any

from django.db import models


class CertificateType(models.TextChoices):
    """证件类型."""

    RESIDENT_ID: Any = "resident_id", "居民身份证"
    RESIDENCE_PERMIT: Any = "residence_permit", "港澳台居民居住证"
    PASSPORT: Any = "passport", "外国护照"
    FOREIGN_PERMIT: Any = "foreign_permit", "外国人永久居留身份证"


class Person(models.Model):
    """A person, of one installation; the areas that know the person are those of the enrolments."""

    id = models.UUIDField(primary_key=True, editable=False)
    name_sealed = models.BinaryField()
    sex = models.SmallIntegerField()  # yibao.law.values.Sex
    born = models.DateField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_sex_known", condition=models.Q(sex__in=(0, 1))),
            models.CheckConstraint(name="person_born_after_1900", condition=models.Q(born__gte="1900-01-01")),
        ]


class Certificate(models.Model):
    """A certificate of identity (证件); a person may have had several."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    type = models.CharField(max_length=20, choices=CertificateType.choices)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="certificate_number_once", fields=["number_index"]),
            models.CheckConstraint(name="certificate_type_known", condition=models.Q(type__in=CertificateType.values)),
        ]


class Phone(models.Model):
    """A mobile number on file (预留手机号); one number may serve several people, a person has at most one."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="phone")
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=32, db_index=True)
