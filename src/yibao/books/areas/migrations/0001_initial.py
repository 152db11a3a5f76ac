"""The areas, and how tables are split by them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from yibao.books.sql import sql_beside


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("is_demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code__regex", "^[0-9]{6}$")), name="area_is_a_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="AdoptedValue",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=80)),
                ("begins_on", models.DateField()),
                ("document", models.CharField(max_length=300)),
                ("adopted_by", models.CharField(max_length=80)),
                ("adopted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="areas.area")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area", "path", "begins_on"), name="value_adopted_once"),
                    models.CheckConstraint(
                        condition=models.Q(("adopted_by", ""), _negated=True), name="adopted_value_says_who"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemoMade",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="demo",
                        serialize=False,
                        to="areas.area",
                    ),
                ),
                ("people", models.IntegerField()),
                ("seed", models.BigIntegerField()),
                ("until", models.DateField()),
                ("posted_until", models.DateField(null=True)),
                ("is_finished", models.BooleanField(default=False)),
            ],
        ),
        sql_beside(__file__, "split"),
    ]
