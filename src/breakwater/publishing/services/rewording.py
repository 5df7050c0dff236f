"""What is out says something else: of a post only with a decision on what was approved."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.delivery.models import Delivery
from breakwater.delivery.services import talking
from breakwater.domain.errors import StaleState
from breakwater.publishing.models import Version
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
    `talking.change`; Forbidden as an approval does; StaleState where it is no post.
    """
    with transaction.atomic():
        version = Version.objects.select_related("post").filter(pk=delivery.source).first()
        if version is None:
            raise StaleState(code="not_approved")
        check_person(version.post, version, by)
        return talking.change(delivery, text, tags=tags, request=request, by=by, now=now)
