"""A measure may be for the whole municipality; that too is fixed when it is decided."""

from django.db import migrations, models

from samhandling_web.base.common.append_only import append_only

DECIDED = (
    "title", "problem_id", "cause_id", "mechanism", "mechanism_text", "kind", "horizon",
    "place_id", "area_id", "is_citywide", "indicator_name", "indicator", "baseline",
    "evaluation_level",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="measure",
            name="is_citywide",
            field=models.BooleanField(default=False, verbose_name="gäller hela kommunen"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_citywide", False))
                | models.Q(
                    ("area__isnull", True), ("district__isnull", True), ("place__isnull", True)
                ),
                name="measures_measure_citywide_is_nowhere_else",
            ),
        ),
        append_only(
            "measures_measure", when="OLD.status <> 'proposed'", columns=DECIDED, anew=True
        ),
    ]
