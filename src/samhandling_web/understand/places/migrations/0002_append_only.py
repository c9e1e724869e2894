"""What was said of places and problems is only added to."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [
        append_only("places_placeassessment"),
        append_only("places_placefact"),
        append_only("places_problemstep"),
    ]
