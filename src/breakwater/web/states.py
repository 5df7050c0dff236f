"""How a state looks: a word, a sign and a tone. Words first; the colour only repeats them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """tone: idle, sea, care, ask, done or stop (css/components/state.css)."""

    word: str | Promise
    icon: str
    tone: str


_UNKNOWN = Look(_("unclear"), "circle-help", "ask")

LOOKS: dict[str, dict[str, Look]] = {
    "post": {
        "draft": Look(pgettext_lazy("post", "draft"), "pencil", "idle"),
        "in_review": Look(pgettext_lazy("post", "waits for approval"), "eye", "care"),
        "approved": Look(pgettext_lazy("post", "approved"), "circle-check", "sea"),
        "scheduled": Look(pgettext_lazy("post", "planned"), "calendar-clock", "sea"),
        "cancelled": Look(pgettext_lazy("post", "cancelled"), "ban", "idle"),
        "leaving": Look(pgettext_lazy("post", "leaving now"), "send", "sea"),
        "published": Look(pgettext_lazy("post", "published"), "check-check", "done"),
        "partly": Look(pgettext_lazy("post", "partly published"), "circle-dot", "care"),
        "needs_you": Look(pgettext_lazy("post", "needs an answer"), "circle-help", "ask"),
        "asks": Look(pgettext_lazy("post", "needs an answer"), "circle-help", "ask"),
        "failed": Look(pgettext_lazy("post", "did not leave"), "circle-x", "stop"),
        "missed": Look(pgettext_lazy("post", "missed its time"), "clock-alert", "care"),
        "held": Look(pgettext_lazy("post", "held"), "hand", "care"),
        "deleted": Look(pgettext_lazy("post", "deleted"), "trash-2", "idle"),
    },
    "delivery": {
        "queued": Look(pgettext_lazy("delivery", "waits for its time"), "clock", "sea"),
        "retry_wait": Look(pgettext_lazy("delivery", "tries again soon"), "refresh-cw", "care"),
        "claimed": Look(pgettext_lazy("delivery", "in hand"), "loader", "sea"),
        "prepared": Look(pgettext_lazy("delivery", "ready to leave"), "loader", "sea"),
        "sending": Look(pgettext_lazy("delivery", "leaving now"), "send", "sea"),
        "unknown": Look(pgettext_lazy("delivery", "being looked up"), "search", "ask"),
        "accepted": Look(pgettext_lazy("delivery", "accepted, being checked"), "check", "sea"),
        "verified": Look(pgettext_lazy("delivery", "arrived and read back"), "check-check", "done"),
        "taken": Look(pgettext_lazy("delivery", "arrived, as the network says"), "check", "done"),
        "needs_human": Look(pgettext_lazy("delivery", "needs an answer"), "circle-help", "ask"),
        "held": Look(pgettext_lazy("delivery", "held"), "hand", "care"),
        "missed": Look(pgettext_lazy("delivery", "missed its time"), "clock-alert", "care"),
        "failed": Look(pgettext_lazy("delivery", "did not leave"), "circle-x", "stop"),
        "cancelled": Look(pgettext_lazy("delivery", "cancelled"), "ban", "idle"),
    },
    "channel": {
        "connected": Look(pgettext_lazy("channel", "connected"), "plug", "done"),
        "reconnect": Look(pgettext_lazy("channel", "has to be reconnected"), "unplug", "care"),
        "disconnected": Look(pgettext_lazy("channel", "disconnected"), "link-2-off", "idle"),
    },
    "drill": {
        "preparing": Look(pgettext_lazy("drill", "being prepared"), "loader", "sea"),
        "running": Look(pgettext_lazy("drill", "goes on"), "clock", "care"),
        "ended": Look(pgettext_lazy("drill", "over"), "circle-check", "done"),
    },
    "band": {
        "clear": Look(pgettext_lazy("band", "shown"), "eye", "done"),
        "veiled": Look(pgettext_lazy("band", "veiled"), "eye-off", "care"),
        "held": Look(pgettext_lazy("band", "held back"), "shield", "care"),
        "": Look(pgettext_lazy("band", "not scored"), "circle-help", "idle"),
    },
    "thread": {
        "open": Look(pgettext_lazy("conversation", "open"), "inbox", "sea"),
        "snoozed": Look(pgettext_lazy("conversation", "comes back later"), "clock", "idle"),
        "done": Look(pgettext_lazy("conversation", "done"), "circle-check", "done"),
        "aside": Look(pgettext_lazy("conversation", "locked out"), "lock", "idle"),
    },
    "proposal": {
        "waiting": Look(pgettext_lazy("answer", "waits for a yes"), "eye", "care"),
        "sent": Look(pgettext_lazy("answer", "approved"), "circle-check", "done"),
        "refused": Look(pgettext_lazy("answer", "not approved"), "circle-x", "stop"),
        "withdrawn": Look(pgettext_lazy("answer", "taken back"), "undo-2", "idle"),
    },
    "health": {
        "ok": Look(pgettext_lazy("health", "works"), "plug", "done"),
        "expiring": Look(pgettext_lazy("health", "sign-in ends soon"), "timer", "care"),
        "reconnect": Look(pgettext_lazy("health", "has to be reconnected"), "unplug", "care"),
        "trouble": Look(pgettext_lazy("health", "did not answer well"), "triangle-alert", "care"),
        "disconnected": Look(pgettext_lazy("health", "disconnected"), "link-2-off", "idle"),
    },
}

LOOKS["delete"] = {
    **LOOKS["delivery"],
    "sending": Look(pgettext_lazy("delete", "being deleted"), "trash-2", "sea"),
    "accepted": Look(pgettext_lazy("delete", "deleted, being checked"), "check", "sea"),
    "verified": Look(pgettext_lazy("delete", "gone"), "check-check", "done"),
    "taken": Look(pgettext_lazy("delete", "gone, as the network says"), "check", "done"),
    "failed": Look(pgettext_lazy("delete", "was not deleted"), "circle-x", "stop"),
}
"""A delivery that takes a post back: the same states, other words."""


LOOKS["reply"] = {
    **LOOKS["delivery"],
    "queued": Look(pgettext_lazy("reply", "leaves in a moment"), "clock", "sea"),
    "missed": Look(pgettext_lazy("reply", "did not leave in time"), "clock-alert", "care"),
}
"""An answer to somebody: it has no planned time."""

LOOKS["edit"] = {
    **LOOKS["reply"],
    "sending": Look(pgettext_lazy("edit", "being changed"), "pencil", "sea"),
    "accepted": Look(pgettext_lazy("edit", "changed, being checked"), "check", "sea"),
    "verified": Look(pgettext_lazy("edit", "changed and read back"), "check-check", "done"),
    "taken": Look(pgettext_lazy("edit", "changed, as the network says"), "check", "done"),
    "failed": Look(pgettext_lazy("edit", "was not changed"), "circle-x", "stop"),
}

LOOKS["act"] = {
    **LOOKS["reply"],
    "queued": Look(pgettext_lazy("act", "is done in a moment"), "clock", "sea"),
    "sending": Look(pgettext_lazy("act", "being done"), "send", "sea"),
    "accepted": Look(pgettext_lazy("act", "done, being checked"), "check", "sea"),
    "verified": Look(pgettext_lazy("act", "done"), "check-check", "done"),
    "taken": Look(pgettext_lazy("act", "done, as the network says"), "check", "done"),
    "missed": Look(pgettext_lazy("act", "was not done in time"), "clock-alert", "care"),
    "failed": Look(pgettext_lazy("act", "was not done"), "circle-x", "stop"),
}


def look(kind: str, state: str) -> Look:
    """How `state` of a `kind` (a key of LOOKS) is shown."""
    return LOOKS[kind].get(state, _UNKNOWN)
