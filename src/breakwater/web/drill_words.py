"""How the times of a drill are said."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

STEPS: Mapping[str, str | Promise] = {
    "noticed": _("Noticed"),
    "contained": _("Contained"),
    "decided": _("Decided"),
    "answered": _("Answered"),
}
FACTS: Mapping[str, str | Promise] = {
    "alarm": _("somebody answered the alarm"),
    "incident": _("somebody opened an incident"),
    "pause": _("somebody paused everything"),
    "deleted": _("all that was to go is gone"),
    "paused": _("nothing more could leave"),
    "verdict": _("somebody signed what becomes of the post"),
    "contain": _("somebody signed that these posts are not yours"),
    "review": _("all that was planned has its decision"),
    "statement": _("the statement is out"),
    "answer": _("the first answer to somebody is out"),
}


def minutes(value: float) -> str:
    """Of the scenario's clock, in whole minutes."""
    return _now("%(n)s min") % {"n": round(value)}


def duration(seconds: float) -> str:
    """Real time: seconds, and minutes from one on."""
    whole = round(seconds)
    if whole < 60:
        return _now("%(n)s s") % {"n": whole}
    return _now("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": whole % 60}
