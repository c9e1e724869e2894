from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("observations", "0003_photo_marks_and_order")]

    operations = [
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(fields=["received_at"], name="observation_receive_ec9f1f_idx"),
        ),
    ]
