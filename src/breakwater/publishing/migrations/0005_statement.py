from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_by_purpose"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="statement",
            field=models.JSONField(default=dict),
        ),
    ]
