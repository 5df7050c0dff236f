"""The outbox from which mails leave."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakwater.domain.text import one_line
from breakwater.notices.mail import Backend, set_up
from breakwater.notices.models import Notice
from breakwater.notices.sentences import body, title
from breakwater.people import links
from breakwater.people.models import Invitation

TRIES_MAX = 6
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 240))
"""After each try, when the next one may come; also how long a claim keeps others away."""

TROUBLE = (OSError, SMTPException)

_FOOT = gettext_lazy(
    "You get this mail from Breakwater. In your profile you can say that you want none."
)
_URGENT_FOOT = gettext_lazy(
    "You get this mail from Breakwater, because somebody has to look at it now. It comes even "
    "where everyday mails are switched off."
)


def mail_due(now: datetime, limit: int = 50) -> list[Notice]:
    """Notices whose mail is to be tried now, claimed: nobody else tries them before their back-off.

    The try is counted before it is made, so a crash costs a try and never loses a mail.
    Those that have no try left become failed.
    """
    with transaction.atomic():
        _waiting(now).filter(mail_tries__gte=TRIES_MAX).update(mail_state="failed")
        due = list(
            _locked(_waiting(now).filter(mail_tries__lt=TRIES_MAX))
            .select_related("person", "workspace", "link")
            .order_by("mail_after", "pk")[:limit]
        )
        for notice in due:
            notice.mail_after = now + BACK_OFF[notice.mail_tries]
            notice.mail_tries += 1
        Notice.objects.bulk_update(due, ["mail_after", "mail_tries"])
    return due


def send_mails(now: datetime, limit: int = 50) -> int:
    """How many mails left. Each is in its reader's language. Outside any transaction.

    Trouble is kept in the row; after six tries the mail is given up as failed. The mail's
    Message-ID is the notice's, so a mail that left twice can be seen to be one.
    """
    if not set_up():
        _without_mail()
        return 0
    due = mail_due(now, limit)
    if not due:
        return 0
    link = Backend()
    try:
        link.open()
    except TROUBLE as error:
        for notice in due:
            _note(notice, error)
        return 0
    try:
        return sum(_try(notice, link) for notice in due)
    finally:
        link.close()


def mail_invitation(invitation: Invitation, path: str) -> bool:
    """Whether the invitation's mail left. path: of the page with the token, from "/".

    Sent at once and kept nowhere, because only the hash of its token may be kept. In the
    workspace's language. On False the link is to be handed over in another way.
    """
    if not set_up():
        return False
    workspace = invitation.workspace
    data = {"who": str(invitation.invited_by), "workspace": workspace.name}
    with translation.override(workspace.language):
        text = _text("invitation", data, f"{settings.PUBLIC_URL}{path}")
        message = _message(title("invitation", data), text, invitation.email, invitation.pk)
    try:
        return Backend().send_messages([message]) == 1
    except TROUBLE:
        return False


def _waiting(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(mail_state="waiting", mail_after__lte=now)


def _locked(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """On PostgreSQL several workers share the outbox; on SQLite the writer is alone."""
    if connection.vendor == "postgresql":
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


def _without_mail() -> None:
    Notice.objects.filter(mail_state="waiting").update(mail_state="off", mail_after=None)


def _try(notice: Notice, link: BaseEmailBackend) -> bool:
    if not notice.person.is_active or not notice.person.mails:
        _row(notice).update(mail_state="off", mail_after=None)
        return False
    try:
        link.send_messages([mail_of(notice)])
    except TROUBLE as error:
        _note(notice, error)
        link.close()  # the next one opens it afresh
        return False
    _row(notice).update(mail_state="sent", mail_trouble="")
    return True


def _note(notice: Notice, error: Exception) -> None:
    state = "failed" if notice.mail_tries >= TRIES_MAX else "waiting"
    _row(notice).update(mail_state=state, mail_trouble=f"{type(error).__name__}: {error}"[:255])


def _row(notice: Notice) -> QuerySet[Notice]:
    return Notice.objects.filter(pk=notice.pk, mail_state="waiting")


def mail_of(notice: Notice) -> EmailMessage:
    """In its reader's language."""
    with translation.override(notice.person.language):
        foot = _URGENT_FOOT if notice.urgent else _FOOT
        text = _text(notice.code, notice.data, address_of(notice), foot=str(foot))
        return _message(subject_of(notice), text, notice.person.email, notice.pk)


def address_of(notice: Notice) -> str:
    """Where the notice leads from outside: its link, for a hand that is not signed in, or its page."""
    return f"{settings.PUBLIC_URL}{links.address(notice.link) if notice.link else notice.path}"


def subject_of(notice: Notice) -> str:
    """In the language in use. A drill says that it is one, first of all."""
    said = f"{title(notice.code, notice.data)} ({notice.workspace.name})"
    return _("Drill: %(said)s") % {"said": said} if notice.workspace.drill else said


def _text(code: str, data: Mapping[str, object], address: str, *, foot: str = "") -> str:
    parts = [title(code, data), body(code, data), address, foot]
    return "\n\n".join(part for part in parts if part) + "\n"


def _message(subject: str, text: str, to: str, id_: UUID) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{id_}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(one_line(subject), text, None, [to], headers=headers)
