"""Delivery, Attempt, Worker, Wall, Hold, Circuit, ClockMark, Reconciliation."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

from breakwater.channels.models import Channel
from breakwater.core.models import Row
from breakwater.delivery.lifecycle import IN_HAND
from breakwater.domain.kinds import ACT
from breakwater.people.models import Workspace

COMMIT_CALLS_FOR_LIFE = 6

NOT_YET = datetime(2200, 1, 1, tzinfo=UTC)
"""No moment: it waits for something else than the time."""


class Worker(Row):
    """One incarnation of a worker process: it holds the lock `lock_key` for as long as it lives."""

    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    lock_key = models.BigIntegerField(unique=True)
    seen_at = models.DateTimeField()


class Delivery(Row):
    """One thing that has to leave for a network.

    source: what it is for (a post's version; the delivery that a delete takes back or an edit
    changes; the click that asked for an answer or a deed).
    payload: frozen: text, pictures, options, language (publish) or remote_id (delete).
    wording: of the payload's text (domain.text), to be found by.
    digest: of what was approved; emptied by a revocation, and then it is held.
    due_at: the planned instant; not_before: when the loop may look at it next; missed_at:
    from then on it waits for a person, unless it may be out already (doubtful).
    after: the delivery whose post this one answers (a thread, a first comment): it leaves once
    that is out, and until then its not_before is NOT_YET. reply_to, root: remote ids of what it
    answers and of what the conversation began with, written down when it is claimed.
    record_key, created_stamp: chosen once, the same bytes on each try.
    handle: what `prepare` made on the network; `duplicate_of` in it is the post that a refusal
    named as the same. looks: read-backs since it became unknown;
    probes: resends of identical bytes to a network that refuses duplicates.
    seen: what the last read-back found (remote_id, url, text, at), for the person asked.
    to_tell, stuck_told: whether people are still to be told of its state, or were of its delay.
    needs_blob: SHA-256 of a file without which it does not begin (sealed evidence of what it
    deletes); empty: it needs none.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=12, default="publish")
    source = models.UUIDField()
    occurrence = models.PositiveIntegerField(default=0)
    part = models.PositiveSmallIntegerField(default=0)

    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="then")
    reply_to = models.CharField(max_length=500, blank=True)
    root = models.CharField(max_length=500, blank=True)

    payload = models.JSONField()
    wording = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    needs_blob = models.CharField(max_length=64, blank=True)
    tags = models.JSONField(default=list)
    record_key = models.CharField(max_length=13)
    created_stamp = models.DateTimeField()

    state = models.CharField(max_length=12, default="queued")
    state_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    missed_at = models.DateTimeField()

    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="deliveries")
    handle = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)
    commit_calls = models.PositiveSmallIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    probes = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)
    first_sent_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)
    remote_url = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    seen = models.JSONField(default=list)
    to_tell = models.BooleanField(default=False)
    stuck_told = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "channel", "occurrence", "part"],
                name="delivery_one_per_source",
            ),
            models.UniqueConstraint(
                fields=["channel", "record_key"], name="delivery_one_per_record"
            ),
            models.CheckConstraint(
                condition=Q(commit_calls__lte=COMMIT_CALLS_FOR_LIFE), name="delivery_few_calls"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_HAND) | Q(worker__isnull=False),
                name="delivery_in_hand_has_worker",
            ),
        ]
        indexes = [
            # Not partial: SQLite never uses a partial index for a state that is a parameter.
            models.Index(fields=["state", "not_before"], name="delivery_due"),
            models.Index(fields=["channel", "remote_id"], name="delivery_remote"),
            models.Index(fields=["channel", "last_sent_at"], name="delivery_last_sent"),
            models.Index(fields=["workspace", "due_at"], name="delivery_by_due"),
            models.Index(fields=["workspace", "accepted_at"], name="delivery_by_accepted"),
            models.Index(fields=["state_at"], name="delivery_to_tell", condition=Q(to_tell=True)),
            models.Index(fields=["workspace", "state", "due_at"], name="delivery_by_state"),
            models.Index(fields=["workspace", "wording"], name="delivery_by_wording"),
        ]

    @property
    def deed(self) -> str:
        """Of an ACT: what is done (networks.base.Deed); "" of anything else."""
        told = self.kind == ACT and isinstance(self.payload, dict)
        return str(self.payload.get("deed", "")) if told else ""

    @property
    def left_at(self) -> datetime | None:
        """When the call began that the network took; None for what is not known to be there."""
        if self.accepted_at is None or self.state == "cancelled":
            return None
        return self.last_sent_at or self.accepted_at


