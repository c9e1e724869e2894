"""What has been signed is never edited."""

from django.db import migrations

from samhandling_web.base.common.append_only import append_only

SIGNED = (
    "kind", "title", "parent_id", "district_id", "police_area_id", "purposes",
    "fields_of_cooperation", "valid_from", "valid_to", "signed_on", "document", "document_sha256",
)  # fmt: skip

class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial")]
    operations = [
        append_only("partnership_agreement", when="OLD.status <> 'draft'", columns=SIGNED),
    ]
