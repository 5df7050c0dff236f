from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0014_said_in_public")]

    operations = [
        migrations.RemoveIndex(model_name="thread", name="inbox_desk"),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                fields=[
                    "workspace",
                    "state",
                    "category",
                    "last_at",
                    "id",
                    "danger",
                    "rank",
                    "pile",
                    "assignee",
                ],
                name="inbox_desk",
            ),
        ),
    ]
