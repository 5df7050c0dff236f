"""What LinkedIn pushes: social actions on an organisation's posts, for apps that may have webhooks.

Signed with the client secret: hex(HMAC-SHA256("hmacsha256=" + body)) in X-LI-Signature. No time is
in it; what comes twice is known by its notificationId (it is sent again for up to 8 hours).
Sources: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation and .../
marketing/community-management/organizations/organization-social-action-notifications, 2026-11-28.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Account, Arrived, Author, Echo, Pushed, Secrets, Source, What
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api

_EVENT = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"
_PREFIX = "hmacsha256="
_COMMENTS = {
    "COMMENT": What.COMMENT,
    "ADMIN_COMMENT": What.COMMENT,
    "COMMENT_EDIT": What.COMMENT,
    "COMMENT_DELETE": What.GONE,
}
_MOST_CODE = 200


class LinkedInHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        code, secret = query.get("challengeCode", ""), app.get("client_secret", "")
        if not secret or not code or len(code) > _MOST_CODE:
            raise Refused("hook_refused", "not the question that was agreed")
        answer = {"challengeCode": code, "challengeResponse": _hex(secret, code.encode())}
        return Echo(json.dumps(answer), "application/json")

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        del now  # no time is signed
        secret = app.get("client_secret", "")
        given = headers.get("x-li-signature", "").strip().lower().removeprefix(_PREFIX)
        wanted = _hex(secret, _PREFIX.encode() + body)
        if not secret or not hmac.compare_digest(wanted.encode(), given.encode()):
            raise Refused("hook_refused", "the signature is not that of our app")

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        try:
            said = json.loads(body)
        except ValueError as error:
            raise Refused("hook_refused", "no JSON") from error
        if not isinstance(said, dict) or said.get("type") != _EVENT:
            return ()
        notices = said.get("notifications")
        rows = notices if isinstance(notices, list) else []
        return tuple(found for row in rows if isinstance(row, dict) and (found := pushed(row)))


def pushed(row: Mapping[str, Any]) -> Pushed | None:
    """One notification; None for likes and reposts. Without its words, it says where to look."""
    entity, action = str(row.get("organizationalEntity", "")), str(row.get("action", ""))
    if not entity:
        return None
    if action == "SHARE_MENTION":
        arrived = mention(row)
        return (
            Pushed(entity, (arrived,)) if arrived.text else Pushed(entity, (), (Source.MENTIONS,))
        )
    if action not in _COMMENTS:
        return None
    told = _decorated(row, "comment")
    if _COMMENTS[action] is What.COMMENT and not told.get("text"):
        return Pushed(entity, (), (Source.COMMENTS,))
    return Pushed(entity, (_comment(row, told, action),))


def mention(row: Mapping[str, Any]) -> Arrived:
    """A post that mentions the organisation; its words only where the notification has them."""
    told = _decorated(row, "share")
    urn = str(told.get("entity") or row.get("generatedActivity") or row.get("sourcePost") or "")
    return Arrived(
        What.MENTION, urn, _at(row), _author(told), str(told.get("text") or ""),
        urns.public_address(urn), raw=dict(row),
    )  # fmt: skip


async def subscribe(api: Api, account: Account, app: Secrets, address: str) -> None:
    """Social actions of this organisation are pushed to `address`, as long as the member's
    sign-in lasts."""
    await api.send("PUT", _subscription(account, app), {"webhook": address}, safe=True)


async def unsubscribe(api: Api, account: Account, app: Secrets) -> None:
    await api.send("DELETE", _subscription(account, app), safe=True)


def _subscription(account: Account, app: Secrets) -> str:
    member, number = account.secrets.get("member", ""), app.get("application_id", "")
    if not account.remote_id.startswith(urns.ORGANISATION) or not member or not number:
        raise Unsupported("webhooks are for organisations, and need the number of the app")
    key = ",".join(
        (
            f"developerApplication:{urns.path(f'urn:li:developerApplication:{number}')}",
            f"user:{urns.path(member)}",
            f"entity:{urns.path(account.remote_id)}",
            f"eventType:{_EVENT}",
        )
    )
    return f"/rest/eventSubscriptions/({key})"


def _comment(row: Mapping[str, Any], told: Mapping[str, Any], action: str) -> Arrived:
    urn = urns.whole(str(told.get("entity") or row.get("generatedActivity") or ""))
    posted = row.get("decoratedSourcePost")
    about = posted.get("entity") if isinstance(posted, dict) else None
    entity = str(row.get("organizationalEntity", ""))
    return Arrived(
        _COMMENTS[action],
        urn,
        _at(row),
        _author(told),
        str(told.get("text") or ""),
        urns.public_address(urn),
        about=str(about or row.get("sourcePost") or ""),
        own=action == "ADMIN_COMMENT" or told.get("owner") == entity,
        raw=dict(row),
    )


def _decorated(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    decorated = row.get("decoratedGeneratedActivity")
    told = decorated.get(name) if isinstance(decorated, dict) else None
    return told if isinstance(told, dict) else {}


def _author(told: Mapping[str, Any]) -> Author:
    return Author(str(told.get("owner") or ""))


def _at(row: Mapping[str, Any]) -> datetime:
    moment = row.get("lastModifiedAt")
    if not isinstance(moment, int):
        raise Refused("hook_refused", "a notification without a time")
    return datetime.fromtimestamp(moment / 1000, UTC)


def _hex(secret: str, data: bytes) -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
