"""Making, using up and taking back signed links (people/links.py says what they are)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import NotFound
from breakwater.people import checks
from breakwater.people.links import LASTS
from breakwater.people.models import Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access


def make(
    purpose: Purpose,
    *,
    workspace: Workspace,
    person: Person | None = None,
    guest_name: str = "",
    guest_email: str = "",
    subject: UUID | None = None,
    expires_at: datetime | None = None,
    by: UUID | None,
    now: datetime,
) -> SignedLink:
    """A new link, of which the audit chain knows. expires_at: at most LASTS from now (None: that).

    by: None for this installation itself (alarms, the command line). Who may make which link is
    asked by the caller: a person's own pause link (`make_pause_link`), a guest's by `incidents`.
    """
    return make_many(
        purpose, workspace=workspace, persons=[person], guest_name=guest_name,
        guest_email=guest_email, subject=subject, expires_at=expires_at, by=by, now=now,
    )[0]  # fmt: skip


def make_many(
    purpose: Purpose,
    *,
    workspace: Workspace,
    persons: Sequence[Person | None],
    guest_name: str = "",
    guest_email: str = "",
    subject: UUID | None = None,
    expires_at: datetime | None = None,
    by: UUID | None,
    now: datetime,
) -> list[SignedLink]:
    """As `make`, one for each of the persons, in their order."""
    longest = now + LASTS[purpose]
    links = [
        SignedLink(
            workspace=workspace,
            person=person,
            made_by_id=by,
            guest_name=checks.name(guest_name) if person is None else "",
            guest_email=checks.email(guest_email) if guest_email else "",
            purpose=purpose,
            subject=subject,
            expires_at=min(expires_at or longest, longest),
            created_at=now,
        )
        for person in persons
    ]
    with transaction.atomic():
        SignedLink.objects.bulk_create(links)
        record([_fact(link, "link.made") for link in links], by=by, now=now)
    return links


def make_pause_link(person: Person, slug: str, *, by: UUID | None, now: datetime) -> SignedLink:
    """The duty phone's link of somebody who may pause there; an earlier one of theirs ends.

    Raises: NotFound, Forbidden as `access`.
    """
    granted = access(person, slug, Right.PAUSE)
    with transaction.atomic():
        old = SignedLink.objects.filter(
            purpose=Purpose.PAUSE, workspace=granted.workspace, person=person
        )
        _revoke(list(old.filter(revoked_at=None, expires_at__gt=now)), by=by, now=now)
        return make(Purpose.PAUSE, workspace=granted.workspace, person=person, by=by, now=now)


def revoke(by: Access, link_id: UUID, *, now: datetime) -> None:
    """The link opens nothing from now on. One's own, or any by those who may invite; a guest's
    also by those who respond to incidents.

    Raises: NotFound (none, another workspace's, not yours, or dead already).
    """
    with transaction.atomic():
        link = SignedLink.objects.filter(
            workspace=by.workspace, pk=link_id, revoked_at=None
        ).first()
        if link is None or not _may_revoke(by, link):
            raise NotFound(what="link")
        if not _revoke([link], by=by.person.pk, now=now):
            raise NotFound(what="link")


def revoke_about(purpose: Purpose, subject: UUID, *, by: UUID | None, now: datetime) -> int:
    """How many links about this subject ended: an alarm is answered, an incident is closed."""
    with transaction.atomic():
        rows = SignedLink.objects.filter(
            purpose=purpose, subject=subject, revoked_at=None, expires_at__gt=now
        )
        return _revoke(list(rows.order_by("pk")), by=by, now=now)


def revoke_of_members(
    workspace: Workspace, *, but_about: UUID | None, by: UUID | None, now: datetime
) -> int:
    """The workspace's links of persons end: those to pause, and those of alarms other than
    `but_about`, which is being answered now. How many."""
    with transaction.atomic():
        rows = SignedLink.objects.filter(
            workspace=workspace, revoked_at=None, expires_at__gt=now
        ).exclude(purpose=Purpose.GUEST)
        ends = [one for one in rows.order_by("pk") if not but_about or one.subject != but_about]
        return _revoke(ends, by=by, now=now)


def revoke_of_maker(workspace_id: UUID, person_id: UUID, *, by: UUID | None, now: datetime) -> int:
    """The guests' links that this person handed out here end: they may no longer respond. How many."""
    with transaction.atomic():
        rows = SignedLink.objects.filter(
            workspace_id=workspace_id, purpose=Purpose.GUEST, made_by_id=person_id,
            revoked_at=None, expires_at__gt=now,
        )  # fmt: skip
        return _revoke(list(rows.order_by("pk")), by=by, now=now)


def note_deed(link: SignedLink, *, now: datetime) -> None:
    """Something was done by this link: counted, for its person sees it in their list."""
    SignedLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, used_at=now)


def _may_revoke(by: Access, link: SignedLink) -> bool:
    own = link.person_id == by.person.pk
    guest = link.purpose == Purpose.GUEST and by.may(Right.RESPOND)
    return own or guest or by.may(Right.INVITE)


def _revoke(links: Sequence[SignedLink], *, by: UUID | None, now: datetime) -> int:
    """Only those that nobody else revoked meanwhile get an entry."""
    ended = [
        link
        for link in links
        if SignedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)
    ]
    record([_fact(link, "link.revoked") for link in ended], by=by, now=now)
    return len(ended)


def _fact(link: SignedLink, verb: str) -> Fact:
    data = {"purpose": link.purpose, "person": str(link.person_id or "")}
    return Fact(link.workspace_id, verb, "link", link.pk, data)
