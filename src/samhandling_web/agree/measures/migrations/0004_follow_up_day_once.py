"""A plan is followed up once for each period, so never twice on a day."""

from django.db import migrations, models

from samhandling_web.base.common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_citywide")]
    operations = [
        migrations.AddConstraint(
            model_name="planfollowup",
            constraint=models.UniqueConstraint(
                fields=("plan", "on"), name="measures_plan_follow_up_day_once"
            ),
        ),
        append_only("measures_planfollowup", anew=True),
    ]
