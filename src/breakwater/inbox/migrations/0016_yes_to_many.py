import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0015_counted_along_the_desk'),
        ('people', '0005_who_made_a_link'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='piledeed',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='piledeed',
            name='state',
            field=models.CharField(default='going', max_length=9),
        ),
        migrations.AddIndex(
            model_name='piledeed',
            index=models.Index(condition=models.Q(('state', 'proposed')), fields=['workspace', 'created_at'], name='inbox_proposed'),
        ),
    ]
