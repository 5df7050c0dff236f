"""Post, Version, Target, Decision."""

from typing import Any

from django.conf import settings
from django.db import models

from breakwater.channels.models import Channel
from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Post(Row):
    """Planned content. `draft` is the working copy, saved as typed; `revision` counts its saves
    (compare-and-set between two browsers). What is approved and sent is a Version.

    draft: publishing.content.Content as JSON. planned_wall: as typed (ISO, no zone), in
    planned_zone; planned_at: the instant it stands for; planned_tzdata: with which time zone
    data. left_at: when the first of its current version left for a network
    (services.departures). stands_at: its place in month and list, which is left_at, else
    planned_at, else created_at.
    words: all its text, case folded, for the search. version: what was submitted last.
    purpose: "" or "statement", which passes a pause; chosen when it is made, and by whoever made it.
    statement: {"kind", "proved"} of a statement: what it has to say and may claim, whoever edits it.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    title = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    draft = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, default="draft")
    state_at = models.DateTimeField()
    planned_wall = models.CharField(max_length=19, blank=True)
    planned_zone = models.CharField(max_length=64, blank=True)
    planned_at = models.DateTimeField(null=True)
    planned_tzdata = models.CharField(max_length=16, blank=True)
    left_at = models.DateTimeField(null=True)
    stands_at = models.DateTimeField()
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=12, blank=True)
    statement: "models.JSONField[Any]" = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "planned_at"], name="publishing_calendar"),
            models.Index(fields=["workspace", "-stands_at", "-id"], name="publishing_list"),
            models.Index(fields=["workspace", "state"], name="publishing_by_state"),
            # Not partial: SQLite never uses a partial index for what is a parameter.
            models.Index(fields=["purpose", "state"], name="publishing_by_purpose"),
        ]

    def __str__(self) -> str:
        return self.title


class Version(Row):
    """What was submitted: immutable. digest: over every target and the planned time.

    content: the draft as it was, last changed by `edited_by`. policy: the workspace's policy
    then (a snapshot).
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    policy = models.CharField(max_length=8)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="publishing_one_number"),
        ]


class Target(Row):
    """What a version becomes on one channel: the payload that a delivery will carry, frozen.

    part: 0 for the post itself; what follows it (a thread, the first comment) has the next numbers,
    and in `after` the number of the part that it answers. wording: of the payload's text
    (domain.text), to be found by.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="targets")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(null=True)
    payload = models.JSONField()
    wording = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "channel", "part"], name="publishing_one_target"
            ),
        ]
        indexes = [models.Index(fields=["wording"], name="publishing_by_wording")]


class Decision(Row):
    """One person's yes or no to one version, bound to the digest that they were shown.

    about: "version" (may it leave at its time?), "now" (may it leave at once, or late?) or "later"
    (may it leave at another time than planned?).
    revoked_at: set when the post was changed or the person took it back; rows stay.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, default="version")
    approved = models.BooleanField()
    digest = models.CharField(max_length=64)
    comment = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True)
