"""The contribution months, split by area."""

import django.db.models.deletion
from django.db import migrations, models

from yibao.books.sql import sql_beside


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContributionMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area",
                        "person_id",
                        "scheme",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.CharField(max_length=6)),
                ("person_id", models.UUIDField()),
                ("scheme", models.SmallIntegerField()),
                ("month", models.DateField()),
                ("how", models.SmallIntegerField(choices=[(0, "正常"), (1, "补缴"), (2, "视同")])),
                ("base", models.BigIntegerField()),
                ("person_paid", models.BigIntegerField()),
                ("employer_paid", models.BigIntegerField()),
                ("paid_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "contribution_month",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="CarriedForward",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("scheme", models.SmallIntegerField()),
                ("paid_months", models.IntegerField()),
                ("deemed_months", models.IntegerField()),
                ("as_of", models.DateField()),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="areas.area")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area", "person_id", "scheme"), name="carried_forward_once"),
                    models.CheckConstraint(
                        condition=models.Q(("deemed_months__gte", 0), ("paid_months__gte", 0), ("scheme__in", (0, 1))),
                        name="carried_forward_not_negative",
                    ),
                ],
            },
        ),
        sql_beside(__file__, "tables"),
    ]
