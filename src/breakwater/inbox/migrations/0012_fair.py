from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0011_waiting'),
    ]

    operations = [
        migrations.AddField(
            model_name='piledeed',
            name='looked_at',
            field=models.DateTimeField(null=True),
        ),
    ]
