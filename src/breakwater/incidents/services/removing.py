"""How a post of an incident is taken away: deleted; where the network does not let us, taken out of
sight; where it lets us do neither, by a person's hands.

Nothing leaves without the capture that allows it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import able, networks
from breakwater.core.rows import write_rows
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Stray, rely_on, remove_strays, withdraw
from breakwater.domain.errors import StaleState
from breakwater.domain.kinds import DELETE
from breakwater.evidence.models import Capture
from breakwater.incidents.kinds import HAND
from breakwater.incidents.models import Incident, Subject, Task
from breakwater.incidents.services.tasks import copy
from breakwater.incidents.services.timeline import note
from breakwater.networks.base import Can
from breakwater.publishing.services import take_down

_TASK_MAX = 500
_LINK_MAX = 1000


def take_away(
    subjects: Sequence[Subject], allowed: Mapping[UUID, Capture], *, by: UUID | None, now: datetime
) -> None:
    """The next step for each of these posts, where there is one. allowed: evidence that is on disk or
    signed for; without its own no post is taken away."""
    strays: list[tuple[Subject, Capture]] = []
    for one in subjects:
        sealed = allowed.get(one.capture) if one.capture else None
        if one.removal is not None:
            _step_further(one, one.removal, sealed, by=by, now=now)
        elif sealed is not None and _can_go(one, by):
            if _deletes(one.channel) and not _is_ours(one):
                strays.append((one, sealed))
            else:
                _remove(one, sealed, by=by, now=now)
    if by is not None and strays:
        _remove_strays(strays, by=by, now=now)


def _step_further(
    one: Subject, removal: Delivery, sealed: Capture | None, *, by: UUID | None, now: datetime
) -> None:
    if removal.reason == "no_evidence":
        _rely_anew(removal, sealed, by=by, now=now)
    elif sealed is not None and _refused(removal) and able(one.channel, Can.WITHDRAW):
        _withdraw(one, sealed, by=by, now=now)


def ask_for_hands(incident: Incident, left: Sequence[Subject], *, now: datetime) -> None:
    """A task for each account with posts that can neither be deleted nor hidden from here, once."""
    tasks: dict[UUID, Task] = {}
    with translation.override(incident.workspace.language):
        for one in left:
            if not _for_hands(one):
                continue
            tasks.setdefault(one.channel_id, Task(
                key=f"by_hand:{one.channel_id}", text=_by_hand(one.channel), source=HAND,
                link=(one.url or one.channel.url)[:_LINK_MAX], role="lead", position=90,
                created_at=now,
            ))  # fmt: skip
    if tasks:
        copy(incident, list(tasks.values()))


def _by_hand(channel: Channel) -> str:
    known = networks().get(channel.network)
    network = gettext(known.name) if known else channel.network
    said = gettext(
        "%(network)s lets us neither delete nor hide what is still out on %(channel)s. Delete it "
        "there, by hand; the incident’s posts and evidence show each address."
    )
    return (said % {"network": network, "channel": str(channel)})[:_TASK_MAX]


def _for_hands(one: Subject) -> bool:
    if one.removal is None:
        return one.cannot == "no_delete"
    return one.removal.state == "failed"


def _can_go(one: Subject, by: UUID | None) -> bool:
    """Whether it can be taken away now; if not, why stands on it. Asked anew each time, since a channel
    is connected again."""
    why = _unable(one) or ("" if by else "nobody")
    if why != one.cannot:
        one.cannot = why
        Subject.objects.filter(pk=one.pk, removal=None).update(cannot=why)
    return not why


def _remove_strays(strays: Sequence[tuple[Subject, Capture]], *, by: UUID, now: datetime) -> None:
    """Their deletes are on their way, each with the file of its own evidence: in one group, because
    each transaction of its own costs a post a dozen ways to the database."""
    wanted = [
        Stray(one.channel, one.remote_id, one.url, one.sighting or one.pk, capture.blob)
        for one, capture in strays
    ]
    for (one, _), removal in zip(strays, remove_strays(wanted, by=by, now=now), strict=True):
        one.removal = removal
    write_rows([one for one, _ in strays], ["removal"])


def _remove(one: Subject, capture: Capture, *, by: UUID | None, now: datetime) -> None:
    """What takes this post of ours away is on its way, and needs the file of its evidence."""
    if by is None:
        return
    if not _deletes(one.channel):
        _withdraw(one, capture, by=by, now=now)
        return
    if one.delivery is not None:
        with suppress(StaleState):  # its clock is doubted, or it is on its way out: looked at again
            one.removal = take_down(one.delivery, needs=capture.blob, by=by, now=now)
    Subject.objects.filter(pk=one.pk).update(removal=one.removal)


def _is_ours(one: Subject) -> bool:
    return one.delivery is not None and one.delivery.remote_id == one.remote_id


def _withdraw(one: Subject, capture: Capture, *, by: UUID | None, now: datetime) -> None:
    """It is on its way out of sight, under the same evidence. A delete that was refused stays in the
    ledger, and can be tried again there."""
    before = one.removal
    with suppress(StaleState), transaction.atomic():  # its clock is doubted: looked at again
        one.removal = withdraw(
            one.channel, one.remote_id, source=one.sighting or one.pk, needs_blob=capture.blob,
            by=by, now=now,
        )  # fmt: skip
        rows = Subject.objects.filter(pk=one.pk, removal=before)
        if rows.update(removal=one.removal) and before is not None:
            note(one.incident, "hides", by=None, via="worker", now=now)


def _refused(removal: Delivery) -> bool:
    return removal.kind == DELETE and removal.state == "failed"


def _rely_anew(
    removal: Delivery, capture: Capture | None, *, by: UUID | None, now: datetime
) -> None:
    """The package was shredded (an image of a minor) while the delete waited: what is sealed anew, or
    what a person signed, lets it leave."""
    if capture is not None and rely_on(removal, capture.blob, by=by, now=now):
        removal.refresh_from_db()


def _deletes(channel: Channel) -> bool:
    known = networks().get(channel.network)
    return known is not None and known.allows(Can.DELETE)


def _unable(one: Subject) -> str:
    if not _deletes(one.channel) and not able(one.channel, Can.WITHDRAW):
        return "no_delete"
    return "" if one.channel.state == "connected" else "not_connected"
