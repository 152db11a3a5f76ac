"""The ledger: tables, triggers and the function that posts."""

from django.db import migrations, models

from yibao.books.sql import sql_beside


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=6)),
                ("kind", models.SmallIntegerField()),
                ("subject", models.TextField()),
                ("pocket", models.TextField()),
                ("balance", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "ledger_account",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=6)),
                ("key", models.TextField()),
                ("kind", models.SmallIntegerField()),
                ("content", models.BinaryField()),
                ("reason", models.TextField()),
                ("posted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ledger_entry",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="LedgerPosting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area", "entry_id", "account_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("area", models.CharField(max_length=6)),
                ("amount", models.BigIntegerField()),
                ("balance_after", models.BigIntegerField(null=True)),
                ("for_month", models.DateField()),
                ("effective_on", models.DateField()),
                ("posted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ledger_posting",
                "managed": False,
            },
        ),
        sql_beside(__file__, "tables"),
    ]
