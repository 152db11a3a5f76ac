"""The bindings of accounts of WeChat and Alipay to people."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Binding",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("channel", models.CharField(choices=[("wechat", "微信"), ("alipay", "支付宝")], max_length=10)),
                ("identity_sealed", models.BinaryField(null=True)),
                ("identity_index", models.BinaryField(max_length=32, null=True)),
                ("consent", models.SmallIntegerField()),
                ("bound_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True, choices=[("by_person", "本人解除"), ("left", "取消关注")], max_length=10
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "identity_index"), name="binding_identity_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person", "channel"),
                        name="binding_one_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["wechat", "alipay"])), name="binding_channel_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended", ""),
                                ("ended_at__isnull", True),
                                ("identity_index__isnull", False),
                                ("identity_sealed__isnull", False),
                            ),
                            models.Q(
                                ("ended__in", ["by_person", "left"]),
                                ("ended_at__isnull", False),
                                ("identity_index__isnull", True),
                                ("identity_sealed__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="binding_ends_whole",
                    ),
                ],
            },
        ),
    ]
