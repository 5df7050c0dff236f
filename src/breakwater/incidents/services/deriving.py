"""Answers to people derive from the statement: once it is out, what was approved of it, shortened, is
offered as a saved answer to what was written while the incident goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from breakwater.domain.statements import short_of
from breakwater.inbox.services.saved_replies import Wording, end_said, go_on_said, offer_said
from breakwater.incidents.models import Incident, Statement
from breakwater.publishing.content import Content, parse

_AT_ONCE = 20


def hand_on(now: datetime) -> int:
    """Statements that are out and of an open incident, each handed on once, the newest of a language in
    place of the others. How many."""
    waiting = Statement.objects.filter(
        reply=None, post__left_at__isnull=False, incident__state="open"
    )
    done = 0
    for pk in list(waiting.order_by("created_at", "pk").values_list("pk", flat=True)[:_AT_ONCE]):
        done += _hand_on(pk, now)
    return done


def end(incident: Incident, *, now: datetime) -> None:
    """What is written after the incident's end is no answer to it."""
    end_said(_sources(incident), now=now)


def go_on(incident: Incident, *, ended_at: datetime) -> None:
    go_on_said(_sources(incident), ended_at=ended_at)


def _hand_on(statement_id: UUID, now: datetime) -> bool:
    with transaction.atomic():
        rows = Statement.objects.select_for_update(of=("self",), skip_locked=True)
        row = rows.filter(pk=statement_id, reply=None).first()
        version = row.post.version if row is not None else None
        if row is None or version is None:
            return False
        incident = row.incident
        earlier = [one for one in _sources(incident) if one != row.pk]
        wording = Wording(_name(row), row.language, short_of(_texts(parse(version.content))))
        row.reply = offer_said(
            incident.workspace_id, row.pk, wording, since=incident.began_at, instead_of=earlier,
            by=row.by_id, now=now,
        ).pk  # fmt: skip
        row.save(update_fields=["reply"])
    return True


def _sources(incident: Incident) -> list[UUID]:
    return list(Statement.objects.filter(incident=incident).values_list("pk", flat=True))


def _texts(content: Content) -> list[str]:
    """As it was approved: the common text, or that of the first channel where each has its own."""
    own = [one.text for one in content.targets.values() if one.text]
    return [content.text if content.text.strip() or not own else own[0], *content.thread]


def _name(row: Statement) -> str:
    """Unlike every other: which of this incident it is."""
    earlier = Statement.objects.filter(incident=row.incident_id, created_at__lte=row.created_at)
    with translation.override(row.incident.workspace.language):
        said = gettext("Incident %(number)s, statement %(n)s")
    return said % {"number": row.incident.number, "n": earlier.count()}
