"""What every row has."""

from django.db import models

from breakwater.core.ids import new_id


class Row(models.Model):
    """A row with a time-ordered id. The time of creation is passed in by the service."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
