from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0012_fair'),
    ]

    operations = [
        migrations.AddField(
            model_name='piledeed',
            name='tags',
            field=models.JSONField(default=list),
        ),
    ]
