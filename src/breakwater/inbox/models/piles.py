"""Pile, PileState, PileDeed: many messages that are one thing, and what is done to all of them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.inbox.models.work import Label
from breakwater.people.models import Workspace


class Pile(Row):
    """A group of messages about the same thing (domain.grouping), and what was last known of it.

    key: its id there. labels: language -> its neutral name. people, messages: of the last two days,
    and of what still waits. counts: "heads", "bands", "languages" -> messages of each; "examples":
    ids of items. signs: [hint, count, of] each, of copies and coordination. open:
    whether anything in it still waits for us, as it was seconds ago.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    open = models.BooleanField(default=True)
    labels: "models.JSONField[Any]" = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    counts: "models.JSONField[Any]" = models.JSONField(default=dict)
    signs: "models.JSONField[Any]" = models.JSONField(default=list)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="inbox_one_pile"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "open", "-people"], name="inbox_piles"),
        ]


class PileState(models.Model):
    """The groups of a workspace as plain values (domain.grouping.state), as they were a while ago."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True, related_name="+")
    packed = models.BinaryField(default=bytes)


class PileDeed(Row):
    """One deed on all of a pile that was there when somebody decided it; a worker does it by and by.

    deed: domain of services.pile_deeds. text, language: of an answer; one_each: one for each person,
    not for each conversation. label: that is put on. why: the written reason for hiding, or for the no
    to an answer. upto: the newest message that the person could know of. also: conversations that are exceptions and were
    picked to be part of it. mark: the last conversation that was looked at, in the order of ids.
    state: of lifecycle.PILE_DEED. done: conversations; left: code -> conversations that were left out
    for that reason. by: who decided it, whose words an answer is; decided_by: who said yes or no to
    it, where it needed somebody else's. request: of the click. tags: of what leaves by it, so that a
    pause stops what a program began. looked_at: when a worker last came to it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    pile = models.ForeignKey(Pile, models.CASCADE, related_name="deeds")
    deed = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    one_each = models.BooleanField(default=False)
    label = models.ForeignKey(Label, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    upto = models.BigIntegerField()
    also: "models.JSONField[Any]" = models.JSONField(default=list)
    tags: "models.JSONField[Any]" = models.JSONField(default=list)
    mark = models.UUIDField(null=True)
    state = models.CharField(max_length=9, default="going")
    state_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    left: "models.JSONField[Any]" = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    request = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "request"], name="inbox_one_pile_deed"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="inbox_going", condition=Q(state="going")),
            models.Index(fields=["pile", "created_at"], name="inbox_pile_deeds"),
            models.Index(
                fields=["workspace", "created_at"],
                name="inbox_proposed",
                condition=Q(state="proposed"),
            ),
        ]
