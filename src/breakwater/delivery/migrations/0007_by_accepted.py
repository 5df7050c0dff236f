from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0006_pauses'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['workspace', 'accepted_at'], name='delivery_by_accepted'),
        ),
    ]
