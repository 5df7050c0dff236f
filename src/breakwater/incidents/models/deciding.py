"""Advice, Verdict: what the aid said of a post, and what a person decided and signed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.incidents.models.case import Incident, Subject


class Advice(Row):
    """What domain.decisions said, kept with what it was asked. Never changed.

    subject: None when it is about all of the incident's posts. edition: decisions.EDITION then.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="advice")
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, related_name="+")
    inputs: "models.JSONField[Any]" = models.JSONField()
    outcome = models.CharField(max_length=12)
    cluster = models.CharField(max_length=12)
    lines: "models.JSONField[Any]" = models.JSONField()
    edition = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "advice"


class Verdict(Row):
    """A person's signed decision: leave, delete, hide or correct. A later one counts; none is changed."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="verdicts")
    decision = models.CharField(max_length=8)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["advice", "created_at"], name="incidents_said")]
