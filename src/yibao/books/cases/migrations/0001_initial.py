"""The mistake reports, and the triggers that let nothing change but the status, and nothing go."""

from django.db import migrations, models

REFUSE_CHANGES = """
CREATE FUNCTION mistake_report_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'status' IS DISTINCT FROM to_jsonb(OLD) - 'status' THEN
        RAISE EXCEPTION 'mistake_report_is_never_changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mistake_report_is_never_changed BEFORE UPDATE OR DELETE ON cases_mistakereport
    FOR EACH ROW EXECUTE FUNCTION mistake_report_refuse_change();
"""
ALLOW_CHANGES = """
DROP TRIGGER mistake_report_is_never_changed ON cases_mistakereport;
DROP FUNCTION mistake_report_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="MistakeReport",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("topic", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=6)),
                ("on", models.DateField()),
                ("figure", models.CharField(blank=True, max_length=80)),
                ("value_shown", models.CharField(blank=True, max_length=300)),
                ("rests_on", models.JSONField()),
                ("text", models.CharField(max_length=2000)),
                ("should_be", models.CharField(blank=True, max_length=2000)),
                ("document", models.CharField(blank=True, max_length=2000)),
                ("link", models.CharField(blank=True, max_length=2000)),
                ("status", models.CharField(default="open", max_length=10)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic", ""), _negated=True), name="mistake_report_topic_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__regex", "^[0-9]{6}$")), name="mistake_report_area_is_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="mistake_report_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("open", "accepted", "declined"))),
                        name="mistake_report_status_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES),
    ]
