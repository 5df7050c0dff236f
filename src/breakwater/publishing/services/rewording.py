"""What is out says something else: of a post only with a decision on what was approved."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.delivery.models import Delivery
from breakwater.delivery.services import talking
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.statements import check_text
from breakwater.publishing.models import Post, Version
from breakwater.publishing.services.approvals import check_person


def reword(
    delivery: Delivery,
    text: str,
    *,
    tags: Sequence[str] = (),
    request: UUID,
    by: UUID,
    now: datetime,
) -> Delivery:
    """The delivery that changes a post; the same request again gives the same one.

    Its words were approved, so whoever changes them must be one who could approve it. Raises: as
    `talking.change`; Forbidden as an approval does; StaleState where it is no post;
    Invalid("statement_claims") where a statement would claim what nothing shows.
    """
    with transaction.atomic():
        version = Version.objects.select_related("post").filter(pk=delivery.source).first()
        if version is None:
            raise StaleState(code="not_approved")
        check_person(version.post, version, by)
        _check_statement(version.post, text)
        return talking.change(delivery, text, tags=tags, request=request, by=by, now=now)


def _check_statement(post: Post, text: str) -> None:
    """One text of several cannot be counted; what it claims can be asked about."""
    if post.purpose != STATEMENT:
        return
    for one in check_text("", [text], proved=bool(post.statement.get("proved"))):
        raise Invalid(code=one.code, field="text", **(one.data or {}))
