"""Posts of Harbour on their way, planned from today on, since pages read the real clock."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.domain.walltime import local
from breakwater.media.models import Asset
from breakwater.media.services import upload
from breakwater.people.models import Person, Policy, Workspace
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Post, Version
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.tests.conftest import make_channel, out

ZONE = "Europe/Paris"


def wall(days: int = 3, at: str = "09:30") -> str:
    day = (local(clock.now(), ZONE) + timedelta(days=days)).date()
    return f"{day}T{at}"


def channel(workspace: Workspace, handle: str) -> Channel:
    return make_channel(workspace, handle, clock.now())


def picture(workspace: Workspace, by: Person, colour: str = "navy") -> Asset:
    return upload(workspace.pk, png(colour), file_name=f"{colour}.png", by=by.pk, now=clock.now())


def png(colour: str = "navy") -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return data.getvalue()


def draft(
    by: Person, *channels: Channel, text: str = "Fog on the pier.", days: int = 3, **changes: Any
) -> Post:
    """Ready to be submitted."""
    values: dict[str, Any] = {
        "text": text,
        "language": "en",
        "targets": {one.pk: TargetOf() for one in channels},
        "wall": wall(days),
        "zone": ZONE,
        **changes,
    }
    workspace_id = channels[0].workspace_id
    return services.new_post(workspace_id, by=by.pk, now=clock.now(), content=Content(**values))


def submitted(by: Person, *channels: Channel, **changes: Any) -> Version:
    """Waits for an approval."""
    return services.submit(draft(by, *channels, **changes), by=by.pk, now=clock.now())


def scheduled(by: Person, yes: Person, *channels: Channel, **changes: Any) -> Post:
    """Approved by `yes`; leaves at its time."""
    version = submitted(by, *channels, **changes)
    return services.decide(
        version, by=yes.pk, approved=True, digest=version.digest, now=clock.now()
    )


def published(by: Person, yes: Person, *channels: Channel, **changes: Any) -> Post:
    """Out on all its channels, read back."""
    post = scheduled(by, yes, *channels, **changes)
    for row in deliveries_of(post):
        out(row, now=clock.now())
    return post


def alone(workspace: Workspace) -> None:
    """The workspace asks for no approvals."""
    Workspace.objects.filter(pk=workspace.pk).update(policy=Policy.NONE)


def rows_of(post: Post) -> list[Delivery]:
    return list(Delivery.objects.filter(workspace_id=post.workspace_id))


def today() -> datetime:
    return local(clock.now(), ZONE)
