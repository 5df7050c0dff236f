"""Contact, Thread, Item, Answer, Intake, Pulse: who said what to us, and what we said and did."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.channels.models import Arrival, Channel
from breakwater.core.models import Row
from breakwater.delivery.models import Delivery
from breakwater.domain.triage import Category
from breakwater.people.models import Workspace
from breakwater.scoring.models import Correction

CATEGORIES = [(one.value, one.value) for one in Category]


class Contact(Row):
    """Somebody who wrote to a workspace, as one network knows them; a stranger's words.

    rank: of the name (domain.shield), which is veiled like a text. items: messages of theirs;
    veiled: how many of those were abusive.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    network = models.SlugField(max_length=40)
    origin = models.CharField(max_length=255)
    remote_id = models.CharField(max_length=255)
    handle = models.CharField(max_length=255, blank=True)
    name = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    picture = models.CharField(max_length=1000, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    items = models.PositiveIntegerField(default=0)
    veiled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "network", "origin", "remote_id"], name="inbox_one_contact"
            ),
        ]


class Thread(Row):
    """A conversation. state: lifecycle.THREAD.

    key: what its messages have in common on the channel (services.placing). what: of the message it
    began with. contact: the other side. last_at: of the last thing they said; answered_at: of our
    first answer after which nothing was waiting; due_at: by when an answer is wanted.
    category, danger, rank: of what of theirs is still open, the worst counting. language: of the last
    thing they said.
    waiting: how many messages of theirs came since we last answered or closed. pile: of the last.
    snoozed_until: when it opens again. about: remote id of our post.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    key = models.CharField(max_length=510)
    what = models.CharField(max_length=8)
    about = models.CharField(max_length=500, blank=True)
    ad = models.BooleanField(default=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="talks")
    state = models.CharField(max_length=8, default="open")
    state_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    category = models.CharField(max_length=10, choices=CATEGORIES, default=Category.OTHER)
    danger = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=8, blank=True)
    pile = models.ForeignKey("inbox.Pile", models.SET_NULL, null=True, related_name="talks")
    waiting = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "key"], name="inbox_one_thread"),
        ]
        indexes: ClassVar = [
            models.Index(
                # With all that is counted by: the day's page reads no row of what waits.
                fields=[
                    "workspace",
                    "state",
                    "category",
                    "last_at",
                    "id",
                    "danger",
                    "rank",
                    "pile",
                    "assignee",
                ],
                name="inbox_desk",
            ),
            models.Index(fields=["workspace", "state", "last_at", "id"], name="inbox_list"),
            models.Index(fields=["assignee", "state", "last_at"], name="inbox_mine"),
            models.Index(fields=["contact", "last_at"], name="inbox_of_contact"),
            models.Index(fields=["pile", "state", "last_at"], name="inbox_of_pile"),
            models.Index(
                fields=["snoozed_until"], name="inbox_wakes", condition=Q(state="snoozed")
            ),
            models.Index(
                fields=["workspace", "due_at"], name="inbox_due", condition=Q(state="open")
            ),
            models.Index(
                fields=["workspace", "state_at"],
                name="inbox_to_ask",
                condition=Q(state="done", what="message", danger=False),
            ),
        ]


class Item(models.Model):
    """One message of a conversation; its words are the arrival's.

    own: ours, echoed by the network. band, rank, reasons, chances, wants, danger, language, model:
    what the scorer said (scoring.verdicts); rank and band None and "" where it said nothing.
    words_at: when the arrival's words that were scored were last found changed. digest: of its words
    (services.judging.digest_of), None where they are too many or none. asked: somebody else was
    asked about it, and has not answered. corrected: a person said that the scorer is wrong about
    abuse; correction: what they said, None where the scorer had said nothing. danger_said: whether
    somebody is in danger there, as a person said of these words; None where nobody did. gone: it is
    deleted on the network. closed: it waits for nothing.
    """

    arrival = models.OneToOneField(Arrival, models.CASCADE, primary_key=True, related_name="item")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="messages")
    pile = models.ForeignKey("inbox.Pile", models.SET_NULL, null=True, related_name="messages_in")
    what = models.CharField(max_length=8)
    at = models.DateTimeField()
    own = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    model = models.CharField(max_length=64, blank=True)
    band = models.CharField(max_length=8, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    reasons: "models.JSONField[Any]" = models.JSONField(default=list)
    chances: "models.JSONField[Any]" = models.JSONField(default=dict)
    wants: "models.JSONField[Any]" = models.JSONField(default=list)
    category = models.CharField(max_length=10, choices=CATEGORIES, default=Category.OTHER)
    danger = models.BooleanField(default=False)
    danger_said = models.BooleanField(null=True)
    words_at = models.DateTimeField(null=True)
    digest = models.BigIntegerField(null=True)
    asked = models.BooleanField(default=False)
    corrected = models.BooleanField(default=False)
    correction = models.ForeignKey(Correction, models.SET_NULL, null=True, related_name="+")
    gone = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thread", "at"], name="inbox_talk"),
            models.Index(
                fields=["thread", "at"],
                name="inbox_waits",
                condition=Q(own=False, closed=False, gone=False),
            ),
            models.Index(fields=["contact", "at"], name="inbox_of_author"),
            models.Index(fields=["pile", "at"], name="inbox_in_pile"),
            models.Index(fields=["workspace", "at"], name="inbox_items"),
            models.Index(
                fields=["workspace", "digest"],
                name="inbox_same_words",
                condition=Q(digest__isnull=False),
            ),
            models.Index(
                fields=["workspace", "digest"],
                name="inbox_corrected",
                condition=Q(corrected=True),
            ),
            models.Index(
                fields=["arrival"], name="inbox_unscored", condition=Q(model="", own=False)
            ),
            models.Index(fields=["arrival"], name="inbox_asked", condition=Q(asked=True)),
        ]


class Answer(Row):
    """Something we said or did in a conversation; what became of it is the delivery's to say.

    deed: networks.base.Deed, "" for an answer in words. item: what it answers or is done to.
    by: whose words; None for a rule's words. A rule's deed is of the person in whose name it acts.
    undoes: the deed that this one takes back.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="answers")
    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="+")
    deed = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undoes = models.OneToOneField("self", models.SET_NULL, null=True, related_name="undone")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thread", "created_at"], name="inbox_answers"),
        ]


class Intake(models.Model):
    """How far arrivals were taken in. mark: id of the last; changed_to: until when changed and
    deleted ones were looked at. lease_until: somebody is at it."""

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.BigIntegerField(default=0)
    changed_to = models.DateTimeField(null=True)
    lease_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)


class Pulse(models.Model):
    """A number that grows whenever a workspace's conversations change, for those who look at them
    live (web.inbox_live)."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
