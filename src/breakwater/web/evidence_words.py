"""Why something is kept, and what was kept of it, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.inbox.services.keeping import CRIME, MINOR, THREAT

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
