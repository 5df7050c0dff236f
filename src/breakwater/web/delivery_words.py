"""What a delivery is, put for a person: its ledger, what was found, what they can answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, Attempt, Delivery
from breakwater.delivery.selectors import of_talking
from breakwater.delivery.services import ACT, DELETE, EDIT, PUBLISH, REPLY
from breakwater.domain.guarantees import Outcome
from breakwater.domain.text import one_line
from breakwater.networks.base import Deed
from breakwater.publishing.parts import COMMENT, THREAD
from breakwater.web.states import Look

_LOST = Look(_("Something happened that has no word yet"), "circle-help", "ask")

_STEPS: Mapping[tuple[str, str], Look] = {
    ("prepare", Outcome.NOT_SENT): Look(
        _("Preparing did not work; nothing was sent"), "cloud-off", "care"
    ),
    ("prepare", Outcome.REFUSED): Look(_("Refused while preparing"), "circle-x", "stop"),
    ("prepare", Outcome.THROTTLED): Look(_("The network asked to wait"), "timer", "care"),
    ("prepare", Outcome.TOKEN): Look(_("The sign-in was not accepted"), "unplug", "care"),
    ("commit", Outcome.BEGUN): Look(_("Sending began"), "send", "sea"),
    ("commit", Outcome.ACCEPTED): Look(_("The network accepted it"), "check", "done"),
    ("commit", Outcome.NOT_SENT): Look(
        _("The network could not be reached; nothing was sent"), "cloud-off", "care"
    ),
    ("commit", Outcome.REFUSED): Look(_("The network refused it"), "circle-x", "stop"),
    ("commit", Outcome.THROTTLED): Look(_("The network asked to wait"), "timer", "care"),
    ("commit", Outcome.TOKEN): Look(_("The sign-in was not accepted"), "unplug", "care"),
    ("commit", Outcome.UNKNOWN): Look(_("No clear answer: it may be out"), "circle-help", "ask"),
    ("look", Outcome.FOUND): Look(_("We looked, and found it"), "search", "done"),
    ("look", Outcome.ABSENT): Look(_("We looked, and it is not there"), "search", "care"),
    ("look", Outcome.SEVERAL): Look(_("We looked: several posts could be it"), "search", "ask"),
    ("look", Outcome.UNREADABLE): Look(_("We could not look"), "eye-off", "care"),
    ("verify", Outcome.FOUND): Look(_("Read back: it is as we sent it"), "check-check", "done"),
    ("verify", Outcome.ABSENT): Look(_("Read back: it is not there"), "search", "care"),
    ("verify", Outcome.ALTERED): Look(_("Read back: it is not as we sent it"), "pencil", "ask"),
    ("verify", Outcome.UNREADABLE): Look(_("We could not read it back"), "eye-off", "care"),
}
_OURS: Mapping[str, Look] = {
    "budget_used": Look(
        _("What the network allows in a while is used up; nothing was sent"), "timer", "care"
    ),
    "over_cap": Look(_("It would cost more than the cap; nothing was sent"), "coins", "stop"),
}
"""What we ourselves did not do, by the code of the line."""

_NAMES: Mapping[str, str | Promise] = {
    REPLY: _("Answer: %(text)s"),
    EDIT: _("Change: %(text)s"),
}
_HEADS: Mapping[str, str | Promise] = {
    PUBLISH: _("Post for %(channel)s"),
    REPLY: _("Answer on %(channel)s"),
    EDIT: _("Change on %(channel)s"),
    DELETE: _("Delete on %(channel)s"),
    ACT: _("%(deed)s on %(channel)s"),
}
_PARTS: Mapping[str, str | Promise] = {
    THREAD: _("Part of a thread on %(channel)s"),
    COMMENT: _("First comment on %(channel)s"),
}
"""Of what follows a post by itself, by the payload's role."""

DEEDS: Mapping[str, str | Promise] = {
    Deed.LIKE: _("Like"),
    Deed.UNLIKE: _("Take the like back"),
    Deed.HIDE: _("Hide a comment"),
    Deed.UNHIDE: _("Show a comment again"),
    Deed.REMOVE: _("Delete somebody's comment"),
    Deed.MUTE: _("Mute somebody"),
    Deed.UNMUTE: _("End muting somebody"),
    Deed.BLOCK: _("Block somebody"),
    Deed.UNBLOCK: _("End blocking somebody"),
    Deed.UNFOLLOW: _("Stop following somebody"),
    Deed.REPORT: _("Report to the network"),
    Deed.WITHDRAW: _("Take a post out of sight"),
    Deed.RESTORE: _("Show a post again"),
    Deed.PIN: _("Pin a post"),
    Deed.UNPIN: _("Unpin a post"),
}
KINDS: Mapping[str, str] = {
    PUBLISH: "delivery", REPLY: "reply", EDIT: "edit", DELETE: "delete", ACT: "act",
}  # fmt: skip
"""Of states.LOOKS."""

_GONE = Look(_("We looked, and it is gone"), "check-check", "done")
_STILL = Look(_("We looked, and it is still there"), "search", "care")
_UNDOING: Mapping[tuple[str, str], Look] = {
    ("commit", Outcome.BEGUN): Look(_("The delete began"), "trash-2", "sea"),
    ("look", Outcome.FOUND): _GONE,
    ("look", Outcome.ABSENT): _STILL,
    ("verify", Outcome.FOUND): _GONE,
    ("verify", Outcome.ABSENT): _STILL,
}
"""For a delete "found" means: found as it should be, which is gone."""

