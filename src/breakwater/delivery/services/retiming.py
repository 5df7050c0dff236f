"""A person confirmed another time: what was written by the old one is counted by the new one.

Without this a call that is two hours old would look fresh after a clock was set back by two
hours: its key would be trusted when the network has long forgotten it, and a look would search
later than the post was made, find nothing, and send it again.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from breakwater.channels.services import retime_quiet
from breakwater.delivery.models import Circuit, Delivery

_ONCE_DOUBTFUL = Q(state__in=("sending", "unknown")) | Q(doubtful=True)


def retime(by: timedelta, *, sure: bool, now: datetime) -> None:
    """Call inside the transaction of the confirmation.

    by: the new time minus the old one. sure: whether that is known; else the clock went back by at
    least so much, and what is in doubt counts as so old that only a person sends it again.
    Forward, a first call keeps its moment: it looks older than it is, so a person is asked.
    """
    unknown = Delivery.objects.filter(state="unknown")
    unknown.update(state_at=F("state_at") + by)
    if by < timedelta(0):
        _back(by, by if sure else by - settings.TIMINGS.probe_within, now)
        retime_quiet(by, now=now)


def _back(by: timedelta, sent: timedelta, now: datetime) -> None:
    doubtful = Delivery.objects.filter(_ONCE_DOUBTFUL, first_sent_at__isnull=False)
    doubtful.update(first_sent_at=F("first_sent_at") + sent)
    Delivery.objects.filter(state="accepted").update(accepted_at=F("accepted_at") + by)
    later = Delivery.objects.filter(not_before__gt=now)
    later.filter(state__in=("unknown", "accepted")).update(not_before=now)
    later.filter(state="retry_wait").update(not_before=F("not_before") + by)
    for name in ("probe_at", "probe_until", "quiet_until"):
        Circuit.objects.filter(**{f"{name}__gt": now}).update(**{name: F(name) + by})
    Circuit.objects.filter(closed_at__gt=now).update(closed_at=now)
