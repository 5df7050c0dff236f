"""What trying an account gave, kept for its page."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel, Trial
from breakwater.channels.selectors import Outcome
from breakwater.networks.base import Can

_LONGEST = 500


def keep_trials(
    channel: Channel,
    found: Mapping[Can, tuple[Outcome, str]],
    *,
    wrote: bool,
    by: UUID | None,
    now: datetime,
) -> None:
    """The channel's page says what was found, by ability; with the network's own word.

    What had been shown before is not forgotten because a later try proved nothing. wrote: whether
    something was published for it.
    """
    with transaction.atomic():
        shown = set(
            Trial.objects.filter(channel=channel, outcome=Outcome.SHOWN).values_list(
                "can", flat=True
            )
        )
        for can, (outcome, detail) in found.items():
            if outcome is Outcome.UNCLEAR and can in shown:
                continue
            Trial.objects.update_or_create(
                channel=channel,
                can=can.value,
                defaults={"outcome": outcome, "detail": detail[:_LONGEST], "created_at": now},
            )
        data = {"network": channel.network, "tried": len(found), "wrote": wrote}
        fact = Fact(channel.workspace_id, "channel.probed", "channel", channel.pk, data)
        record([fact], by=by, now=now)
