"""The people, sealed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("resident_id", "居民身份证"),
                            ("residence_permit", "港澳台居民居住证"),
                            ("passport", "外国护照"),
                            ("foreign_permit", "外国人永久居留身份证"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number_sealed", models.BinaryField()),
                ("number_index", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name_sealed", models.BinaryField()),
                ("sex", models.SmallIntegerField()),
                ("born", models.DateField()),
                ("is_demo", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="phone",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("number_sealed", models.BinaryField()),
                ("number_index", models.BinaryField(db_index=True, max_length=32)),
            ],
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=models.Q(("sex__in", (0, 1))), name="person_sex_known"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("born__gte", "1900-01-01")), name="person_born_after_1900"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(fields=("number_index",), name="certificate_number_once"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("type__in", ["resident_id", "residence_permit", "passport", "foreign_permit"])),
                name="certificate_type_known",
            ),
        ),
    ]
