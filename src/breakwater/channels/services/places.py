"""Where the people are whom an account speaks to."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel
from breakwater.domain.errors import Invalid, NotFound

_COUNTRY = re.compile(r"(?:[A-Z]{2})?")


def set_country(
    workspace_id: UUID, channel_id: UUID, country: str, *, by: UUID, now: datetime
) -> Channel:
    """The channel's country (ISO 3166, two letters; "" for none), by which a pause can be narrowed.

    Raises: NotFound; Invalid with `field`.
    """
    code = country.strip().upper()
    if not _COUNTRY.fullmatch(code):
        raise Invalid(code="field_choice", field="country")
    with transaction.atomic():
        rows = Channel.objects.select_for_update().filter(workspace_id=workspace_id)
        channel = rows.filter(pk=channel_id).first()
        if channel is None:
            raise NotFound(what="channel")
        if channel.country != code:
            channel.country = code
            channel.save(update_fields=["country"])
            fact = Fact(workspace_id, "channel.country", "channel", channel.pk, {"country": code})
            record([fact], by=by, now=now)
    return channel
