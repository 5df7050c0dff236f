"""Is a post on an account of ours one that somebody here sent? Asked in an order; reads only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from breakwater.channels.models import Arrival, Channel
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import quarantines
from breakwater.domain.kinds import MAKES, PUBLISH, REPLY, SHOWN
from breakwater.domain.text import says, wording
from breakwater.networks.base import Seen, What
from breakwater.people.models import Policy
from breakwater.publishing.models import Decision, Target
from breakwater.strays.hours import open_rule
from breakwater.strays.models import Sighting

RECENT = timedelta(days=7)
"""How far back equal words are looked for."""
KNOWN, SAID_SO = "known", "said_so"
"""Explained by an id of ours; by the words of something of ours that was never shown."""
LEAVING = ("claimed", "prepared", "sending", "unknown", "retry_wait")
"""States of a delivery whose post may be there before its own answer is stored."""
_KEY_LENGTH = 13
_ANSWERS = frozenset({What.COMMENT, What.MENTION})


@dataclass(frozen=True)
class Words:
    """What a post says, as its network shows it. media: how many pictures and videos; None: not
    known. below: remote ids of what it answers; none for a post of its own."""

    text: str
    media: int | None = None
    spellings: Mapping[str, str] = field(default_factory=dict)
    below: frozenset[str] = frozenset()

    def equal(self, payload: Any) -> bool:
        """Whether a payload of ours says the same and has as many media."""
        if not isinstance(payload, dict):
            return False
        if self.media is not None and self.media != len(payload.get("media", [])):
            return False
        if self.media is None and not self.text.strip():
            return False  # nothing against nothing says nothing
        return says(self.text, str(payload.get("text", "")), self.spellings)


@dataclass(frozen=True)
class Verdict:
    """state: of lifecycle.SIGHTING. code: why. delivery: of ours, that it is or may be. payload: what
    was written here, where there is no delivery."""

    state: str
    code: str
    delivery: Delivery | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def media(self) -> Sequence[Mapping[str, Any]]:
        """The pictures and videos of ours that the post should show."""
        payload: Mapping[str, Any] = self.delivery.payload if self.delivery else self.payload
        media: Sequence[Mapping[str, Any]] = payload.get("media", [])
        return media


def words_of(arrival: Arrival) -> Words:
    return Words(arrival.text, len(arrival.media) or None, below=_below(arrival))


def words_seen(seen: Seen, below: frozenset[str] = frozenset()) -> Words:
    return Words(seen.text, len(seen.media) or None, seen.spellings, below)


def is_answer(arrival: Arrival) -> bool:
    """Whether it stands below something, in public. Private messages are nobody's alarm."""
    return arrival.what in _ANSWERS or (arrival.what == What.POST and bool(arrival.parent))


def _below(arrival: Arrival) -> frozenset[str]:
    ids = (arrival.parent, arrival.thread, arrival.about) if is_answer(arrival) else ()
    return frozenset(one for one in ids if one)


def known_ids(channel: Channel, remote_ids: Iterable[str]) -> set[str]:
    """Those that a delivery of ours is known to have made. Two queries."""
    wanted = list(remote_ids)
    own = Delivery.objects.filter(channel=channel)
    by_id = own.filter(kind__in=SHOWN, remote_id__in=wanted).values_list("remote_id", flat=True)
    keys = {one[-_KEY_LENGTH:]: one for one in wanted}
    begun = own.filter(record_key__in=list(keys), first_sent_at__isnull=False)
    by_key = {keys[key] for key in begun.values_list("record_key", flat=True)}
    return {*by_id, *by_key}


def explain(channel: Channel, remote_id: str, words: Words, *, at: datetime) -> Verdict:
    """What this post of the channel's account is. at: when it was first seen here; what the post
    itself says of its date is the writer's to choose, and is not asked.

    Restored ledgers know too little: until the quarantine ends, nothing is judged.
    """
    if any(hold.released_at is None for hold in quarantines(channel.workspace_id)):
        return Verdict("waits", "restore")
    if known_ids(channel, [remote_id]) or _asked_about(channel, remote_id):
        return Verdict("explained", KNOWN)
    if row := _leaving(channel, words):
        return Verdict("waits", "leaving", row)
    if row := _unseen(channel, remote_id, words, at):
        return Verdict("explained", SAID_SO, row)
    if open_rule(channel.pk, channel.workspace.zone, at):
        return Verdict("allowed", "by_hand")
    return _equal(channel, words, at)


