from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0013_pile_tags"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedreply", name="source", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="savedreply", name="since", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="savedreply", name="until", field=models.DateTimeField(null=True)
        ),
    ]
