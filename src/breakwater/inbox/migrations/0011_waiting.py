from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0010_danger_said'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='item',
            index=models.Index(
                fields=['thread', 'at'], name='inbox_waits',
                condition=Q(own=False, closed=False, gone=False),
            ),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(
                fields=['workspace', 'digest'], name='inbox_corrected',
                condition=Q(corrected=True),
            ),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(
                fields=['workspace', 'state_at'], name='inbox_to_ask',
                condition=Q(state='done', what='message', danger=False),
            ),
        ),
    ]
