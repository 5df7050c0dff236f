"""Pauses that stand in a person's workspaces: what is asked is to look again in time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import open_pauses
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.waiting import Item, Waiting


def pauses_waiting(_person: Person, mine: Sequence[Access], now: datetime) -> Iterable[Waiting]:
    """Those whose time to look again is over, for those who may let go; then, calmly, the others."""
    standing = open_pauses(one.workspace.pk for one in mine)
    able = {one.workspace.pk for one in mine if one.may(Right.RESUME)}
    over = [
        one for one in standing.values() if one.reevaluate_at <= now and one.workspace_id in able
    ]
    calm = [one for one in standing.values() if one not in over]
    return (
        Waiting(_("Look again at a pause"), "circle-pause", [_item(one) for one in over]),
        Waiting(_("Paused"), "circle-pause", [_item(one) for one in calm], calm=True),
    )


def _item(pause: Pause) -> Item:
    return Item(
        title=pause.why,
        url=reverse("pause", args=[pause.workspace.slug, pause.pk]),
        note=pause.workspace.name,
        at=pause.reevaluate_at,
        zone=pause.workspace.zone,
    )
