"""The time of a campaign becomes a kind of line of the draft; what could not be read may be more than a number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0010_why_sums_differ"),
    ]

    operations = [
        migrations.AlterField(
            model_name="draftline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("area", "Nội dung thi đua"),
                    ("period", "Thời gian"),
                    ("basis", "Căn cứ"),
                    ("recipient", "Nơi nhận"),
                    ("duty", "Trách nhiệm tổ chức thực hiện"),
                    ("target", "Chỉ tiêu giao"),
                    ("opening", "Thực hiện đầu kỳ"),
                    ("unclear", "Số chưa rõ là gì"),
                    ("task", "Nhiệm vụ"),
                    ("contradiction", "Chỗ mâu thuẫn"),
                    ("unread", "Chưa đọc được"),
                ],
                max_length=14,
                verbose_name="loại dòng",
            ),
        ),
    ]
