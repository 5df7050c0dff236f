"""Planned posts that would jar after an event."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min

from breakwater.delivery.models import Delivery
from breakwater.domain.jarring import Event, hints
from breakwater.domain.kinds import PUBLISH
from breakwater.pauses.lines import PLANNED_STATES, text_of
from breakwater.publishing.models import Version

WITHIN = timedelta(hours=48)
MOST = 500
SHOWN = 20


def would_jar(workspace_id: UUID, event: Event, *, now: datetime) -> list[dict[str, Any]]:
    """Of what leaves within two days, what has words that would jar, the soonest first: {version,
    post, title, when, words, strong}. strong: the event is about just that, or it names it."""
    rows = Delivery.objects.filter(
        workspace_id=workspace_id, kind=PUBLISH, state__in=PLANNED_STATES,
        due_at__lte=now + WITHIN,
    )  # fmt: skip
    soon = dict(
        rows.order_by().values("source").annotate(due=Min("due_at")).order_by("due")
        .values_list("source", "due")[:MOST]
    )  # fmt: skip
    found = []
    for one in Version.objects.filter(pk__in=soon).select_related("post"):
        said = hints(text_of(one.content), event, str(one.content.get("language", "")))
        if said:
            found.append(
                {
                    "version": str(one.pk),
                    "post": str(one.post_id),
                    "title": one.post.title,
                    "when": soon[one.pk].isoformat(),
                    "words": [hint.word for hint in said[:5]],
                    "strong": any(hint.why != "list" for hint in said),
                }
            )
    found.sort(key=lambda one: (not one["strong"], one["when"]))
    return found[:SHOWN]
