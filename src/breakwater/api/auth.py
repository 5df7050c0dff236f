"""Who calls: the bearer of an API token. There is no other way in, so no cookie opens anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from breakwater.api.limits import check_size, count_call
from breakwater.api.parsing import check_body
from breakwater.core import clock
from breakwater.domain.errors import Forbidden
from breakwater.people.models import ApiToken
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.services import bearer_access, proved_token

_FORM_BYTES = 1024 * 1024
"""What a multipart body may have besides its file."""


@dataclass(frozen=True)
class Call:
    """One request of a token: what every route is handed. access: what the token may here."""

    request: HttpRequest
    access: Access
    token: ApiToken
    now: datetime

    @property
    def by(self) -> UUID:
        return self.access.person.pk

    @property
    def workspace_id(self) -> UUID:
        return self.access.workspace.pk

    def need(self, right: Right) -> None:
        """Nothing, or Forbidden: for what a request asks beyond its route's own right."""
        if not self.access.may(right):
            raise Forbidden(code="token_scope", right=right.value)


class Bearer(HttpBearer):
    """`Authorization: Bearer bw_…`, whose token has the route's right in the path's workspace.

    right: None for what any living token may. uploads: the route takes a picture.
    """

    def __init__(self, right: Right | None, *, uploads: bool = False) -> None:
        super().__init__()
        self._right = right
        self._uploads = uploads

    def authenticate(self, request: HttpRequest, token: str) -> Call:
        now = clock.now()
        proved = proved_token(token.strip(), now=now)
        if "Accept-Language" not in request.headers:
            translation.activate(proved.person.language)
        count_call(proved.pk, now)
        granted = bearer_access(proved, self._right, now=now, slug=_slug(request))
        check_size(request, self._most())
        if not self._uploads:
            check_body(request)
        return Call(request, granted, proved, now)

    def _most(self) -> int:
        if self._uploads:
            media = settings.UPLOAD_MAX_BYTES, settings.VIDEO_MAX_BYTES, settings.DOCUMENT_MAX_BYTES
            return int(max(media)) + _FORM_BYTES
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def call_of(request: HttpRequest) -> Call:
    """The call that `Bearer` let in."""
    return cast(Call, request.auth)  # type: ignore[attr-defined]  # ninja puts it there


def _slug(request: HttpRequest) -> str | None:
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    return None if slug is None else str(slug)
