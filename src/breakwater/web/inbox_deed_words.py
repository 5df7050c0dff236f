"""Deeds on the network in words: what they are called, what they mean, and how far one is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import why_of
from breakwater.networks.base import Deed
from breakwater.web.states import look

Text = str | Promise

LABELS: Mapping[Deed, Text] = {
    Deed.LIKE: _("Like it"),
    Deed.HIDE: _("Hide it"),
    Deed.REMOVE: _("Delete it"),
    Deed.MUTE: _("Mute the author"),
    Deed.BLOCK: _("Block the author"),
    Deed.UNFOLLOW: _("Follow the author no more"),
    Deed.REPORT: _("Report it"),
}
SEVERAL: Mapping[Deed, Text] = {
    Deed.LIKE: _("Like"),
    Deed.HIDE: _("Hide"),
    Deed.REMOVE: _("Delete on the network"),
    Deed.MUTE: _("Mute the authors"),
    Deed.BLOCK: _("Block the authors"),
    Deed.REPORT: _("Report to the network"),
}
ICONS: Mapping[Deed, str] = {
    Deed.LIKE: "heart", Deed.HIDE: "eye-off", Deed.REMOVE: "trash-2", Deed.MUTE: "volume-x",
    Deed.BLOCK: "ban", Deed.UNFOLLOW: "user-minus", Deed.REPORT: "flag",
}  # fmt: skip
QUESTIONS: Mapping[Deed, Text] = {
    Deed.REMOVE: _("Delete this message on the network?"),
    Deed.BLOCK: _("Block whoever wrote this?"),
    Deed.REPORT: _("Report this message to the network?"),
}
"""Of those that ask before they are done."""
MANY: Mapping[Deed, Text] = {
    Deed.LIKE: _("Like these messages?"),
    Deed.HIDE: _("Hide these messages?"),
    Deed.REMOVE: _("Delete these messages on the network?"),
    Deed.MUTE: _("Mute whoever wrote these?"),
    Deed.BLOCK: _("Block whoever wrote these?"),
    Deed.REPORT: _("Report these messages to the network?"),
}
MEANS: Mapping[Deed, Text] = {
    Deed.LIKE: _("Everybody can see that you like it."),
    Deed.HIDE: _(
        "Others see it no more below your post, as far as the network goes with that. Whoever wrote "
        "it is not told."
    ),
    Deed.REMOVE: _("It is gone from the network for everybody, and nobody can bring it back."),
    Deed.MUTE: _("You see no more of them. They are not told, and others see them as before."),
    Deed.BLOCK: _(
        "They can no longer write to you or follow you. They can notice that. What they wrote may "
        "stay: hide or delete it, too, where it should not."
    ),
    Deed.REPORT: _(
        "The people of the network look at it, and decide. A report cannot be called back. Each is "
        "counted, so one is enough."
    ),
}
FOR_GOOD = _("On this network nothing takes that back.")
REASONS: Mapping[str, Text] = {
    "spam": _("Advertising or fraud"),
    "rude": _("Insult, hate or harassment"),
    "sexual": _("Sexual content"),
    "violation": _("A threat, or against the law"),
    "misleading": _("False or misleading"),
    "other": _("Something else"),
}

_DOING: Mapping[Deed, Text] = {
    Deed.LIKE: _("Is being liked"),
    Deed.UNLIKE: _("The like is being taken back"),
    Deed.HIDE: _("Is being hidden"),
    Deed.UNHIDE: _("Is being shown again"),
    Deed.REMOVE: _("Is being deleted"),
    Deed.MUTE: _("The author is being muted"),
    Deed.UNMUTE: _("The author is being heard again"),
    Deed.BLOCK: _("The author is being blocked"),
    Deed.UNBLOCK: _("The block is being lifted"),
    Deed.UNFOLLOW: _("Is soon followed no more"),
    Deed.REPORT: _("Is being reported"),
}
_READ_BACK: Mapping[Deed, Text] = {
    Deed.LIKE: _("Liked, read back"),
    Deed.UNLIKE: _("Like taken back, read back"),
    Deed.HIDE: _("Hidden, read back"),
    Deed.UNHIDE: _("Shown again, read back"),
    Deed.REMOVE: _("Deleted, read back"),
    Deed.MUTE: _("Author muted, read back"),
    Deed.UNMUTE: _("Author heard again, read back"),
    Deed.BLOCK: _("Author blocked, read back"),
    Deed.UNBLOCK: _("Block lifted, read back"),
    Deed.UNFOLLOW: _("Followed no more, read back"),
    Deed.REPORT: _("Reported, read back"),
}
_TAKEN: Mapping[Deed, Text] = {
    Deed.LIKE: _("Liked, as the network says"),
    Deed.UNLIKE: _("Like taken back, as the network says"),
    Deed.HIDE: _("Hidden, as the network says"),
    Deed.UNHIDE: _("Shown again, as the network says"),
    Deed.REMOVE: _("Deleted, as the network says"),
    Deed.MUTE: _("Author muted, as the network says"),
    Deed.UNMUTE: _("Author heard again, as the network says"),
    Deed.BLOCK: _("Author blocked, as the network says"),
    Deed.UNBLOCK: _("Block lifted, as the network says"),
    Deed.UNFOLLOW: _("Followed no more, as the network says"),
    Deed.REPORT: _("Reported, as the network says"),
}
_NOT: Mapping[Deed, Text] = {
    Deed.LIKE: _("Not liked"),
    Deed.UNLIKE: _("Like not taken back"),
    Deed.HIDE: _("Not hidden"),
    Deed.UNHIDE: _("Not shown again"),
    Deed.REMOVE: _("Not deleted"),
    Deed.MUTE: _("Author not muted"),
    Deed.UNMUTE: _("Author still muted"),
    Deed.BLOCK: _("Author not blocked"),
    Deed.UNBLOCK: _("Block not lifted"),
    Deed.UNFOLLOW: _("Still followed"),
    Deed.REPORT: _("Not reported"),
}
_ASKED = frozenset({"failed", "held", "missed", "needs_human"})


@dataclass(frozen=True)
class Standing:
    """How far a deed is. why: what happened and what to do, where it is not done."""

    word: str
    icon: str
    tone: str
    why: str = ""


def standing(row: Delivery) -> Standing:
    """Of a delivery of kind act, with its channel."""
    deed, seen = Deed(row.deed), look("act", row.state)
    if row.state in _ASKED:
        word = _NOT[deed] if row.state != "needs_human" else seen.word
        return Standing(str(word), seen.icon, seen.tone, why_of(row))
    if row.state == "cancelled":
        return Standing(str(_NOT[deed]), seen.icon, seen.tone)
    words = {"verified": _READ_BACK, "taken": _TAKEN}.get(row.state, _DOING)
    return Standing(str(words[deed]), seen.icon, seen.tone)


def why_not(deed: Deed, why: str) -> str:
    return _now("%(deed)s: %(why)s") % {"deed": LABELS[deed], "why": why}
