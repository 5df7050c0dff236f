"""Notice: one thing one person is told. Ring: one urgent door of it. PushDoor, WebhookDoor."""

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import SignedLink, Workspace


class Notice(Row):
    """code: which sentence (notices/sentences.py); data: the plain values that it names.

    key: makes telling the same thing twice one notice (unique with the person).
    mail_state: waiting, sent, failed, off (the person or the installation has no mail, or the
    notice is urgent and its mail is a Ring).
    link: where mail and push lead instead of path, for a hand that is not signed in.
    """

    workspace = models.ForeignKey(  # the index below begins with it
        Workspace, models.CASCADE, related_name="notices", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    path = models.CharField(max_length=255)
    urgent = models.BooleanField(default=False)
    link = models.ForeignKey(SignedLink, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=8, default="waiting")
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(null=True)
    mail_trouble = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notices_told_once"),
        ]
        indexes = [
            models.Index(fields=["person", "read_at", "-created_at"], name="notices_unread"),
            models.Index(fields=["workspace", "created_at"], name="notices_lately"),
            models.Index(
                fields=["mail_after"],
                name="notices_mail",
                condition=models.Q(mail_state="waiting"),
            ),
        ]


class PushDoor(Row):
    """A browser of a person that shows pushes: what RFC 8291 needs to write to it alone.

    endpoint: of the browser's own push service. seen: the browser in words of its maker, so that
    its person knows it again. failed_at, trouble: of the last try; "" when it went.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_doors")
    endpoint = models.CharField(max_length=1000)
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=32)
    seen = models.CharField(max_length=120, blank=True)
    used_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=255, blank=True)


class WebhookDoor(Row):
    """A machine that a workspace tells of what is urgent (Standard Webhooks).

    Its secret is not kept: it is computed from the id (notices/webhooks.py).
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="webhook_doors")
    url = models.CharField(max_length=500)
    name = models.CharField(max_length=100)
    on = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    used_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "url"], name="notices_one_webhook"),
        ]


class Door(models.TextChoices):
    """Which way an urgent notice goes."""

    MAIL = "mail"
    PUSH = "push"
    WEBHOOK = "webhook"


class Ring(Row):
    """An urgent notice at one door: tried at once, whatever the hour, and again until it is through.

    key: makes ringing the same door for the same thing once (unique): of a person's door with the
    notice, of a webhook with what the workspace is told, however many persons are.
    state: waiting, sent, failed (given up), gone (the door is no longer there).
    tries: counted before each is made. next_at: when the next one may come, which also keeps others
    away while one is under way.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="rings")
    door = models.CharField(max_length=8, choices=Door.choices)
    push = models.ForeignKey(PushDoor, models.SET_NULL, null=True, related_name="+")
    webhook = models.ForeignKey(WebhookDoor, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=8, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="notices_ringing", condition=models.Q(state="waiting")
            ),
        ]
