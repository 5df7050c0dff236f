"""What an incident is opened from, in words and with its address; and what the form proposes then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now

from breakwater.channels.selectors import channels
from breakwater.domain.triage import Category
from breakwater.incidents.origins import Origin
from breakwater.incidents.services.opening import TITLE_MAX
from breakwater.web import inbox_pile_words, watch_words
from breakwater.web.inbox_words import ONE
from breakwater.web.incident_words import FROM

KINDS: Mapping[str, str] = {
    "post": "bad_post", "delivery": "bad_post", "thread": "other", "pile": "pile_on",
    "signal": "event", "pause": "event",
}  # fmt: skip
"""What it most likely is; the form lets choose."""


@dataclass(frozen=True)
class Shown:
    """word: "from a post". title: what of it may be shown: words of ours, never those of a stranger.
    named: the title is a name that the incident could bear, too."""

    word: str
    title: str
    url: str
    named: bool = True


def shown(origin: Origin, slug: str) -> Shown:
    title, url, named = _SHOW[origin.kind](origin.row, slug)
    return Shown(str(FROM[origin.kind]), title, url, named)


def proposed(origin: Origin | None, slug: str) -> dict[str, Any]:
    """What the form begins with."""
    if origin is None:
        return {"kind": "bad_post"}
    found = shown(origin, slug)
    title = found.title[:TITLE_MAX] if found.named else ""
    return {"kind": KINDS[origin.kind], "title": title}


def _post(row: Any, slug: str) -> tuple[str, str, bool]:
    title = row.title or _now("(no text yet)")
    return title, reverse("post", args=[slug, row.pk]), bool(row.title)


def _delivery(row: Any, slug: str) -> tuple[str, str, bool]:
    text = str(row.payload.get("text") or row.channel)[:120]
    return text, reverse("delivery", args=[slug, row.pk]), True


def _thread(row: Any, slug: str) -> tuple[str, str, bool]:
    """Its category and its channel: whoever reads the incident chose nothing of what they are spared."""
    said = _now("%(what)s on %(channel)s")
    title = said % {"what": ONE[Category(row.category)], "channel": row.channel}
    return title, reverse("inbox-thread", args=[slug, row.pk]), False


def _pile(row: Any, slug: str) -> tuple[str, str, bool]:
    return inbox_pile_words.label(row), reverse("inbox-pile", args=[slug, row.pk]), True


def _signal(row: Any, slug: str) -> tuple[str, str, bool]:
    names = {str(one.pk): str(one) for one in channels(row.workspace_id)}
    said = watch_words.signal(row, names, get_language() or "en")
    return said.title, f"{reverse('watch', args=[slug])}#signal-{row.pk}", True


def _pause(row: Any, slug: str) -> tuple[str, str, bool]:
    return row.why, reverse("pause", args=[slug, row.pk]), True


_SHOW: Mapping[str, Callable[[Any, str], tuple[str, str, bool]]] = {
    "post": _post,
    "delivery": _delivery,
    "thread": _thread,
    "pile": _pile,
    "signal": _signal,
    "pause": _pause,
}
