"""The users, what they sign in with, and the log of who looked."""

import django.db.models.deletion
from django.db import migrations, models

import yibao.books.keys
from yibao.books.sql import sql_beside


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("area", models.CharField(max_length=6)),
                ("id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("reader_id", models.UUIDField()),
                (
                    "reader_kind",
                    models.SmallIntegerField(choices=[(0, "本人"), (1, "亲属"), (2, "经办人员"), (3, "授权的应用")]),
                ),
                ("what", models.TextField()),
                ("reason", models.TextField()),
                ("hour", models.DateTimeField()),
                ("times", models.IntegerField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_log",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=yibao.books.keys.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "person",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="user", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CounterCode",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("code_index", models.BinaryField(max_length=32)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("tries", models.IntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("pin", models.CharField(max_length=128)),
                ("activated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ShownCode",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("serial", models.BigIntegerField()),
            ],
        ),
        sql_beside(__file__, "tables"),
    ]
