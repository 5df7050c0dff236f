"""What a team does with conversations: notes, labels, answers on their way, who is on duty."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.inbox.models.talk import Contact, Item, Thread
from breakwater.people.models import Workspace


class Setup(Row):
    """How a workspace works its inbox.

    approval: whether answers need somebody else's yes. assigning: "hand", "round", "language" or
    "rota". targets: category -> minutes of business hours within which a first answer is wanted.
    hours: weekday "0" (Monday) to "6" -> list of ["09:00", "18:00"], in the workspace's zone.
    country: ISO 3166, whose numbers are shown. survey: whether people are asked how it was, and how.
    closing_days: ISO dates without business hours. turns: person -> number of the turn in which
    they were last given something by itself. dues_from: conversations after this id still have to
    be told of other targets; None: all know. pile_from: people (and messages) from which a group of
    messages is shown as one thing.
    """

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    approval = models.BooleanField(default=False)
    assigning = models.CharField(max_length=8, default="hand")
    targets: "models.JSONField[Any]" = models.JSONField(default=dict)
    hours: "models.JSONField[Any]" = models.JSONField(default=dict)
    closing_days: "models.JSONField[Any]" = models.JSONField(default=list)
    country = models.CharField(max_length=2, default="FR")
    survey = models.BooleanField(default=False)
    survey_texts: "models.JSONField[Any]" = models.JSONField(default=dict)
    turns: "models.JSONField[Any]" = models.JSONField(default=dict)
    dues_from = models.UUIDField(null=True)
    pile_from = models.PositiveSmallIntegerField(default=5)


class Rota(Row):
    """A person answers on one weekday between two times of the workspace's zone, in languages.

    duty: threats and people in danger are told to them. starts, ends: "HH:MM".
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.CharField(max_length=5)
    ends = models.CharField(max_length=5)
    languages: "models.JSONField[Any]" = models.JSONField(default=list)
    duty = models.BooleanField(default=False)


class Note(Row):
    """A word among colleagues, about a conversation or a person. mentions: ids of persons."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="notes")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    mentions: "models.JSONField[Any]" = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(thread__isnull=False) | Q(contact__isnull=False),
                name="inbox_note_of_something",
            ),
        ]


class Label(Row):
    """A workspace's own word for conversations and people. tone: of its mark on pages."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=50)
    tone = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name"], name="inbox_one_label"),
        ]


class Labelled(Row):
    """A conversation or a person has a label. by: of a rule, the person in whose name it acts."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="uses")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="labelled")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="labelled")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["label", "thread"], condition=Q(thread__isnull=False),
                name="inbox_labelled_thread",
            ),
            models.UniqueConstraint(
                fields=["label", "contact"], condition=Q(contact__isnull=False),
                name="inbox_labelled_contact",
            ),
        ]  # fmt: skip


class SavedReply(Row):
    """An answer to be used again. text: with variables in braces. category: that it fits, or "".

    source: of what was said in public, which it derives from (an id that an upper package knows); it is
    offered for what was written from `since` to `until` (None: until now), and nobody changes its words.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=8)
    category = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    source = models.UUIDField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name", "language"], name="inbox_one_saved_reply"
            ),
        ]


class SavedView(Row):
    """Filters to come back to. person: whose alone it is; None: the whole team's. query: as in the
    address of the list."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=500)


class Seat(models.Model):
    """Somebody is looking at a conversation, or writing in it, until then."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    writing = models.BooleanField(default=False)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "person"], name="inbox_one_seat"),
        ]


class Draft(Row):
    """What somebody has typed as an answer, kept as they type."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "person"], name="inbox_one_draft"),
        ]


class Proposal(Row):
    """An answer that waits for somebody else's yes. state: lifecycle.PROPOSAL. request: of the
    delivery that a yes makes, so that two of them make one."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="proposals")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    options: "models.JSONField[Any]" = models.JSONField(default=dict)
    request = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, default="waiting")
    state_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    why = models.CharField(max_length=500, blank=True)


class Survey(Row):
    """Somebody was asked how it was (CSAT). score: 1 to 5, once they said. answer: the message that
    asked; item: the one that said."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="surveys")
    answer = models.ForeignKey("inbox.Answer", models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
