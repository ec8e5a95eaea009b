from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0011_draft_kind_of_time"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["period", "submission", "state"], name="figure_filled_by_report"),
        ),
    ]
