"""A meeting that is closed is a record: it and its minutes are never edited."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_calendar_and_minutes")]
    operations = [append_only("partnership_meeting", when="OLD.status = 'closed'")]
