from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0003_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement", name="reply", field=models.UUIDField(null=True)
        ),
    ]
