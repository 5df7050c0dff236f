"""The chain: one per workspace, each entry bound to the one before it."""

from django.db import models


class Head(models.Model):
    """Where a workspace's chain ends. Locked while a group of entries is added."""

    workspace_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = "chain head"


class Entry(models.Model):
    """One thing that happened. Rows are only ever added (triggers refuse the rest).

    number: 1, 2, 3 … within the workspace. actor_id: a person, or None for Breakwater
    itself. seal: HMAC-SHA256 over the seal before and this row's canonical form.
    """

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "number"], name="audit_one_number"),
        ]
        indexes = [
            models.Index(fields=["subject_id", "number"], name="audit_subject"),
        ]
