"""How a pause's scope and what it leaves open are said."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.channels.selectors import channels
from breakwater.pauses.barriers import CLOSABLE
from breakwater.pauses.models import Pause

OPEN: dict[str, str | Promise] = {
    "replies": _("Answers and corrections by named persons"),
    "deeds": _("Hiding, liking, reporting by named persons"),
    "rules": _("Hiding and muting by rules, which spare people"),
}


@dataclass(frozen=True)
class Closing:
    """code: of CLOSABLE."""

    code: str
    word: str | Promise
    closed: bool


def closings(pause: Pause) -> list[Closing]:
    return [Closing(code, OPEN[code], code in pause.closed) for code in CLOSABLE]


def reasons_of(pause: Pause) -> list[str]:
    """What a narrowed pause is about, by name; empty for everything."""
    scope = pause.scope
    if not scope:
        return []
    wanted = {UUID(one) for one in scope.get("channels", [])}
    names = [str(one) for one in channels(pause.workspace_id) if one.pk in wanted]
    return [*names, *scope.get("labels", []), *scope.get("countries", [])]
