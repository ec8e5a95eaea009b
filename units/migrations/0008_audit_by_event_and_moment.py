from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0007_log_in_slips"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditline",
            index=models.Index(fields=["event", "at"], name="audit_line_event_at"),
        ),
    ]