class Attempt(models.Model):
    """One fact of the ledger; rows are only ever added (triggers refuse the rest).

    number: of the try; a commit call has two rows, `begun` (written before the first byte
    leaves) and its outcome. step: prepare, commit, look, verify, read. outcome: domain.Outcome.
    sent: digest of what was handed to the network. detail: the network's own word, trimmed.
    counts: whether it tells against the network as a whole, whose origin is then here.
    """

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=8)
    outcome = models.CharField(max_length=12)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    code = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    remote_id = models.CharField(max_length=500, blank=True)
    sent = models.CharField(max_length=64, blank=True)
    counts = models.BooleanField(default=False)
    origin = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["delivery", "id"], name="delivery_attempts"),
            models.Index(fields=["origin", "at"], name="delivery_tally", condition=Q(counts=True)),
        ]


class Wall(models.Model):
    """The wall of a workspace: `sending` is committed holding this row FOR SHARE; a pause
    updates it, and so waits for those that are at the door."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="wall"
    )
    generation = models.PositiveBigIntegerField(default=0)


class Hold(Row):
    """Nothing whose tags contain `tag` may begin while this is open.

    tag: "workspace", "channel:<id>", "campaign:<id>" or "label:<name>". kinds: which kinds of
    delivery it stops; deletes are never held. cause: "budget" when Breakwater itself raised it
    because the channel posted too often, "restore" for the quarantine after a restore; to_tell:
    people are still to be told of that. known_until: after a restore, the moment of the backup:
    what left later the ledger does not know.
    of: the pause that raised it, which alone opens it. only: of all that, what has one of these
    tags too; empty: all. spares: tags of what passes all the same. daily: what a person confirmed
    for the day, in the workspace's zone, passes on that day.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="holds")
    tag = models.CharField(max_length=80)
    kinds = models.JSONField(default=list)
    why = models.CharField(max_length=255)
    by_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=12, blank=True)
    known_until = models.DateTimeField(null=True)
    to_tell = models.BooleanField(default=False)
    of = models.UUIDField(null=True)
    only = models.JSONField(default=list)
    spares = models.JSONField(default=list)
    daily = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace"], name="delivery_open_holds", condition=Q(released_at=None)
            ),
        ]


class Circuit(models.Model):
    """How a network stands as a whole, by the origin that its calls go to. No row: nothing known.

    opened_at: since when nothing but deletes and probes leaves for it; None: closed. failed:
    probes that failed since. probe: the delivery that tries it, from probe_at on, until its end
    or probe_until. closed_at: what failed before it is not counted again. quiet_until: the
    network told the app as a whole to wait (429). to_tell: people do not know of it yet.
    """

    origin = models.CharField(max_length=255, primary_key=True)
    opened_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, blank=True)
    failed = models.PositiveSmallIntegerField(default=0)
    probe = models.UUIDField(null=True)
    probe_at = models.DateTimeField(null=True)
    probe_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)
    to_tell = models.BooleanField(default=False)


class ClockMark(models.Model):
    """What the deciding clock showed against one machine's time since boot (domain.clockwatch).

    boot: which boot of which machine. baseline_us: the offset that is right; seen_us: the one
    last read, boot_us: the time since boot then, seen_at: what was believed then. held_since:
    from when nothing leaves from there, reason: domain.clockwatch.Doubt, ahead_s: by how much
    the clock is ahead. to_tell: people do not know of it yet.
    """

    boot = models.CharField(max_length=120, primary_key=True)
    host = models.CharField(max_length=255)
    baseline_us = models.BigIntegerField()
    seen_us = models.BigIntegerField()
    boot_us = models.BigIntegerField()
    seen_at = models.DateTimeField()
    held_since = models.DateTimeField(null=True)
    reason = models.CharField(max_length=8, blank=True)
    ahead_s = models.FloatField(default=0)
    to_tell = models.BooleanField(default=False)


class Reconciliation(Row):
    """One comparison of a channel's ledger with what its account shows; made at created_at.

    complete: the account was seen back to `since`. counts: verdict -> how many differ.
    left_open: posts found that the ledger was not told of, though they are or may be ours.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="reconciliations")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="reconciliations")
    since = models.DateTimeField()
    until = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    complete = models.BooleanField()
    agreed = models.PositiveIntegerField()
    adopted = models.PositiveIntegerField(default=0)
    left_open = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-created_at"], name="delivery_reconciled"),
        ]
