"""Answers in an account's name can be judged as its posts are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("strays", "0001_begin"),)
    operations = (
        migrations.AddField(
            model_name="watched", name="answers", field=models.BooleanField(default=False)
        ),
    )
