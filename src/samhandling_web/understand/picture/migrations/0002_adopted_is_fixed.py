from django.db import migrations

from samhandling_web.base.common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("picture", "0001_initial")]
    operations = [append_only("picture_picture", when="OLD.status = 'adopted'")]
