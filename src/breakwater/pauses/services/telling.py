"""People hear that a pause began and that it ended: once each, whatever it holds."""

from datetime import datetime

from django.db import transaction

from breakwater.notices.services import tell
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import asking, left_of, told
from breakwater.pauses.services.pausing import counted


def tell_of_pauses(*, now: datetime) -> int:
    """All who plan, answer or respond know of each pause that began or ended; how many there were.

    Run again, twice at once or after a crash: a notice has its key.
    """
    rows = Pause.objects.select_related("workspace", "by", "ended_by").order_by("created_at", "pk")
    began = list(rows.filter(began_told=False))
    ended = list(rows.filter(state="ended", ended_told=False))
    for pause in began:
        _tell_began(pause, now)
    for pause in ended:
        _tell_ended(pause, now)
    return len(began) + len(ended)


def _tell_began(pause: Pause, now: datetime) -> None:
    """Whoever pressed was killed before the answer: then it is counted here."""
    if pause.held is None:
        counted(pause, now=now)
    data = {
        "who": str(pause.by or ""), "why": pause.why, "held": pause.held or 0,
        "leaving": len(left_of(pause)),
    }  # fmt: skip
    code = "pause_began_daily" if pause.mode == "daily" else "pause_began"
    _tell(pause, code, data, now)
    Pause.objects.filter(pk=pause.pk).update(began_told=True)


def _tell_ended(pause: Pause, now: datetime) -> None:
    data = {"who": str(pause.ended_by or ""), "asks": asking(pause)}
    _tell(pause, "pause_ended", data, now)
    Pause.objects.filter(pk=pause.pk).update(ended_told=True)


def _tell(pause: Pause, code: str, data: dict[str, object], now: datetime) -> None:
    path = f"/w/{pause.workspace.slug}/pauses/{pause.pk}/"
    with transaction.atomic():
        tell(
            told(pause.workspace_id), code, key=f"{code}:{pause.pk}", data=data, path=path,
            workspace_id=pause.workspace_id, now=now,
        )  # fmt: skip
