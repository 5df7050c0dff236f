"""The dossier of a pause as a PDF: what was held, what was decided, by whom, when and why."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language

from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.printing import pdf
from breakwater.pauses.lines import What
from breakwater.pauses.models import ReviewLine
from breakwater.pauses.reviewing import planned_of
from breakwater.pauses.selectors import pause_of
from breakwater.pauses.services.dossier import dossier
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import review_words as words
from breakwater.web import watch_words
from breakwater.web.page import page
from breakwater.web.shown import network_name

_EXCERPT = 600


@page(right=Right.AUDIT)
def as_pdf(_request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    pause = pause_of(access.workspace.pk, pause_id)
    found = dossier(access, pause, now=clock.now())
    titles = {pk: one.post.title for pk, one in planned_of(found.slots).items()}
    names = {str(one.pk): str(one) for one in channels(access.workspace.pk)}
    language = get_language() or "en"
    context = {
        "access": access,
        "found": found,
        "pause": pause,
        "zone": access.workspace.zone,
        "progress": [(words.WHATS[one.what], one) for one in found.progress],
        "lines": [_line(row, two=pause.two_persons) for row in found.lines],
        "slots": [(one, titles.get(one.version, "")) for one in found.slots],
        "signals": [(one, watch_words.signal(one, names, language)) for one in found.signals],
    }
    data = pdf("pauses/dossier.html", context)
    name = f"pause-{pause.created_at:%Y-%m-%d}-{pause.pk.hex[-6:]}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _line(row: ReviewLine, *, two: bool) -> dict[str, Any]:
    network = str(row.shown.get("network", ""))
    title = str(row.shown.get("title", "")) or (network_name(network) if network else "")
    return {
        "row": row,
        "what": words.WHATS[row.what],
        "title": title,
        "text": str(row.shown.get("text", ""))[:_EXCERPT],
        "hints": [one.text for one in words.hints(row)],
        "decided": words.choice(row.what, row.decision) if row.decision else "",
        "outcome": words.outcome(row, two=two),
        "dated": row.what in (What.PLANNED, What.OUT),
    }


urlpatterns = [path("<uuid:pause_id>/dossier.pdf", as_pdf, name="pause-dossier")]
