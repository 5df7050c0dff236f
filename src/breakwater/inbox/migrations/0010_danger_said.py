from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0009_tidy'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='danger_said',
            field=models.BooleanField(null=True),
        ),
    ]
