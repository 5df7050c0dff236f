"""Telling people: a notice each, and for what is urgent a ring at each of their doors."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.notices.mail import set_up
from breakwater.notices.models import Notice
from breakwater.notices.sentences import SENTENCES
from breakwater.notices.services.rings import ring
from breakwater.people.links import LinkFor
from breakwater.people.models import Person, SignedLink, Workspace
from breakwater.people.services.links import make_many


def tell(
    persons: Iterable[Person],
    code: str,
    *,
    key: str,
    data: Mapping[str, Any],
    path: str,
    workspace_id: UUID,
    now: datetime,
    urgent: bool = False,
    link: SignedLink | LinkFor | None = None,
) -> None:
    """Each person has this notice, once for each key; told again, nothing changes.

    data: the values that the code's sentences name (plain JSON). path: where the notice
    leads, from "/". A mail will follow where the person and the installation have mail.
    urgent: mail, push and webhooks are rung at once, whatever the hour and the person's wish about
    everyday mails: never with a text that a stranger wrote. Told again to more persons under the
    same key, those ring who were not told yet; a webhook rings once for a key.
    link: where mail and push lead instead of path; LinkFor: a link of each person's own.
    Raises: ValueError when a value that the sentence names is missing.
    """
    if missing := SENTENCES[code].names - data.keys():
        raise ValueError(f"{code} also needs {sorted(missing)}")
    mail = set_up() and not urgent
    notices = [
        Notice(
            workspace_id=workspace_id,
            person=person,
            code=code,
            key=key,
            data=dict(data),
            path=path,
            urgent=urgent,
            link=link if isinstance(link, SignedLink) else None,
            mail_state="waiting" if mail and person.mails else "off",
            mail_after=now if mail and person.mails else None,
            created_at=now,
        )
        for person in persons
    ]
    if not urgent:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        return
    with transaction.atomic():
        ring(_fresh(notices, link, now), now=now)


def _fresh(notices: list[Notice], link: SignedLink | LinkFor | None, now: datetime) -> list[Notice]:
    """Those that nobody had told yet, kept, each with its link."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    mine = set(
        Notice.objects.filter(pk__in=[one.pk for one in notices]).values_list("pk", flat=True)
    )
    fresh = [one for one in notices if one.pk in mine]
    if fresh and isinstance(link, LinkFor):
        made = make_many(
            link.purpose, workspace=Workspace.objects.get(pk=fresh[0].workspace_id),
            persons=[one.person for one in fresh], subject=link.subject, by=None, now=now,
        )  # fmt: skip
        for notice, own in zip(fresh, made, strict=True):
            notice.link = own
        Notice.objects.bulk_update(fresh, ["link"])
    return fresh


def mark_read(
    person: Person,
    notice_ids: Sequence[UUID] | None,
    *,
    now: datetime,
    workspace_id: UUID | None = None,
) -> int:
    """How many of the person's notices became read; ids of others are left alone. None: all.

    workspace_id: those of other workspaces are left alone as well.
    """
    unread = Notice.objects.filter(person=person, read_at=None)
    if workspace_id is not None:
        unread = unread.filter(workspace_id=workspace_id)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=now)
