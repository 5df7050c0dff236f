"""Webhooks of a workspace: machines that are told of what is urgent, at once and signed."""

from typing import Any
from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.doors import (
    WebhookMadeOut,
    WebhookOut,
    WebhooksOut,
    WebhookSwitchWish,
    WebhookWish,
)
from breakwater.notices.models import WebhookDoor
from breakwater.notices.selectors import webhook_doors
from breakwater.notices.services import doors
from breakwater.notices.webhooks import secret_of
from breakwater.people.roles import Right

router = Router(tags=["doors"])
_HERE = "/w/{slug}/webhooks"


@route(router, "GET", _HERE, right=Right.INVITE, answer=WebhooksOut)
def webhooks(call: Call) -> WebhooksOut:
    """The machines that are told, with what became of the last try; never their secrets."""
    found = webhook_doors(call.workspace_id)
    return WebhooksOut(items=[WebhookOut(**_shown(one)) for one in found])


@route(
    router, "POST", _HERE, right=Right.INVITE, answer=WebhookMadeOut, status=201,
    once_only=("secret",),
)  # fmt: skip
def add_webhook(call: Call, wish: WebhookWish) -> WebhookMadeOut:
    """From now on it is told of what is urgent. Its secret is shown this once."""
    made = doors.add_webhook(call.access, url=wish.url, name=wish.name, now=call.now)
    return WebhookMadeOut(**_shown(made), secret=secret_of(made.pk))


@route(router, "PUT", f"{_HERE}/{{webhook_id}}", right=Right.INVITE, status=204)
def switch_webhook(call: Call, webhook_id: UUID, wish: WebhookSwitchWish) -> None:
    """Switched off it is kept and told nothing; switched on it is told again."""
    doors.switch_webhook(call.access, webhook_id, on=wish.on, now=call.now)


@route(router, "DELETE", f"{_HERE}/{{webhook_id}}", right=Right.INVITE, status=204)
def delete_webhook(call: Call, webhook_id: UUID) -> None:
    """It is told nothing more, and its secret signs nothing more."""
    doors.remove_webhook(call.access, webhook_id, now=call.now)


@route(router, "POST", f"{_HERE}/{{webhook_id}}/try", right=Right.INVITE, status=204)
def try_webhook(call: Call, webhook_id: UUID) -> None:
    """A trial is sent to it within a second or two, and says that it is one."""
    doors.try_webhook(call.access, webhook_id, now=call.now)


def _shown(door: WebhookDoor) -> dict[str, Any]:
    return {
        "id": door.pk,
        "name": door.name,
        "url": door.url,
        "on": door.on,
        "used_at": door.used_at,
        "trouble": door.trouble,
    }
