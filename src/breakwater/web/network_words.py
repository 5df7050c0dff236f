"""What is known of a network or a channel, in words: abilities, limits, health."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health, guarantee, health, limits_of
from breakwater.core.messages import knows, sentence
from breakwater.core.reasons import HEALTH
from breakwater.domain.errors import Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Answer, Can, Limits, Manifest

_ABILITIES: Mapping[Can, str | Promise] = {
    Can.PUBLISH: _("Publish a post"),
    Can.THREAD: _("Publish a thread"),
    Can.FIRST_COMMENT: _("Write the first comment below a post"),
    Can.EDIT: _("Change a post that is out"),
    Can.DELETE: _("Delete a post that is out"),
    Can.READ_BACK: _("Read a post back, as proof"),
    Can.TIMELINE: _("Read the account's own posts"),
    Can.COMMENTS: _("Read the comments on a post"),
    Can.AD_COMMENTS: _("Read the comments under ads"),
    Can.MENTIONS: _("Read where others name the account"),
    Can.MESSAGES: _("Read direct messages"),
    Can.REVIEWS: _("Read reviews"),
    Can.REPLY: _("Answer a comment or a mention"),
    Can.SEND_MESSAGE: _("Answer a direct message"),
    Can.ANSWER_REVIEW: _("Answer a review"),
    Can.LIKE: _("Like a comment"),
    Can.HIDE: _("Hide somebody's comment"),
    Can.REMOVE: _("Delete somebody's comment"),
    Can.MUTE: _("Mute somebody"),
    Can.BLOCK: _("Block somebody"),
    Can.REPORT: _("Report something to the network"),
    Can.FOLLOWING: _("Read whom the account follows"),
    Can.UNFOLLOW: _("Stop following somebody"),
    Can.INSIGHTS: _("Read figures of posts and of the account"),
    Can.LIVE: _("Announce and schedule a live video"),
    Can.HOURS: _("Change opening hours"),
    Can.PUSH: _("Be told by the network at once"),
    Can.STREAM: _("Listen to the network as it happens"),
}
_ANSWERS: Mapping[Answer, str | Promise] = {
    Answer.YES: _("yes"),
    Answer.NO: _("no"),
    Answer.PLAN: _("only on some paid plans"),
    Answer.PROBE: _("shown by trying"),
}
_SIGNS = {Answer.YES: "check", Answer.NO: "x", Answer.PLAN: "tag", Answer.PROBE: "search"}
_TONES = {Answer.YES: "done", Answer.NO: "idle", Answer.PLAN: "care", Answer.PROBE: "sea"}

PROTECTIONS: Mapping[Guarantee, str | Promise] = {
    Guarantee.LASTING_KEY: _(
        "Each post has a key of ours that the network keeps. The same post cannot appear twice."
    ),
    Guarantee.HANDLE: _(
        "A post leaves in two steps, and the network says how far it came. "
        "The same post cannot appear twice."
    ),
    Guarantee.HOUR_KEY: _(
        "The network knows a post of ours again for about an hour. "
        "Later than that, a person is asked before anything is sent again."
    ),
    Guarantee.DUPLICATE_REFUSED: _(
        "The network refuses an equal text for a while. "
        "When an answer is lost, Breakwater looks first and then asks a person."
    ),
    Guarantee.NONE: _(
        "The network offers nothing against the same post twice. "
        "When an answer is lost, nothing is sent again before a person has said so."
    ),
}


@dataclass(frozen=True)
class Ability:
    """One row of what a network can. link: the source, if it is an address; else `source`."""

    what: str | Promise
    answer: str | Promise
    icon: str
    tone: str
    note: str
    source: str
    link: str
    read_on: str


@dataclass(frozen=True)
class Line:
    """A name and its value."""

    name: str
    value: str


@dataclass(frozen=True)
class Condition:
    """How a channel is. state: of states.LOOKS["health"]; detail: the network's own word."""

    state: Health
    sentence: str
    cause: str = ""
    detail: str = ""