_SO = Look(_("We looked, and it is so"), "check-check", "done")
_NOT_SO = Look(_("We looked, and it is not so"), "search", "care")
_DOING: Mapping[tuple[str, str], Look] = {
    ("commit", Outcome.BEGUN): Look(_("It began"), "send", "sea"),
    ("commit", Outcome.UNKNOWN): Look(_("No clear answer: it may be done"), "circle-help", "ask"),
    ("look", Outcome.FOUND): _SO,
    ("look", Outcome.ABSENT): _NOT_SO,
    ("verify", Outcome.FOUND): _SO,
    ("verify", Outcome.ABSENT): _NOT_SO,
}
_STEPS_OF = {DELETE: _UNDOING, ACT: _DOING}


@dataclass(frozen=True)
class Fact:
    """One line of the ledger."""

    look: Look
    at: datetime
    number: int
    detail: str


@dataclass(frozen=True)
class Found:
    """A post that a read-back found. media: what is said of each, in their order."""

    number: int
    remote_id: str
    url: str
    text: str
    at: datetime | None
    media: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answers:
    """Which answers to "is it out?" make sense, and their words. spent: no calls are left.

    leave: what giving it up is called, and after: what to know before choosing.
    """

    question: str | Promise
    pick: bool
    out: str | Promise
    not_out: str | Promise
    leave: str | Promise
    after: str | Promise
    spent: bool = False


def title_of(row: Delivery, longest: int) -> str:
    """The beginning of its text, or what it does, on one line."""
    if row.kind == DELETE:
        return _now("Delete a post")
    if row.kind == ACT:
        return deed_word(row)
    text = one_line(str(row.payload.get("text", "")))
    short = f"{text[:longest].rstrip()}…" if len(text) > longest else text
    name = _NAMES.get(row.kind)
    return str(name) % {"text": short or "…"} if name else short or _now("A post without text")


def head_of(row: Delivery) -> str:
    """What its page is called."""
    head = _PARTS.get(str(row.payload.get("role", ""))) or _HEADS[row.kind]
    return str(head) % {"channel": row.channel, "deed": deed_word(row)}


def deed_word(row: Delivery) -> str:
    return str(DEEDS.get(str(row.payload.get("deed", "")), ""))


def facts(rows: Iterable[Attempt], kind: str) -> list[Fact]:
    """The ledger as lines, oldest first. What was planned before the first call is not in it."""
    return [Fact(_look(row, kind), row.at, row.number, row.detail) for row in rows]


def found(row: Delivery, taken: Collection[str] = ()) -> list[Found]:
    """What the last read-back saw, but for what is `taken` (remote ids of other deliveries'
    posts). A link that is no web address is left out."""
    every = [_found(number, one) for number, one in enumerate(row.seen)]
    return [one for one in every if one.remote_id not in taken]


def answers(row: Delivery) -> Answers:
    """The question that a delivery in `needs_human` asks, and what can be answered."""
    spent = row.commit_calls >= COMMIT_CALLS_FOR_LIFE
    if row.kind == DELETE:
        return Answers(
            _("Is the post gone from the network?"), False,
            _("It is gone, I looked"), _("It is still there: delete it again"),
            _("Leave it there"), _("If you leave it there, nothing more is sent for this delete."), spent,
        )  # fmt: skip
    if row.kind in (EDIT, ACT):
        return Answers(
            _("Is it as it should be on the network?"), False,
            _("It is so, I looked"), _("It is not so: do it again"), _("Leave it as it is"),
            _("If you leave it, nothing more is sent for it."), spent,
        )  # fmt: skip
    if row.reason == "altered":
        return Answers(
            _("Is it fine as it is?"), False, _("It is fine as it is"), "", "",
            _("To delete it there, say first that it is fine: deleting is offered then."),
        )  # fmt: skip
    if row.reason == "throttled_too_long":
        return Answers(
            _("Should it still leave?"), False, "", _("Send it now"), _("Do not send it"),
            _("If you do not send it, it stays here with its text and its pictures."), spent,
        )  # fmt: skip
    return Answers(
        _("Is this answer out?") if row.kind == REPLY else _("Is this post out?"), True,
        _("It is out, I saw it"), _("It is not out: send it"), _("Do not send it"),
        _(
            "Send it only if you looked: if it is out after all, it would be there twice. If you "
            "do not, it counts as not out; what the network has stays there."
        ), spent,
    )  # fmt: skip


def who_answers(row: Delivery) -> str | Promise:
    """For those who may not themselves. A query for a change of something that is out."""
    if not of_talking(row):
        return _("Authors, approvers and managers of this workspace can answer.")
    if row.deed == Deed.REMOVE:
        return _("Approvers and managers of this workspace can answer.")
    return _("Those who answer people in this workspace can say it.")


def safe_link(url: str) -> str:
    """The address if a browser can go there, else ""."""
    return url if url.startswith(("https://", "http://")) else ""


def _look(row: Attempt, kind: str) -> Look:
    key = (row.step, row.outcome)
    own = _STEPS_OF.get(kind, {}).get(key)
    return _OURS.get(row.code) or own or _STEPS.get(key, _LOST)


def _found(number: int, one: Mapping[str, Any]) -> Found:
    return Found(
        number,
        str(one.get("remote_id", "")),
        safe_link(str(one.get("url", ""))),
        str(one.get("text", "")),
        _instant(str(one.get("at", ""))),
        [str(picture.get("alt", "")) for picture in one.get("media", [])],
    )


def _instant(iso: str) -> datetime | None:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None
