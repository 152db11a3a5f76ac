"""The enrolments; two at one time are refused by an exclusion constraint, which needs btree_gist."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import yibao.books.enrolment.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Employer",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=18)),
                ("name", models.CharField(max_length=120)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="areas.area")),
            ],
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("scheme", models.SmallIntegerField()),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (0, "单位职工"),
                            (1, "灵活就业"),
                            (2, "退休"),
                            (3, "成年居民"),
                            (4, "少年儿童"),
                            (5, "学生"),
                            (6, "老年居民"),
                        ]
                    ),
                ),
                ("tier", models.CharField(blank=True, max_length=10)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="areas.area")),
                (
                    "employer",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="enrolment.employer"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="employer",
            constraint=models.UniqueConstraint(fields=("area", "code"), name="employer_code_once_in_area"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["area", "starts"], name="enrolment_of_area"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("area", "person", "scheme", "starts"), name="enrolment_known_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("scheme__in", (0, 1))), name="enrolment_scheme_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", (0, 1, 2)), ("scheme", 0)),
                    models.Q(("kind__in", [3, 4, 5, 6]), ("scheme", 1)),
                    _connector="OR",
                ),
                name="enrolment_kind_of_its_scheme",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                name="enrolment_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("employer__isnull", True), ("kind", 0), _connector="OR"),
                name="only_the_employed_have_an_employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("person"), "="),
                    (yibao.books.enrolment.models.Daterange("starts", "ends"), "&&"),
                ],
                name="enrolled_twice",
            ),
        ),
    ]
