"""Answers to findings are only added to."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("walks", "0001_initial")]
    operations = [
        append_only("walks_findingstep"),
    ]
