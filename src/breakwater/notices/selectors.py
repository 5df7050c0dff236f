"""What a person has been told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.notices import mail
from breakwater.notices.models import Notice
from breakwater.notices.sentences import body, title
from breakwater.people.models import Person


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


def has_mail() -> bool:
    """Whether this installation sends mail (a settings page says so when it does not)."""
    return mail.set_up()
