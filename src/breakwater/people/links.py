"""Addresses that open one thing without a sign-in: `/x/<purpose>/<id>/<mac>/`.

The last part is computed from the id with a key of the purpose, so a mail that waits can still
write it, a copy of the database opens nothing, and a link for one purpose opens no other.
Looking at such an address never does anything (mail scanners do): only what its page sends does.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from breakwater.domain.errors import Forbidden, NotFound
from breakwater.people.models import Person, Purpose, SignedLink
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access

LASTS = {
    Purpose.PAUSE: timedelta(days=90),
    Purpose.ALARM: timedelta(hours=24),
    Purpose.GUEST: timedelta(days=30),
}
"""How long a link works unless its maker says less."""

_MAC_BYTES = 18  # 144 bits, which is 24 letters
_KEY = b"breakwater signed link: "


@dataclass(frozen=True)
class LinkFor:
    """A link that each person told shall have of their own (notices.services.tell)."""

    purpose: Purpose
    subject: UUID | None


def address(link: SignedLink) -> str:
    """Its path, from "/". Put settings.PUBLIC_URL before it where it leaves this installation."""
    return f"/x/{link.purpose}/{link.pk}/{_mac(link.purpose, link.pk)}/"


def opened(purpose: str, link_id: UUID, mac: str, *, now: datetime) -> SignedLink:
    """The living link of that address, with its workspace and person. Changes nothing.

    Raises: NotFound("link_gone") for a wrong, foreign, ended or revoked one, said alike.
    """
    same = hmac.compare_digest(_mac(purpose, link_id).encode(), mac.encode())
    link = (
        SignedLink.objects.select_related("workspace", "person", "made_by")
        .filter(pk=link_id, purpose=purpose, revoked_at=None, expires_at__gt=now)
        .first()
    )
    behind = (link.person or link.made_by) if link else None
    if not same or link is None or (behind is not None and not behind.is_active):
        raise NotFound(code="link_gone")
    return link


def access_by(link: SignedLink, right: Right) -> Access:
    """What the link's person may do now; a link gives nobody a right.

    Raises: NotFound("link_gone") for a guest, or somebody who is no longer a member; Forbidden.
    """
    if link.person is None:
        raise NotFound(code="link_gone")
    try:
        return access(link.person, link.workspace.slug, right)
    except Forbidden:
        raise
    except NotFound as error:
        raise NotFound(code="link_gone") from error


def living(
    purpose: str, now: datetime, *, person: Person | None = None, subject: UUID | None = None
) -> QuerySet[SignedLink]:
    """Those that still open: of this person, about this subject; newest first."""
    rows = SignedLink.objects.filter(purpose=purpose, revoked_at=None, expires_at__gt=now)
    if person is not None:
        rows = rows.filter(person=person)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return rows.select_related("workspace", "person").order_by("-created_at", "-pk")


def _mac(purpose: str, link_id: UUID) -> str:
    key = hashlib.sha256(_KEY + purpose.encode() + b"\0" + settings.SECRET_KEY.encode()).digest()
    made = hmac.new(key, link_id.bytes, hashlib.sha256).digest()[:_MAC_BYTES]
    return base64.urlsafe_b64encode(made).decode()
