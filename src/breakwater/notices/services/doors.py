"""The doors by which urgent news comes: a person's browsers, a workspace's webhooks."""

import hashlib
from datetime import datetime
from uuid import UUID

import httpx
from django.conf import settings
from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, record
from breakwater.core import webpush
from breakwater.core.egress.addresses import check
from breakwater.domain.errors import EgressRefused, Invalid, NotFound
from breakwater.notices.models import Notice, PushDoor, WebhookDoor
from breakwater.notices.services.rings import ring
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, workspaces_of

PUSH_DOORS_MAX = 10
WEBHOOKS_MAX = 10
_ADDRESS_MAX = 1000
_URL_MAX = 500
_SEEN_MAX = 120


def open_push(
    person: Person, *, endpoint: str, p256dh: str, auth: str, seen: str, now: datetime
) -> PushDoor:
    """The browser that asked shows urgent news from now on. Asked again, it stays one door, and is
    the door of whoever is signed in there now.

    Raises: Invalid (push_wrong, push_too_many).
    """
    _check_address(endpoint, _ADDRESS_MAX, "push_wrong")
    try:
        webpush.check_keys(p256dh, auth)
    except ValueError as error:
        raise Invalid(code="push_wrong") from error
    name = hashlib.sha256(endpoint.encode()).hexdigest()
    others = PushDoor.objects.filter(person=person).exclude(endpoint_hash=name)
    if others.count() >= PUSH_DOORS_MAX:
        raise Invalid(code="push_too_many", limit=PUSH_DOORS_MAX)
    door, _ = PushDoor.objects.update_or_create(
        endpoint_hash=name,
        defaults={
            "person": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth,
            "seen": " ".join(seen.split())[:_SEEN_MAX], "failed_at": None, "trouble": "",
        },
        create_defaults={
            "person": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth,
            "seen": " ".join(seen.split())[:_SEEN_MAX], "created_at": now,
        },
    )  # fmt: skip
    return door


def close_push(person: Person, door_id: UUID) -> None:
    """Raises: NotFound (none, or not one's own)."""
    gone, _ = PushDoor.objects.filter(person=person, pk=door_id).delete()
    if not gone:
        raise NotFound(what="door")


def try_doors(person: Person, *, now: datetime) -> int:
    """An urgent notice to oneself, which says that it is a trial. How many doors ring.

    Raises: Invalid("doors_no_workspace") for a member of nothing.
    """
    workspace = workspaces_of(person).first()
    if workspace is None:
        raise Invalid(code="doors_no_workspace")
    with transaction.atomic():
        notice = Notice.objects.create(
            workspace=workspace, person=person, code="doors_tried", urgent=True,
            key=f"doors_tried:{now.isoformat()}", data={}, path="/profile/doors/",
            mail_state="off", created_at=now,
        )  # fmt: skip
        return len(ring([notice], webhooks=False, now=now))


def add_webhook(by: Access, *, url: str, name: str, now: datetime) -> WebhookDoor:
    """The workspace tells this machine of what is urgent. Raises: Forbidden; Invalid
    (webhook_wrong, webhook_twice, webhook_too_many, name_empty, name_too_long)."""
    checks.may(by, Right.INVITE)
    _check_address(url, _URL_MAX, "webhook_wrong", field="url")
    if WebhookDoor.objects.filter(workspace=by.workspace).count() >= WEBHOOKS_MAX:
        raise Invalid(code="webhook_too_many", limit=WEBHOOKS_MAX)
    try:
        with transaction.atomic():
            door = WebhookDoor.objects.create(
                workspace=by.workspace, url=url, name=checks.name(name), made_by=by.person,
                created_at=now,
            )  # fmt: skip
            _record(by, door, "webhook.made", now)
    except IntegrityError as error:
        raise Invalid(code="webhook_twice", field="url") from error
    return door


def switch_webhook(by: Access, door_id: UUID, *, on: bool, now: datetime) -> None:
    """Raises: Forbidden; NotFound."""
    door = _webhook(by, door_id)
    with transaction.atomic():
        if WebhookDoor.objects.filter(pk=door.pk).exclude(on=on).update(on=on):
            _record(by, door, "webhook.on" if on else "webhook.off", now)


def remove_webhook(by: Access, door_id: UUID, *, now: datetime) -> None:
    """Nothing goes there any more, and its secret signs nothing. Raises: Forbidden; NotFound."""
    door = _webhook(by, door_id)
    with transaction.atomic():
        gone, _ = WebhookDoor.objects.filter(pk=door.pk).delete()
        if gone:
            _record(by, door, "webhook.removed", now)


def try_webhook(by: Access, door_id: UUID, *, now: datetime) -> None:
    """A trial rings this door alone. Raises: Forbidden; NotFound; Invalid("webhook_drill")."""
    door = _webhook(by, door_id)
    if by.workspace.drill:
        raise Invalid(code="webhook_drill")
    with transaction.atomic():
        notice = Notice.objects.create(
            workspace=by.workspace, person=by.person, code="doors_tried", urgent=True,
            key=f"doors_tried:{door.pk}:{now.isoformat()}", data={},
            path=f"/w/{by.workspace.slug}/settings/doors/", mail_state="off", created_at=now,
        )  # fmt: skip
        ring([notice], only=door, now=now)


def _webhook(by: Access, door_id: UUID) -> WebhookDoor:
    checks.may(by, Right.INVITE)
    door = WebhookDoor.objects.filter(workspace=by.workspace, pk=door_id).first()
    if door is None:
        raise NotFound(what="door")
    return door


def _check_address(url: str, longest: int, code: str, field: str | None = None) -> None:
    """https, or what this installation lets through on its own machine. Where the name leads is
    looked at each time it is called."""
    try:
        parsed = httpx.URL(url)
        ours = check(parsed, settings.ALLOWED_ORIGINS)
    except (httpx.InvalidURL, EgressRefused) as error:
        raise Invalid(code=code, field=field) from error
    if len(url) > longest or not (ours or parsed.scheme == "https"):
        raise Invalid(code=code, field=field)


def _record(by: Access, door: WebhookDoor, verb: str, now: datetime) -> None:
    data = {"name": door.name, "host": httpx.URL(door.url).host}
    record([Fact(by.workspace.pk, verb, "webhook", door.pk, data)], by=by.person.pk, now=now)
