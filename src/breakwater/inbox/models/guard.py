"""Helpline, Kept, Reported, Grant: people in danger, threats, and who looks for whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Helpline(Row):
    """A number that a person in danger may be told, or a place where a crime is reported.

    country: ISO 3166. kind: "help" or "report". note: when to call, in the workspace's words.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    number = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)


class Kept(Row):
    """A threat or a crime, kept as it was: sealed, with the digest of what was sealed. Only ever added.

    arrival: its id; the row itself may be erased. why: a code. digest: SHA-256 of the sealed bytes
    as they were before sealing. address_only: an image that must not be kept: nothing but where it
    was. reported_at, reference: as people said, once they had reported it to the authorities.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    arrival = models.BigIntegerField()
    why = models.CharField(max_length=20)
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    address_only = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "arrival", "why"], name="inbox_kept_once"),
        ]


class Reported(Row):
    """A report to the network (a delivery), and what became of it as people followed it up.

    The network's own reference is the delivery's remote_id. reason: services.acting.REASONS. outcome: "", "upheld", "rejected", "appealed", "overturned".
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    item = models.ForeignKey("inbox.Item", models.CASCADE, related_name="reports")
    answer = models.OneToOneField("inbox.Answer", models.CASCADE, related_name="report")
    reason = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    outcome_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)


class Grant(Row):
    """`helper` may go through the lock-out folder until then, for `owner`."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "owner", "helper"], condition=Q(revoked_at=None),
                name="inbox_one_grant",
            ),
        ]  # fmt: skip