def abilities(manifest: Manifest) -> list[Ability]:
    """The capability matrix, in a fixed order; what the manifest does not name is a no."""
    return [_ability(manifest, what) for what in Can]


def limit_lines(limits: Limits) -> list[Line]:
    """Each limit of an account as a sentence that a person can use."""
    kinds = ", ".join(kind.partition("/")[2].upper() for kind in limits.picture_types)
    lines = [
        Line(gettext("Text"), _counted(limits.text)),
        Line(gettext("Pictures"), _pictures(limits, kinds)),
        Line(
            gettext("Picture description"),
            gettext("up to %(n)s characters") % {"n": limits.alt_characters},
        ),
    ]
    if limits.text.url_cost is not None:
        cost = gettext("each counts as %(n)s characters") % {"n": limits.text.url_cost}
        lines.insert(1, Line(gettext("Links"), cost))
    return lines


def source_line(limits: Limits, channel: Channel | None = None) -> str:
    """Where the limits come from: the account itself, or a document read on a day."""
    if channel is not None and channel.limits:
        return gettext("The network itself said so when it was asked last.")
    return gettext("Read on %(day)s.") % {"day": day(limits.read_on)} if limits.read_on else ""


def condition(channel: Channel, now: datetime) -> Condition:
    """How the channel is, what that means for its posts, and what to do."""
    state = health(channel, now)
    said = str(HEALTH[state])
    if state is Health.EXPIRING and (ends := channel.credential.expires_at):
        said %= {"day": date_format(ends, "DATE_FORMAT")}
    if state is not Health.TROUBLE:
        return Condition(state, said, detail=channel.trouble_detail)
    cause = sentence(channel.trouble) if knows(channel.trouble) else ""
    return Condition(state, said, cause, channel.trouble_detail)


def protection(channel: Channel) -> str:
    """What keeps the same post from appearing twice there."""
    try:
        return str(PROTECTIONS[guarantee(channel)])
    except Unsupported:
        return ""


def known_limits(channel: Channel) -> Limits | None:
    """None when the network is no longer installed and the account told us nothing."""
    try:
        return limits_of(channel)
    except Unsupported:
        return None


def translated(msgid: str) -> str:
    """A manifest's text in the reader's language; "" stays "" (gettext("") is the file's head)."""
    return gettext(msgid) if msgid else ""


def day(iso: str) -> str:
    """A day as the reader writes it; what is no ISO day stays as it is."""
    try:
        return date_format(date.fromisoformat(iso), "DATE_FORMAT")
    except ValueError:
        return iso


def _ability(manifest: Manifest, what: Can) -> Ability:
    known = manifest.can.get(what)
    answer = known.answer if known else Answer.NO
    source = known.source if known else ""
    return Ability(
        what=_ABILITIES[what],
        answer=_ANSWERS[answer],
        icon=_SIGNS[answer],
        tone=_TONES[answer],
        note=translated(known.note) if known else "",
        source=source,
        link=source if source.startswith("https://") else "",
        read_on=day(known.read_on) if known else "",
    )


def _counted(text: Counting) -> str:
    data = {"n": text.limit, "bytes": text.max_bytes}
    if text.unit is Unit.BYTES:
        return gettext("up to %(n)s bytes") % data
    if text.max_bytes:
        return gettext("up to %(n)s characters, and %(bytes)s bytes") % data
    return gettext("up to %(n)s characters") % data


def _pictures(limits: Limits, kinds: str) -> str:
    data = {
        "n": limits.pictures,
        "mb": _megabytes(limits.picture_bytes),
        "kinds": kinds,
    }
    return (
        ngettext(
            "up to %(n)s picture of at most %(mb)s MB (%(kinds)s)",
            "up to %(n)s pictures of at most %(mb)s MB each (%(kinds)s)",
            limits.pictures,
        )
        % data
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")
