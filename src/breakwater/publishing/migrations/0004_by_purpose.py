from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_purpose'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['purpose', 'state'], name='publishing_by_purpose'),
        ),
    ]
