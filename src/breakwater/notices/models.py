"""Notice: one thing one person is told."""

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Notice(Row):
    """code: which sentence (notices/sentences.py); data: the plain values that it names.

    key: makes telling the same thing twice one notice (unique with the person).
    mail_state: waiting, sent, failed, off (the person or the installation has no mail).
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    path = models.CharField(max_length=255)
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
            models.Index(
                fields=["mail_after"],
                name="notices_mail",
                condition=models.Q(mail_state="waiting"),
            ),
        ]
