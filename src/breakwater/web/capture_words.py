"""Captures in words: what state one is in, what of it is missing, what a look for it gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.core.messages import knows, sentence
from breakwater.evidence.models import Capture, Stamp
from breakwater.web.states import Look

LOOKS_LIKE: Mapping[str, Look] = {
    "asked": Look(_("asked for"), "clock", "sea"),
    "taking": Look(_("being taken"), "loader", "sea"),
    "sealed": Look(_("kept whole"), "shield-check", "done"),
    "partial": Look(_("kept in part"), "circle-help", "ask"),
    "failed": Look(_("not kept"), "circle-x", "stop"),
}
_SHREDDED = Look(_("shredded"), "archive", "idle")
NAMES: Mapping[str, str | Promise] = {
    "post": _("The post as the network’s interface gives it"),
    "media": _("A picture or film of it"),
    "page": _("Its page, as anybody gets it"),
    "profile": _("The account’s profile"),
    "comments": _("Comments below it"),
    "figures": _("Its figures"),
    "disk": _("Room on the disk"),
}
_CODES: Mapping[str, str | Promise] = {
    "late": _("did not come in time"),
    "not_there": _("the network says that it is not there"),
    "unsupported": _("this network does not give it"),
    "bare": _("the network shows neither text nor pictures of it"),
    "disconnected": _("the channel is not connected"),
    "too_large": _("larger than 25 MB: its address alone is kept"),
    "refused": _("the network did not hand it out"),
    "not_reached": _("could not be reached"),
    "not_understood": _("the answer was not understood"),
    "worker_gone": _("the process that had it in hand ended, five times"),
    "disk_full": _("the disk is full"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    "": _("to come"),
    "absent": _("not there"),
    "there": _("still there"),
    "unknown": _("could not be seen"),
}
ROUNDS: tuple[str | Promise, ...] = (_("At once"), _("After an hour"), _("After a day"))
LOOKS: Mapping[str, str | Promise] = {
    "seen": _("read on the page"),
    "exported": _("handed out"),
    "copied": _("handed out a copy with things blacked out"),
    "pictured": _("saw its pictures"),
}
_NO_STAMP: Mapping[str, str | Promise] = {
    "": _("It is asked for within a minute."),
    "stamp_away": _("The authority cannot be reached."),
    "stamp_silent": _("The authority did not answer in time."),
    "stamp_closed": _("The authority’s address may not be called from here."),
    "stamp_not_understood": _("What the authority answered is no time stamp."),
    "stamp_rejected": _("The authority refused to stamp it."),
    "stamp_of_another": _("What the authority stamped is not what it was asked for."),
    "stamp_signature": _("The stamp is not signed by an authority that this installation trusts."),
    "stamp_no_package": _("The package was no longer here, or damaged."),
}


@dataclass(frozen=True)
class Stamped:
    """What is said of a time stamp. authority, at: of one that was had. why: there is none, or none yet."""

    look: Look
    why: str | Promise = ""
    authority: str = ""
    at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True)
class Lack:
    """Something that is missing: what, why, and its address where there is one."""

    what: str
    why: str
    url: str


def look_of(capture: Capture) -> Look:
    return _SHREDDED if capture.shredded_at else LOOKS_LIKE[capture.state]


def stamp_look(stamp: Stamp | None, *, asked: bool) -> Stamped:
    """asked: whether this installation asks an authority at all."""
    if stamp is not None and stamp.outcome == "stamped":
        had = Look(_("time-stamped"), "circle-check", "done")
        return Stamped(had, authority=stamp.authority, at=stamp.at)
    if not asked:
        return Stamped(Look(_("not time-stamped by a third party"), "circle-help", "idle"))
    why = _NO_STAMP[stamp.trouble if stamp else ""]
    if stamp is not None and stamp.outcome == "refused":
        return Stamped(Look(_("given up"), "circle-x", "stop"), why)
    later = stamp.due_at if stamp and stamp.trouble else None
    return Stamped(Look(_("waiting"), "clock", "sea"), why, next_at=later)


def lacks(missing: Iterable[Mapping[str, Any]]) -> list[Lack]:
    return [
        Lack(
            str(NAMES.get(str(one["name"]), one["name"])),
            _why(str(one["code"])), str(one.get("url", "")),
        )
        for one in missing
    ]  # fmt: skip


def _why(code: str) -> str:
    if code in _CODES:
        return str(_CODES[code])
    return sentence(code) if knows(code) else code
