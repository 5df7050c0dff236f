"""The installation's own keys at networks: kept, proved, forgotten. They never come out again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.appkeys import ReviewState, opened, sealed
from breakwater.channels.doors import short_talk
from breakwater.channels.installed import network as installed_network
from breakwater.channels.models import AppKeys, OAuthApp
from breakwater.channels.services.asking import put_plainly
from breakwater.channels.services.connecting import checked_fields
from breakwater.core.database import in_database
from breakwater.core.ids import new_id
from breakwater.domain.errors import (
    Invalid,
    NotFound,
    Problem,
    Reconnect,
    Refused,
    StaleState,
    Unsupported,
)
from breakwater.networks import base
from breakwater.people.selectors import every_workspace


def save_keys(*, network: str, typed: Mapping[str, str], by: UUID, now: datetime) -> AppKeys:
    """The keys of this network are these, all of them; not checked yet. What the network's review
    came to stays as it was noted.

    typed: by `Field.name` of the manifest's `app`. Raises: Invalid with `field` (nothing was
    changed); NotFound where the network asks for no keys; Unsupported; StaleState.
    """
    keys = checked_fields(asked(network).fields, typed)
    try:
        with transaction.atomic():
            row = AppKeys.objects.select_for_update().filter(network=network).first()
            row = row or AppKeys(id=new_id(), network=network, created_at=now)
            row.sealed = sealed(row, keys)
            row.changed_by_id, row.changed_at = by, now
            row.checked_at, row.trouble = None, ""
            row.save()
            _changed(row, "network.keys_saved", {}, by=by, now=now)
    except IntegrityError as error:
        raise StaleState(subject="keys") from error
    return row


async def acheck_keys(*, network: str, now: datetime) -> AppKeys:
    """The row after the network was asked whether the keys are its own: `trouble` says why not.

    Raises: NotFound (no keys); Problem: "network_unreachable" (nothing was changed) or
    "app_keys_no_check" where only a first sign-in can tell.
    """
    found = installed_network(network)
    row = await in_database(_there)(network)
    trouble = ""
    with put_plainly():
        try:
            async with short_talk(found) as client:
                await found.auth(client, opened(row)).check_app(found.manifest.default_origin)
        except Unsupported as error:
            raise Problem(code="app_keys_no_check") from error
        except (Refused, Reconnect) as error:
            trouble = _why(error)
    return await in_database(_note)(row, trouble, now)


check_keys = async_to_sync(acheck_keys)


def forget_keys(*, network: str, by: UUID, now: datetime) -> None:
    """The keys are gone. Channels of the network stay, and cannot renew their sign-in without.

    Raises: NotFound.
    """
    with transaction.atomic():
        row = AppKeys.objects.select_for_update().filter(network=network).first()
        if row is None:
            raise NotFound(what="keys")
        _changed(row, "network.keys_forgotten", {}, by=by, now=now)
        row.delete()


def note_review(*, network: str, review: str, by: UUID, now: datetime) -> AppKeys:
    """How far the network's own review of the app is. Raises: Invalid; NotFound."""
    if review not in set(ReviewState):
        raise Invalid(code="field_choice", field="review")
    with transaction.atomic():
        row = AppKeys.objects.select_for_update().filter(network=network).first()
        if row is None:
            raise NotFound(what="keys")
        if row.review != review:
            row.review = review
            row.save(update_fields=["review"])
            _record(row, "network.review_noted", {"review": review}, by=by, now=now)
    return row


def asked(network: str) -> base.AppKeys:
    """What the network asks an administrator for. Raises: NotFound where that is nothing."""
    app = installed_network(network).manifest.app
    if app is None:
        raise NotFound(what="keys")
    return app


def _there(network: str) -> AppKeys:
    row = AppKeys.objects.filter(network=network).first()
    if row is None:
        raise NotFound(what="keys")
    return row


def _why(error: Refused | Reconnect) -> str:
    """A guard of ours that shut the way says nothing about the keys."""
    if isinstance(error, Reconnect):
        return "app_keys_refused"
    if error.reason == "address_refused":
        raise error
    return error.reason[:64]


def _note(row: AppKeys, trouble: str, now: datetime) -> AppKeys:
    """What the network said of these very keys; others that were saved meanwhile are not touched."""
    same = AppKeys.objects.filter(pk=row.pk, changed_at=row.changed_at)
    if not same.update(checked_at=now, trouble=trouble):
        raise StaleState(subject="keys")
    row.checked_at, row.trouble = now, trouble
    return row


def _changed(row: AppKeys, verb: str, data: Mapping[str, str], *, by: UUID, now: datetime) -> None:
    """Registrations that were made of the keys before are not used again."""
    OAuthApp.objects.filter(network=row.network).delete()
    _record(row, verb, data, by=by, now=now)


def _record(row: AppKeys, verb: str, data: Mapping[str, str], *, by: UUID, now: datetime) -> None:
    """In each workspace: its channels are opened with these keys, or will be."""
    said = {"network": row.network, **data}
    facts = [Fact(one, verb, "network", row.pk, said) for one in every_workspace()]
    record(facts, by=by, now=now)
