"""Posture, Holder, YearlyDrill: how well the accounts are locked, as a person declared it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from breakwater.channels.models import Channel
from breakwater.core.models import Row
from breakwater.people.models import Workspace

YES, NO, UNKNOWN = "yes", "no", "unknown"


class Posture(Row):
    """What somebody last declared of one account; nothing here was checked on the network.

    unique_password, in_manager, mfa: "yes", "no" or "unknown". remind_at: when it is asked again.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="+")
    unique_password = models.CharField(max_length=7, default=UNKNOWN)
    in_manager = models.CharField(max_length=7, default=UNKNOWN)
    mfa = models.CharField(max_length=7, default=UNKNOWN)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField()
    remind_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["remind_at"], name="hygiene_due")]


class Holder(Row):
    """Somebody who can get into the account. kind: "staff" or "agency". ends_on: the last day of
    it, None: no end is agreed. person: the member, if it is one. ended_at: access was taken away; told_at: people were told that it
    should be."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=6)
    ends_on = models.DateField(null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "created_at"], name="hygiene_holders")]


class YearlyDrill(Row):
    """On that day the workspace practised what to do when an account is taken."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    done_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "done_on"], name="hygiene_one_drill"),
        ]
