"""Codes of signing in that are told by a call."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpokenCode",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("told_sealed", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(max_length=32)),
                ("until", models.DateTimeField(db_index=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="spoken_code_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "trying")),
                        fields=("phone_index",),
                        name="spoken_code_one_call_a_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_at__isnull", False), ("told_at", None)),
                            models.Q(("next_at", None), ("told_sealed", None)),
                            _connector="OR",
                        ),
                        name="spoken_code_over_forgets",
                    ),
                ],
            },
        ),
    ]
