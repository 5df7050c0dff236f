"""Telling people: a notice each, and for what is urgent a ring at each of their doors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class News:
    """One thing of many that persons are told of: key, data, path as `tell` takes them."""

    key: str
    data: Mapping[str, Any]
    path: str


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
    news = [News(key, data, path)]
    if not urgent:
        tell_each(persons, code, news, workspace_id=workspace_id, now=now, link=_one(link))
        return
    mine = _notices(persons, code, news, workspace_id, now)
    for notice in mine:
        notice.urgent, notice.link = True, _one(link)
        notice.mail_state, notice.mail_after = "off", None
    with transaction.atomic():
        ring(_fresh(mine, link, now), now=now)


def tell_each(
    persons: Iterable[Person],
    code: str,
    news: Sequence[News],
    *,
    workspace_id: UUID,
    now: datetime,
    link: SignedLink | None = None,
) -> None:
    """Each person has a notice of each of these, as `tell` says it of one: an everyday one. One query
    for some hundreds."""
    notices = _notices(persons, code, news, workspace_id, now)
    for notice in notices:
        notice.link = link
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _one(link: SignedLink | LinkFor | None) -> SignedLink | None:
    return link if isinstance(link, SignedLink) else None


def _notices(
    persons: Iterable[Person], code: str, news: Sequence[News], workspace_id: UUID, now: datetime
) -> list[Notice]:
    """Not in the database yet; a mail will follow where person and installation have mail. Raises:
    ValueError."""
    for one in news:
        if missing := SENTENCES[code].names - one.data.keys():
            raise ValueError(f"{code} also needs {sorted(missing)}")
    mail = set_up()
    return [
        Notice(
            workspace_id=workspace_id,
            person=person,
            code=code,
            key=one.key,
            data=dict(one.data),
            path=one.path,
            mail_state="waiting" if mail and person.mails else "off",
            mail_after=now if mail and person.mails else None,
            created_at=now,
        )
        for person in persons for one in news
    ]  # fmt: skip


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
