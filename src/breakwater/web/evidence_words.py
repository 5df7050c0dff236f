"""Why something is kept, and what was kept of it, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.inbox.services.keeping import CRIME, MINOR, THREAT
from breakwater.web.shown import network_name

WHYS: Mapping[str, str | Promise] = {
    THREAT: _("a threat"),
    CRIME: _("another crime"),
    MINOR: _("an illegal image of a minor"),
}
LINES: Mapping[str, str | Promise] = {
    "text": _("What was written"),
    "address": _("Address"),
    "url": _("Address"),
    "author_id": _("Author’s id"),
    "at": _("Written"),
    "arrived_at": _("Came here"),
    "changed_at": _("Words changed"),
    "gone_at": _("Gone there"),
    "channel": _("Channel"),
    "network": _("Network"),
    "remote_id": _("Id there"),
    "kept_at": _("Kept"),
}
"""Name in what was kept -> its word, in the order of the page."""
MOMENTS = frozenset({"at", "arrived_at", "changed_at", "gone_at", "kept_at"})
"""Those that were kept as instants, in ISO 8601."""


def lines(found: Mapping[str, Any]) -> list[tuple[str | Promise, str, datetime | None]]:
    """The word, what was kept under it, and, of an instant, that: it is read on the reader's wall,
    beside the exact words of what was sealed."""
    made = []
    for name, word in LINES.items():
        if value := found.get(name):
            said = network_name(value) if name == "network" else str(value)
            made.append((word, said, datetime.fromisoformat(value) if name in MOMENTS else None))
    return made