def _asked_about(channel: Channel, remote_id: str) -> bool:
    """Whether a person is being asked already which delivery this post is."""
    rows = Delivery.objects.filter(channel=channel, state="needs_human").exclude(seen=[])
    return any(
        one.get("remote_id") == remote_id
        for seen in rows.values_list("seen", flat=True)
        for one in seen
    )


def _leaving(channel: Channel, words: Words) -> Delivery | None:
    rows = _ours(channel).filter(kind__in=SHOWN, remote_id="")
    moving = rows.filter(Q(state__in=LEAVING) | Q(state="needs_human", first_sent_at__isnull=False))
    return _first(moving, words) or (_leaving_below(moving, words) if words.below else None)


def _leaving_below(moving: QuerySet[Delivery], words: Words) -> Delivery | None:
    """An answer of ours to the same: networks write names before the words of answers."""
    below = list(words.below)
    same = Q(payload__reply_to__in=below) | Q(payload__root__in=below)
    return moving.filter(same, kind=REPLY).order_by("-created_at").first()


def _unseen(channel: Channel, remote_id: str, words: Words, at: datetime) -> Delivery | None:
    """A delivery that is out under an id that the account never showed: some networks give another
    one for what is public than for what was handed in. It explains one post, the first."""
    if words.below:
        return None  # answers have one id
    rows = _ours(channel).filter(kind=PUBLISH, state__in=OUT, state_at__gte=at - RECENT)
    arrived = Arrival.objects.filter(channel=channel, what=What.POST)
    shown = arrived.filter(remote_id=OuterRef("remote_id"))
    others = Sighting.objects.filter(code=SAID_SO, delivery=OuterRef("pk"))
    spent = others.exclude(ref=remote_id)
    return _first(rows.filter(~Exists(shown), ~Exists(spent), after=None), words)


def _ours(channel: Channel) -> QuerySet[Delivery]:
    """Its workspace is named because that is how a wording is found."""
    return Delivery.objects.filter(workspace_id=channel.workspace_id, channel=channel)


def _equal(channel: Channel, words: Words, at: datetime) -> Verdict:
    kinds = MAKES if words.below else (PUBLISH,)
    rows = Delivery.objects.filter(workspace_id=channel.workspace_id, kind__in=kinds)
    recent = Q(created_at__gte=at - RECENT) | Q(state_at__gte=at - RECENT)
    same = _saying(rows.filter(recent), words)
    here = [row for row in same if row.channel_id == channel.pk]
    if words.below and (said := next((row for row in same if row.state in OUT), None)):
        return Verdict("explained", "said_before", said)  # "Thank you!" is answered many times
    if out := next((row for row in here if row.state in OUT), None):
        return Verdict("told", "duplicate", out)
    if same:
        return Verdict("twin", "equal", (here or same)[0])
    if (payload := _approved(channel, words, at)) is not None:
        return Verdict("twin", "equal", payload=payload)
    return Verdict("stray", "nobody_here")


def _approved(channel: Channel, words: Words, at: datetime) -> Mapping[str, Any] | None:
    """The same, which somebody here said yes to, or nobody had to, though nothing is planned to
    leave. What was only submitted is its writer's alone, and explains nothing."""
    yes = Q(version__policy=Policy.NONE) | Exists(
        Decision.objects.filter(approved=True, version=OuterRef("version"))
    )
    targets = Target.objects.filter(
        yes, version__post__workspace_id=channel.workspace_id, version__created_at__gte=at - RECENT
    )
    payloads = (
        payload
        for rows in _readings(targets, words)
        for payload in rows.values_list("payload", flat=True)
    )
    return next((payload for payload in payloads if words.equal(payload)), None)


def _first(rows: QuerySet[Delivery], words: Words) -> Delivery | None:
    return next(iter(_saying(rows, words)), None)


def _saying(rows: QuerySet[Delivery], words: Words) -> list[Delivery]:
    """Those that say the same, the newest first: the very same letters, or else but for white space
    and spelling."""
    for some in _readings(rows.order_by("-created_at"), words):
        same = [row for row in some if words.equal(row.payload)]
        if same:
            return [row for row in same if row.payload.get("text") == words.text] or same
    return []


def _readings(rows: QuerySet[Any], words: Words) -> Iterator[QuerySet[Any]]:
    """What to read for those that say the same: what is found by its wording, which costs no more on
    a day of many posts; all of it only where the network spells words otherwise than people type."""
    yield rows.filter(wording=wording(words.text))
    if words.spellings:
        yield rows
