"""API tokens: `bw_<prefix>_<secret>`. The prefix finds the row, the secret's SHA-256 proves it."""

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.people import checks
from breakwater.people.models import ApiToken, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access, token_hash
from breakwater.people.services.uses import note_use

_PREFIX_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_PREFIX_LENGTH = 10


def create_token(
    by: Access,
    *,
    name: str,
    scopes: Collection[str],
    now: datetime,
    expires_at: datetime | None = None,
    with_approve: bool = False,
) -> tuple[ApiToken, str]:
    """The token's row, and the token itself: shown once, kept nowhere.

    scopes: names of Rights that the caller has (of a token: its own scopes). It acts for `by.person`, and never does what
    they may not. with_approve: said explicitly, or a token cannot approve.
    Raises: Forbidden; Invalid (name_empty, name_too_long, scopes_empty, scope_unknown,
    scope_not_yours, scope_approve, expiry_past).
    """
    checks.may(by, Right.INVITE)
    wanted = _wanted(by, scopes, with_approve=with_approve)
    if expires_at is not None and expires_at <= now:
        raise Invalid(code="expiry_past", field="expires_at")
    prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(_PREFIX_LENGTH))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            workspace=by.workspace,
            person=by.person,
            name=checks.name(name),
            prefix=prefix,
            secret_hash=token_hash(secret),
            scopes=wanted,
            expires_at=expires_at,
            created_at=now,
        )
        _record(by, token, "token.made", now)
    return token, f"bw_{prefix}_{secret}"


def revoke_token(by: Access, token_id: UUID, *, now: datetime) -> None:
    """The token is dead from now on. One's own, or any by those who may invite.

    Raises: NotFound (none, another workspace's, not yours to see, or dead already).
    """
    own = ApiToken.objects.filter(workspace=by.workspace, pk=token_id, revoked_at=None)
    if not by.may(Right.INVITE):
        own = own.filter(person=by.person)
    with transaction.atomic():
        token = own.first()
        if token is None or not own.update(revoked_at=now):
            raise NotFound(what="token")
        _record(by, token, "token.revoked", now)


def revoke_all(workspace: Workspace, *, by: UUID | None, now: datetime) -> int:
    """No API token of the workspace works any more: whoever stole one has nothing. How many.

    Whether the caller may is asked by the deed that this is a part of.
    """
    with transaction.atomic():
        alive = list(
            ApiToken.objects.select_for_update()
            .filter(workspace=workspace, revoked_at=None)
            .order_by("pk")
        )
        ApiToken.objects.filter(pk__in=[one.pk for one in alive]).update(revoked_at=now)
        record([_fact(one, "token.revoked") for one in alive], by=by, now=now)
    return len(alive)


def token_access(plain: str, right: Right, *, now: datetime, slug: str | None = None) -> Access:
    """What the bearer may do: the person's present rights that are among the token's scopes.

    slug: of the workspace in the address, which must be the token's own (None: the token's).
    Raises: Forbidden("token_invalid") for an unknown, wrong, dead or expired one, said alike;
    NotFound as `access`; Forbidden when the role or the scopes lack the right.
    """
    return bearer_access(proved_token(plain, now=now), right, now=now, slug=slug)


def bearer_access(
    token: ApiToken, right: Right | None, *, now: datetime, slug: str | None = None
) -> Access:
    """As `token_access`, of a token that is proved. right: None for what any token may."""
    if slug is not None and slug != token.workspace.slug:
        raise NotFound(what="workspace")
    if right is not None and right.value not in token.scopes:
        raise Forbidden(code="token_scope", right=right.value)
    granted = access(token.person, token.workspace.slug, right or Right.SEE)
    note_use(token, now)
    rights = granted.rights & {Right(scope) for scope in token.scopes}
    return Access(granted.person, granted.workspace, granted.role, rights)


def proved_token(plain: str, *, now: datetime) -> ApiToken:
    """The living token whose secret this is. Raises: Forbidden("token_invalid")."""
    parts = plain.split("_", 2)
    prefix, secret = (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "bw" else ("", "")
    token = (
        ApiToken.objects.select_related("person", "workspace")
        .filter(Q(expires_at=None) | Q(expires_at__gt=now), prefix=prefix, revoked_at=None)
        .first()
    )
    kept = token.secret_hash if token else ""
    if not hmac.compare_digest(kept, token_hash(secret)) or token is None:
        raise Forbidden(code="token_invalid")
    return token


def _wanted(by: Access, scopes: Collection[str], *, with_approve: bool) -> list[str]:
    wanted = set(scopes)
    if not wanted:
        raise Invalid(code="scopes_empty", field="scopes")
    if wanted - {right.value for right in Right}:
        raise Invalid(code="scope_unknown", field="scopes")
    if wanted - {right.value for right in by.rights}:
        raise Invalid(code="scope_not_yours", field="scopes")
    if Right.APPROVE.value in wanted and not with_approve:
        raise Invalid(code="scope_approve", field="scopes")
    return sorted(wanted)


def _record(by: Access, token: ApiToken, verb: str, now: datetime) -> None:
    record([_fact(token, verb)], by=by.person.pk, now=now)


def _fact(token: ApiToken, verb: str) -> Fact:
    data = {"prefix": token.prefix, "scopes": token.scopes}
    return Fact(token.workspace_id, verb, "token", token.pk, data)
