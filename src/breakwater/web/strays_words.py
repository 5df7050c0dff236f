"""What was seen on our accounts, in words."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.strays.explaining import is_answer
from breakwater.strays.models import Sighting
from breakwater.strays.selectors import Sight

KINDS: Mapping[str, str | Promise] = {
    "post": _("A post that did not leave from here"),
    "altered": _("A post that reads otherwise than it was sent"),
    "missing": _("A post that is gone"),
    "profile": _("The profile has changed"),
    "followers": _("Many followers are gone"),
}
STATES: Mapping[str, str | Promise] = {
    "waits": _("waits: a post of ours with the same words is just leaving"),
    "explained": _("explained: it left from here"),
    "allowed": _("allowed by a rule for posts made by hand"),
    "twin": _("waits for your answer"),
    "told": _("told to those who plan"),
    "stray": _("alarm"),
    "fine": _("one of us did it, and it is fine"),
    "wrong": _("ours, and should not be there"),
    "contained": _("not us: is being taken down"),
    "gone": _("gone again without us"),
}
TONES: Mapping[str, str] = {"stray": "stop", "wrong": "ask", "twin": "ask", "contained": "ask"}
_FIELDS: Mapping[str, str | Promise] = {
    "name": _("name"),
    "handle": _("address of the account"),
    "bio": _("text"),
    "link": _("link"),
    "picture": _("picture"),
    "phone": _("phone number"),
}
_NOTED: Mapping[str, str | Promise] = {
    "duplicate": _("It says the same as a post that left from here."),
    "other_pictures": _("The words are ours, the pictures are not."),
    "pictures_unknown": _("The words are ours. Its pictures could not be compared with ours."),
    "restore": _("It is judged once the comparison after the restore is released."),
    "said_so_by_person": _("Somebody here said that it is not ours."),
}


def kind_word(row: Sighting) -> str:
    if row.kind == "post" and row.arrival is not None and is_answer(row.arrival):
        return _now("An answer that did not leave from here")
    return str(KINDS[row.kind])


def note(row: Sighting) -> str:
    """What else is known of it; "" for nothing."""
    if row.kind == "profile":
        names = ", ".join(str(_FIELDS[one]) for one in row.data.get("fields", []))
        return _now("What changed: %(what)s.") % {"what": names}
    if row.kind == "followers":
        fewer = int(row.data.get("fewer", 0))
        return ngettext(
            "%(n)s fewer than the day before.", "%(n)s fewer than the day before.", fewer
        ) % {"n": fewer}
    if row.state == "stray" and row.confirmed is None:
        return _now("Not confirmed: the network did not answer when it was asked again.")
    return str(_NOTED.get(row.code, ""))


def how_soon(sight: Sight) -> str:
    """How long a stray can stay unseen there."""
    if sight.how == "never" or sight.every is None:
        return _now("Never by itself: this network does not show us the account's own posts.")
    if sight.how == "stream":
        return _now("Within seconds, by the network's stream.")
    every = _every(sight.every)
    if sight.how == "push":
        return _now("Within seconds, as the network tells us; every %(every)s besides.") % {
            "every": every
        }
    return _now("Every %(every)s, when we look.") % {"every": every}


def _every(time: timedelta) -> str:
    minutes = max(1, round(time.total_seconds() / 60))
    return ngettext("minute", "%(n)s minutes", minutes) % {"n": minutes}
