"""People hear that a pause began, was pressed again and ended: once each, whatever it holds."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.models import Entry
from breakwater.audit.selectors import about
from breakwater.notices.services import tell
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import asking, left_of, told
from breakwater.people.models import Person


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
    """Once for each press; of several since the last round, of the last."""
    with transaction.atomic():
        own = Pause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
        if own.began_told:
            return
        again = about([own.pk], "pause.again").last()
        data = {
            "who": _who(pause, again), "why": again.data["why"] if again else own.why,
            "held": pause.held, "leaving": len(left_of(pause)),
        }  # fmt: skip
        code = "pause_began_daily" if own.mode == "daily" else "pause_began"
        _tell(pause, code, data, now, press=f":{again.number}" if again else "")
        own.began_told = True
        own.save(update_fields=["began_told"])


def _who(pause: Pause, again: Entry | None) -> str:
    """Who pressed, or pressed again."""
    if again is None or again.actor_id is None:
        return str(pause.by or "") if again is None else ""
    return str(Person.objects.filter(pk=again.actor_id).first() or "")


def _tell_ended(pause: Pause, now: datetime) -> None:
    data = {"who": str(pause.ended_by or ""), "asks": asking(pause)}
    _tell(pause, "pause_ended", data, now)
    Pause.objects.filter(pk=pause.pk).update(ended_told=True)


def _tell(
    pause: Pause, code: str, data: dict[str, object], now: datetime, *, press: str = ""
) -> None:
    path = f"/w/{pause.workspace.slug}/pauses/{pause.pk}/"
    with transaction.atomic():
        tell(
            told(pause.workspace_id), code, key=f"{code}:{pause.pk}{press}", data=data, path=path,
            workspace_id=pause.workspace_id, now=now,
        )  # fmt: skip
