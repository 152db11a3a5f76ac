"""The staff of the agency and the calls it owes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="staff",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sign_in_name", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=40)),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), size=None),
                ),
                ("password_until", models.DateTimeField(null=True)),
                ("is_demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sign_in_name__regex", "^[a-z0-9._-]{2,40}$")),
                        name="staff_sign_in_name_is_plain",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="staff_has_a_name"),
                    models.CheckConstraint(condition=models.Q(("areas__len__gt", 0)), name="staff_has_an_area"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Callback",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=6)),
                ("phone_sealed", models.BinaryField()),
                ("phone_index", models.BinaryField(max_length=32)),
                ("about_sealed", models.BinaryField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.SmallIntegerField(choices=[(0, "等回电"), (1, "有人在办"), (2, "办完了")], default=0)),
                ("taken_at", models.DateTimeField(null=True)),
                ("note_sealed", models.BinaryField(default=b"")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.staff"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area", "state", "asked_at"], name="callback_by_area_and_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area__regex", "^[0-9]{6}$")), name="callback_area_is_a_code"
                    ),
                    models.CheckConstraint(condition=models.Q(("state__in", [0, 1, 2])), name="callback_state_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 0), ("taken_at", None), ("taken_by", None)),
                            models.Q(("state__in", (1, 2)), ("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="callback_taken_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", 2)),
                            models.Q(("done_at", None), ("state__in", (0, 1))),
                            _connector="OR",
                        ),
                        name="callback_done_has_its_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", (0, 1))),
                        fields=("area", "phone_index"),
                        name="callback_open_once",
                    ),
                ],
            },
        ),
    ]
