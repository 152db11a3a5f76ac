import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wishes",
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
                ("shows_amounts", models.BooleanField(default=False)),
                ("email_sealed", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("told_sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("sms", "短信"),
                            ("push", "手机桌面提醒"),
                            ("wechat", "微信"),
                            ("alipay", "支付宝"),
                            ("email", "电子邮件"),
                        ],
                        max_length=10,
                    ),
                ),
                ("to_sealed", models.BinaryField(null=True)),
                ("to_index", models.BinaryField(max_length=32)),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=40)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sendings", to="notices.notice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("sms", "短信"),
                            ("push", "手机桌面提醒"),
                            ("wechat", "微信"),
                            ("alipay", "支付宝"),
                            ("email", "电子邮件"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "way"), name="choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["sms", "push", "wechat", "alipay", "email"])),
                        name="choice_way_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("sealed", models.BinaryField(null=True)),
                ("endpoint_index", models.BinaryField(max_length=32, null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("endpoint_index",), name="device_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("endpoint_index__isnull", False), ("sealed__isnull", False)),
                            models.Q(("ended_at__isnull", False), ("endpoint_index", None), ("sealed", None)),
                            _connector="OR",
                        ),
                        name="device_ended_has_no_keys",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-made_at"], name="notice_of_person"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "kind", "key"), name="notice_once"),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="sending_due"),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(fields=("notice", "way", "to_index"), name="sending_once"),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_at__isnull", False), ("to_sealed__isnull", False), ("told_at", None)),
                    models.Q(("next_at", None), ("to_sealed", None)),
                    _connector="OR",
                ),
                name="sending_over_forgets_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["sms", "push", "wechat", "alipay", "email"])), name="sending_way_known"
            ),
        ),
    ]
