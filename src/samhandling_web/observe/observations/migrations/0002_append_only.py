"""What was sent is never edited, and what became of it is only added to."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only

SENT = (
    "sending_id", "number", "category_id", "severity", "text", "start", '"end"', "geometry",
    "longitude", "latitude", "precision", "place_name",
)  # fmt: skip

class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial")]
    operations = [
        append_only("observations_observationstep"),
        append_only("observations_weeklycompilation"),
        append_only("observations_observation", columns=SENT),
    ]
