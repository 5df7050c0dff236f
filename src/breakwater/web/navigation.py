"""The links at the side of a workspace: one line each, shown to those who have the right."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.people.roles import Right
from breakwater.people.selectors import Access


@dataclass(frozen=True)
class Entry:
    """name: of the address, which takes `slug`. area: what a page puts in `area` to be current."""

    area: str
    name: str
    label: str | Promise
    icon: str
    right: Right = Right.SEE


ENTRIES = (
    Entry("inbox", "inbox", _("Inbox"), "inbox"),
    Entry("calendar", "calendar", _("Calendar"), "calendar-days"),
    Entry("incidents", "incidents", _("Incidents"), "flag", Right.RESPOND),
    Entry("deliveries", "deliveries", _("Deliveries"), "send"),
    Entry("pauses", "pauses", _("Pauses"), "circle-pause"),
    Entry("channels", "channels", _("Channels"), "radio-tower"),
    Entry("status", "status", _("Status"), "life-buoy"),
    Entry("people", "members", _("People"), "users"),
    Entry("settings", "workspace-settings", _("Settings"), "settings", Right.INVITE),
)


@dataclass(frozen=True)
class Link:
    area: str
    url: str
    label: str | Promise
    icon: str


def links(access: Access) -> list[Link]:
    """The links of this workspace that this person may follow, in order."""
    return [
        Link(e.area, reverse(e.name, args=[access.workspace.slug]), e.label, e.icon)
        for e in ENTRIES
        if access.may(e.right)
    ]
