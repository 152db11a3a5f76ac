"""The shared answers, and the trigger that refuses to change one."""

from django.db import migrations, models

REFUSE_CHANGES = """
CREATE FUNCTION shared_answer_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'shared_answer_is_never_changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER shared_answer_is_never_changed BEFORE UPDATE ON shared_answers_sharedanswer
    FOR EACH STATEMENT EXECUTE FUNCTION shared_answer_refuse_change();
"""
ALLOW_CHANGES = """
DROP TRIGGER shared_answer_is_never_changed ON shared_answers_sharedanswer;
DROP FUNCTION shared_answer_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="SharedAnswer",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=6)),
                ("on", models.DateField()),
                ("facts", models.JSONField()),
                ("answer", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic", ""), _negated=True), name="shared_answer_topic_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__regex", "^[0-9]{6}$")), name="shared_answer_area_is_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="shared_answer_expires_after_issue",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES),
    ]
