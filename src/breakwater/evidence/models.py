"""What an account showed, kept: captures, their chain, who signed, who looked, what is absent."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from breakwater.channels.models import Channel
from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Capture(Row):
    """One thing on a network that is to be kept as it was shown. state: lifecycle.CAPTURE.

    created_at: when it was asked for. remote_id, url: of the thing. about: what we knew of it
    then: {"what": "stray" | "post" | …, "facts": {name: plain value}}; never a secret.
    incident: an id of upper layers, "" of none. address_only: nothing but the address is kept.
    lease_until: until when who takes it has it. begun: takings begun so far.
    taken_at: when the last taking ended. missing: what could not be had: [{name, code, …}].
    items: what is in the package: [{name, sha256, size, mime, from}].
    manifest_digest, package_digest: SHA-256 (hexadecimal) of manifest.json and of the package.
    blob: the name in core.blobs of the package, sealed with `key` (its own, sealed by core.crypto),
    so that wiping the key and the file is enough to be rid of it. number: in the chain.
    kept_until: from then on it is shredded, unless held_why says why not.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    remote_id = models.CharField(max_length=500)
    url = models.CharField(max_length=1000, blank=True)
    about: "models.JSONField[Any]" = models.JSONField(default=dict)
    why = models.CharField(max_length=500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    incident = models.UUIDField(null=True)
    address_only = models.BooleanField(default=False)

    state = models.CharField(max_length=8, default="asked")
    state_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    begun = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    missing: "models.JSONField[Any]" = models.JSONField(default=list)
    items: "models.JSONField[Any]" = models.JSONField(default=list)
    manifest_digest = models.CharField(max_length=64, blank=True)
    package_digest = models.CharField(max_length=64, blank=True)
    blob = models.CharField(max_length=64, blank=True)
    key = models.BinaryField(default=bytes)
    number = models.PositiveBigIntegerField(null=True)

    kept_until = models.DateTimeField(null=True)
    end_told = models.BooleanField(default=False)
    held_why = models.CharField(max_length=500, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "remote_id", "incident"],
                condition=Q(incident__isnull=False),
                name="evidence_one_an_incident",
            ),
            models.UniqueConstraint(
                fields=["channel", "remote_id"],
                condition=Q(incident__isnull=True),
                name="evidence_one_without",
            ),
            models.CheckConstraint(
                condition=~Q(state="sealed") | ~Q(blob="") | Q(shredded_at__isnull=False),
                name="evidence_sealed_is_there",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "created_at"], name="evidence_to_take"),
            models.Index(fields=["workspace", "number"], name="evidence_numbered"),
            models.Index(
                fields=["workspace", "created_at"],
                name="evidence_unnumbered",
                condition=models.Q(number=None),
            ),
            models.Index(fields=["kept_until"], name="evidence_ends"),
            models.Index(fields=["incident"], name="evidence_of_incident"),
        ]


class Link(models.Model):
    """One package in a workspace's chain. Rows are only ever added (triggers refuse the rest).

    number: 1, 2, 3 … created_at: when it was sealed. complete: nothing essential was missing.
    blob: "" of a copy for others, which is handed out and not kept.
    seal: SHA-256 over the seal before and this row's canonical form (evidence.chain).
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="links")
    number = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    complete = models.BooleanField()
    manifest_digest = models.CharField(max_length=64)
    package_digest = models.CharField(max_length=64)
    blob = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="evidence_one_number"),
        ]


class Head(models.Model):
    """Where a workspace's chain of packages ends. Locked while one is added.

    years: how long packages of this workspace are kept. told_at: when its owners were last told.
    stamps_to: up to this number links have a row of their own for a time stamp (Stamp).
    """

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="evidence_head"
    )
    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    years = models.PositiveSmallIntegerField(default=1)
    told_at = models.DateTimeField(null=True)
    told_number = models.PositiveBigIntegerField(default=0)
    stamps_to = models.PositiveBigIntegerField(default=0)


class Stamp(models.Model):
    """The time stamp of somebody else (RFC 3161) over one package, or why there is none yet.

    outcome: "" while it is to come, "stamped" (fixed then: a trigger refuses the rest), "refused".
    tries: how often one was begun; whoever began an earlier one changes nothing any more.
    trouble: a code of evidence.tokens or workers.stamping, of the last try that gave nothing.
    token: the name in core.blobs of the authority's answer. at: its time; authority: its name.
    """

    id = models.BigAutoField(primary_key=True)
    link = models.OneToOneField(Link, models.PROTECT, related_name="stamp")
    outcome = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=30, blank=True)
    token = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)
    authority = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome="stamped") | (~Q(token="") & Q(at__isnull=False)),
                name="evidence_stamped_is_there",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="evidence_to_stamp", condition=Q(outcome="")),
        ]


class Signature(models.Model):
    """A person's word: this may be deleted although its evidence is partial. Only ever added."""

    id = models.BigAutoField(primary_key=True)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)
    created_at = models.DateTimeField()


class Shredding(Row):
    """Somebody says that a package has to go before its day; somebody else says yes or no.

    outcome: "" until then, "yes", "no" (also taken back by who asked). While one is open nobody has
    the package in hand, and nothing more of it is taken.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="shreddings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=3, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["capture"], condition=Q(outcome=""), name="evidence_one_open_shredding"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="yes") | ~Q(answered_by=F("asked_by")),
                name="evidence_shredded_by_two",
            ),
        ]


class Access(models.Model):
    """Who had what of a capture in hand. Only ever added. what: seen, exported, pictured, copied."""

    id = models.BigAutoField(primary_key=True)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="accesses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    via = models.CharField(max_length=10)
    what = models.CharField(max_length=10)
    created_at = models.DateTimeField()


class Absence(Row):
    """One look for what was deleted. round: 0 at once, 1 after an hour, 2 after a day.

    delivery: id of the delete. outcome: "" before the look, then absent, there, unknown.
    status: HTTP status of the permalink without a sign-in, null where it was not had.
    facts: {"read": what the network's interface answered, "trouble": code}.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="absences")
    remote_id = models.CharField(max_length=500)
    url = models.CharField(max_length=1000, blank=True)
    delivery = models.UUIDField()
    round = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    facts: "models.JSONField[Any]" = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "round"], name="evidence_one_look"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="evidence_to_look", condition=Q(outcome="")),
        ]
