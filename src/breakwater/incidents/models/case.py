"""Incident, Subject, Entry, Task, Playbook: what happened, to what, and what is to be done."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.channels.models import Arrival, Channel
from breakwater.core.models import Row
from breakwater.delivery.models import Delivery
from breakwater.people.models import Workspace

PERSON = settings.AUTH_USER_MODEL


class Incident(Row):
    """One thing that went wrong, and all that was done about it. state: lifecycle.INCIDENT.

    number: within its workspace, kept when it is opened again. kind: kinds.KINDS. severity: 1 (small)
    to 4 (grave). from_kind, from_id: what it was opened from; the same thing gives the same incident.
    began_at: of the first post of it; noticed_at: when a person or the watch saw it. pause, alarm: ids
    of rows that may be forgotten before it. lead, spokesperson, scribe: who does what in it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    severity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default="open")
    state_at = models.DateTimeField()
    opened_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    from_kind = models.CharField(max_length=10, default="hand")
    from_id = models.CharField(max_length=100, blank=True)
    pause = models.UUIDField(null=True)
    alarm = models.UUIDField(null=True)
    began_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    closed_why = models.CharField(max_length=500, blank=True)
    lead = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    spokesperson = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    scribe = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="incidents_one_number"),
            models.UniqueConstraint(
                fields=["workspace", "alarm"], condition=Q(alarm__isnull=False),
                name="incidents_one_of_alarm",
            ),
            models.UniqueConstraint(
                fields=["workspace", "from_kind", "from_id"], condition=~Q(from_id=""),
                name="incidents_one_of_thing",
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=4), name="incidents_severity"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["workspace", "state", "-number"], name="incidents_desk"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.title}"


class Subject(Row):
    """A post that an incident is about. remote_id: as the channel's network knows it.

    delivery: of ours, if it left from here. sighting, capture: ids of a stray and of its evidence.
    removal: the delivery that deletes or hides it. cannot: why it cannot be deleted, a code.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="subjects")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    remote_id = models.CharField(max_length=500)
    url = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(null=True)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="+")
    arrival = models.ForeignKey(Arrival, models.SET_NULL, null=True, related_name="+")
    sighting = models.UUIDField(null=True)
    capture = models.UUIDField(null=True)
    removal = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="+")
    cannot = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "channel", "remote_id"], name="incidents_one_subject"
            ),
        ]


class Entry(models.Model):
    """A line of the timeline; only ever added. code and data are put into words when it is read.

    text: what a person wrote. by: None for what nobody did. via: page, api, command, link, worker.
    """

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    via = models.CharField(max_length=10, default="page")
    code = models.CharField(max_length=40)
    data: "models.JSONField[Any]" = models.JSONField(default=dict)
    text = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["incident", "at", "id"], name="incidents_line")]
        verbose_name_plural = "entries"


class Playbook(Row):
    """Steps for one kind of incident, as a workspace wants them; a change is a new number.

    steps: [{"key", "en", "fr", "who", "within", "source"}], as data/playbooks.toml has them.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    steps: "models.JSONField[Any]" = models.JSONField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "number"], name="incidents_one_playbook"
            ),
        ]


class Task(Row):
    """Something to be done in an incident. source: playbook, promise, review, runbook or hand.

    key: once in an incident; "" for what a person wrote. text: in the workspace's language when it was
    copied. role: whose it is, until a person is named (who). link: where it is done, outside.
    nag_at: when it is reminded of next.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=10)
    origin = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    role = models.CharField(max_length=12, blank=True)
    who = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    nag_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "key"], condition=~Q(key=""), name="incidents_one_task"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["nag_at"],
                name="incidents_nags",
                condition=Q(done_at=None, nag_at__isnull=False),
            ),
        ]
