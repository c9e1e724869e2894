"""Steps, doses, follow-ups and adopted plans are never edited; nor is a baseline."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only

DECIDED = (
    "title", "problem_id", "cause_id", "mechanism", "mechanism_text", "kind", "horizon",
    "place_id", "area_id", "indicator_name", "indicator", "baseline", "evaluation_level",
)  # fmt: skip
ADOPTED = (
    "title", "district_id", "picture_id", "introduction", "period_start", "period_end", "version",
    "content", "content_hash", "adopted_on", "adopted_by_id", "case_number",
)  # fmt: skip

class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [
        append_only("measures_measurestep"),
        append_only("measures_doserecord"),
        append_only("measures_followup"),
        append_only("measures_planfollowup"),
        append_only("measures_portfolioholder"),
        append_only("measures_measure", when="OLD.status <> 'proposed'", columns=DECIDED),
        append_only("measures_actionplan", when="OLD.status <> 'draft'", columns=ADOPTED),
    ]
