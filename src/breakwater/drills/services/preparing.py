"""When a drill's clock may start."""

from datetime import datetime, timedelta

from breakwater.channels.models import Channel
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.drills.models import Drill
from breakwater.strays.models import Watched

PATIENCE = timedelta(seconds=60)
"""It starts without them then: a drill is not kept waiting by a desk that has much to do."""


def ready(drill: Drill, now: datetime) -> bool:
    """Whether the brand's own posts are out and its accounts are watched: what came before the
    watch began would be nobody's alarm."""
    if now - drill.created_at >= PATIENCE:
        return True
    waiting = Delivery.objects.filter(workspace=drill.workspace).exclude(state__in=OUT)
    channels = Channel.objects.filter(workspace=drill.workspace).count()
    watched = Watched.objects.filter(
        channel__workspace=drill.workspace, began_at__isnull=False
    ).count()
    return not waiting.exists() and watched == channels
