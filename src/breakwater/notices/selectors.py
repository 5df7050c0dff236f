"""What a person has been told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from breakwater.notices import mail
from breakwater.notices.models import Notice, PushDoor, WebhookDoor
from breakwater.notices.sentences import body, title
from breakwater.people.models import Person

_FAILED_LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Mails:
    """A workspace's mails that do not leave. failed: given up within the last day, since
    failed_at; waiting: tried in vain at least once, since waiting_at, and again at next_at."""

    failed: int
    failed_at: datetime | None
    waiting: int
    waiting_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class Told:
    """A notice in the language in use. mail: waiting, sent, failed (see trouble) or off."""

    id: UUID
    code: str
    title: str
    body: str
    path: str
    workspace: str
    at: datetime
    read: bool
    mail: str
    trouble: str


def unread(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at=None).count()


def recent(person: Person, limit: int = 50, *, workspace_id: UUID | None = None) -> list[Told]:
    """The newest first, read ones too. workspace_id: only those of this workspace."""
    rows = Notice.objects.filter(person=person).select_related("workspace")
    if workspace_id is not None:
        rows = rows.filter(workspace_id=workspace_id)
    return [
        Told(
            row.pk,
            row.code,
            title(row.code, row.data),
            body(row.code, row.data),
            row.path,
            row.workspace.name,
            row.created_at,
            row.read_at is not None,
            row.mail_state,
            row.mail_trouble,
        )
        for row in rows.order_by("-created_at", "-pk")[:limit]
    ]


def mails(workspace_id: UUID, now: datetime) -> Mails:
    """One query; none where this installation has no mail, for then none waits."""
    if not mail.set_up():
        return Mails(0, None, 0, None, None)
    failed = Q(mail_state="failed", mail_after__gte=now - _FAILED_LATELY)
    waiting = Q(mail_state="waiting") & ~Q(mail_trouble="")
    own = Notice.objects.filter(failed | waiting, workspace_id=workspace_id)
    return Mails(
        **own.aggregate(
            failed=Count("pk", filter=failed),
            failed_at=Min("created_at", filter=failed),
            waiting=Count("pk", filter=waiting),
            waiting_at=Min("created_at", filter=waiting),
            next_at=Min("mail_after", filter=waiting),
        )
    )


def has_mail() -> bool:
    """Whether this installation sends mail (a settings page says so when it does not)."""
    return mail.set_up()


def told(key: str) -> set[UUID]:
    """The persons who were told under this key."""
    return set(Notice.objects.filter(key=key).values_list("person_id", flat=True))


def push_doors(person: Person) -> list[PushDoor]:
    """The browsers that show this person urgent news, the first first."""
    return list(PushDoor.objects.filter(person=person).order_by("created_at", "pk"))


def pushed_to(person_ids: Iterable[UUID]) -> Counter[UUID]:
    """person -> how many browsers. One query."""
    rows = PushDoor.objects.filter(person__in=list(person_ids))
    return Counter(rows.values_list("person_id", flat=True))


def webhook_doors(workspace_id: UUID) -> list[WebhookDoor]:
    """The machines that this workspace tells of what is urgent, by name."""
    return list(WebhookDoor.objects.filter(workspace_id=workspace_id).order_by("name", "pk"))
