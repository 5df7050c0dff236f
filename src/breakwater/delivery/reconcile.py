"""Does the ledger tell the truth? It is held against what the account itself shows. Read only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from asgiref.sync import async_to_sync
from django.conf import settings

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.delivery.accounts import Shown, look
from breakwater.delivery.lifecycle import IN_HAND, OPEN, OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import places
from breakwater.delivery.selectors import own_markers, quarantines
from breakwater.domain.assigning import Matched, Open, assign
from breakwater.domain.errors import EgressRefused, NetworkError
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.kinds import SHOWN
from breakwater.domain.readback import EARLIER, Candidate
from breakwater.domain.text import folded, says
from breakwater.networks.base import Seen

_EXCERPT = 60


class Verdict(StrEnum):
    """What does not agree."""

    FOUND = "found"  # on the account, and ours; the ledger does not know that it is out
    ADOPTED = "adopted"  # was found, and the ledger knows now
    UNCLEAR = "unclear"  # some post there can be it; a person has to say
    ABSENT = "absent"  # the ledger says it is out; the account does not show it
    STILL_THERE = "still_there"  # deleted and proved, and there all the same
    STRAY = "stray"  # on the account, and no delivery explains it
    UNKNOWN = "unknown"  # a delivery of the period that nobody knows the outcome of
    UNREADABLE = "unreadable"  # the network did not let us look


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree. delivery_id: None for a stray; at: UTC."""

    verdict: Verdict
    at: datetime
    remote_id: str
    text: str
    delivery_id: UUID | None = None
    detail: str = ""


@dataclass(frozen=True)
class Discovery:
    """A delivery and what is on the account of it: one post, or (how "") several to choose from."""

    row: Delivery
    posts: tuple[Seen, ...]
    how: str = ""


@dataclass(frozen=True)
class Report:
    """What one channel's check gave. agreed: deliveries that the account shows.

    complete: whether the account's posts were seen back to the beginning of the period.
    discoveries: what the ledger can learn (delivery.services.reconciling).
    """

    channel: Channel
    agreed: int
    differences: tuple[Difference, ...]
    complete: bool
    discoveries: tuple[Discovery, ...] = ()

    @property
    def fine(self) -> bool:
        return self.complete and not self.differing

    @property
    def differing(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.verdict is not Verdict.ADOPTED)


def reconcile(channel: Channel, *, since: datetime, until: datetime, now: datetime) -> Report:
    """The differences between the ledger and the account for since <= post < until.

    Nothing is changed here or there. A network that cannot be asked is a difference too.
    After a restore, what left between backup and release is looked for among all deliveries,
    whenever they are planned; otherwise only among those that had begun. A post that can be what
    a worker is just sending is left out: its own answer says whose it is.
    """
    opened = doors.unlock([channel.pk]).get(channel.pk)
    if opened is None:
        return _unseen(channel, since, until, "no_credential")
    sent, open_rows = _sent(channel, since, until), _open(channel, now)
    ids = {key: place.remote_id for key, place in places(sent).items()}
    try:
        shown = async_to_sync(look)(
            opened, sent=list(ids.values()), open_rows=open_rows, since=since
        )
    except (NetworkError, EgressRefused) as error:
        return _unseen(channel, since, until, error.code)
    gone = _undone(row.pk for row in sent)
    differing = [one for row in sent if (one := _compared(row, ids[row.pk], row.pk in gone, shown))]
    posts = _unknown_posts(channel, shown, open_rows, since, until)
    discoveries = _discoveries(channel, shown, open_rows, posts, until)
    found = [_found(one) for one in discoveries]
    told = {one.row.pk for one in discoveries}
    unknown = [_unknown(row) for row in _doubtful(channel, since, until) if row.pk not in told]
    strays = [_stray(one) for one in _unexplained(channel, posts, discoveries)]
    every = sorted([*differing, *found, *strays, *unknown], key=lambda one: one.at)
    agreed = len(sent) - len(differing)
    return Report(channel, agreed, tuple(every), shown.complete, tuple(discoveries))


def relabelled(report: Report, adopted: Iterable[UUID]) -> Report:
    """The report once these deliveries are known to be out."""
    done = set(adopted)
    told = [
        replace(one, verdict=Verdict.ADOPTED)
        if one.verdict is Verdict.FOUND and one.delivery_id in done else one
        for one in report.differences
    ]  # fmt: skip
    left = tuple(one for one in report.discoveries if one.row.pk not in done)
    return replace(report, differences=tuple(told), discoveries=left)


def _unseen(channel: Channel, since: datetime, until: datetime, why: str) -> Report:
    unknown = [_unknown(row) for row in _doubtful(channel, since, until)]
    return Report(channel, 0, (*unknown, _unreadable(since, why)), complete=False)


def _open(channel: Channel, now: datetime) -> list[Delivery]:
    """Deliveries whose post is not known. What a living worker is just at is its own to say."""
    rows = Delivery.objects.filter(channel=channel, kind="publish", state__in=OPEN, remote_id="")
    fresh = now - settings.TIMINGS.takeover
    return list(rows.exclude(state__in=IN_HAND, state_at__gt=fresh).order_by("due_at", "pk"))


def _discoveries(
    channel: Channel, shown: Shown, rows: list[Delivery], posts: list[Seen], until: datetime
) -> list[Discovery]:
    by_key = {row.pk: row for row in rows}
    matched = _matched(channel, shown, rows, posts, until)
    seen = {**{post.remote_id: post for post in posts}, **shown.by_id}
    found = [Discovery(by_key[one.key], (seen[one.remote_id],), one.how) for one in matched.found]
    asked = [
        Discovery(by_key[key], tuple(seen[one] for one in ids))
        for key, ids in matched.unclear.items()
    ]
    return [*found, *asked]


def _matched(
    channel: Channel, shown: Shown, rows: list[Delivery], posts: list[Seen], until: datetime
) -> Matched:
    gap = _gap(channel, until)
    keyed = shown.guarantee is Guarantee.LASTING_KEY
    open_rows = [_as_open(row, gap, until, keyed=keyed) for row in rows if gap or row.first_sent_at]
    known = {str(one) for one in _known(channel)}
    by_handle = {key: one for key, one in shown.by_handle.items() if one not in known}
    candidates = [
        Candidate(post.remote_id, post.text, post.created_at, len(post.media), post.spellings)
        for post in posts
    ]
    unlike = shown.unlike
    return assign(
        open_rows, candidates, by_handle=by_handle, unlike=lambda key, one: (key, one) in unlike
    )


def _gap(channel: Channel, until: datetime) -> tuple[datetime, datetime] | None:
    """From the last backup that was restored until its quarantine ended: what left then is
    not in the ledger. Of several that nobody has ended yet, from the earliest backup on."""
    every = quarantines(channel.workspace_id)
    open_ones = [hold.known_until for hold in every if hold.released_at is None]
    if known := [moment for moment in open_ones if moment is not None]:
        return min(known), until
    for hold in every[:1]:
        if hold.known_until is not None:
            return hold.known_until, hold.released_at or until
    return None


def _as_open(
    row: Delivery, gap: tuple[datetime, datetime] | None, until: datetime, *, keyed: bool
) -> Open:
    begins, ends = gap or (until, until)
    since, latest = max(begins, row.created_at), ends
    if row.first_sent_at is not None:
        since, latest = min(row.first_sent_at, since), until
    return Open(
        key=row.pk,
        text=str(row.payload["text"]),
        media=len(row.payload["media"]),
        record_key=row.record_key if keyed else "",
        due_at=row.due_at,
        since=since,
        until=max(latest, since),
        markers=own_markers(row) if gap or row.first_sent_at else frozenset(),
    )


def _known(channel: Channel) -> set[str]:
    own = Delivery.objects.filter(channel=channel, kind__in=SHOWN).exclude(remote_id="")
    return set(own.values_list("remote_id", flat=True))


def _unknown_posts(
    channel: Channel, shown: Shown, rows: list[Delivery], since: datetime, until: datetime
) -> list[Seen]:
    """Posts of the period that belong to no delivery by their id, and are not just being made."""
    known, leaving = _known(channel), _leaving(channel, rows)
    return [
        post for post in shown.posts.values()
        if since <= post.created_at < until and post.remote_id not in known
        and not any(_can_be(row, post) for row in leaving)
    ]  # fmt: skip


def _leaving(channel: Channel, rows: list[Delivery]) -> list[Delivery]:
    """Called for at this moment and not answered yet; `rows` that were already so before the
    account was read, and long enough, are not among them."""
    lost = [row.pk for row in rows if row.state == "sending"]
    own = Delivery.objects.filter(channel=channel, kind="publish", state="sending", remote_id="")
    return list(own.exclude(pk__in=lost))


def _can_be(row: Delivery, post: Seen) -> bool:
    called = row.last_sent_at or row.due_at
    return post.created_at >= called - EARLIER and says(
        post.text, row.payload["text"], post.spellings
    )


def _sent(channel: Channel, since: datetime, until: datetime) -> list[Delivery]:
    """Publish deliveries of the period that the network gave an id for."""
    rows = Delivery.objects.filter(
        channel=channel, kind="publish", state__in=OUT,
        first_sent_at__gte=since, first_sent_at__lt=until,
    )  # fmt: skip
    return list(rows.exclude(remote_id="").order_by("first_sent_at", "pk"))


def _doubtful(channel: Channel, since: datetime, until: datetime) -> list[Delivery]:
    rows = Delivery.objects.filter(
        channel=channel, state__in=("sending", "unknown", "needs_human"),
        first_sent_at__gte=since, first_sent_at__lt=until,
    )  # fmt: skip
    return list(rows.order_by("first_sent_at", "pk"))


def _undone(keys: Iterable[UUID]) -> set[UUID]:
    """Those of the deliveries that were deleted again, with proof."""
    rows = Delivery.objects.filter(kind="delete", source__in=list(keys), state="verified")
    return set(rows.values_list("source", flat=True))


def _compared(row: Delivery, remote_id: str, gone: bool, shown: Shown) -> Difference | None:
    """remote_id: that it has now."""
    there = True if remote_id in shown.posts else shown.asked.get(remote_id, False)
    if isinstance(there, str):
        return _difference(Verdict.UNREADABLE, row, there)
    if there == gone:
        return _difference(Verdict.STILL_THERE if gone else Verdict.ABSENT, row)
    return None


def _unexplained(
    channel: Channel, posts: list[Seen], discoveries: Iterable[Discovery]
) -> list[Seen]:
    """Posts of the period that belong to no delivery: neither by id, nor as a discovery, nor (for
    those that a person vouched for) by their text."""
    told = {post.remote_id for one in discoveries for post in one.posts}
    own = Delivery.objects.filter(channel=channel, kind="publish", remote_id="")
    vouched = own.filter(state="verified").values_list("payload", flat=True)
    texts = {str(payload.get("text", "")) for payload in vouched}
    plain = {folded(text) for text in texts}
    return [
        post
        for post in posts
        if post.remote_id not in told
        and folded(post.text) not in plain
        and not (post.spellings and any(says(post.text, one, post.spellings) for one in texts))
    ]


def _found(one: Discovery) -> Difference:
    verdict = Verdict.FOUND if one.how else Verdict.UNCLEAR
    text = str(one.row.payload.get("text", ""))[:_EXCERPT]
    ids = ", ".join(post.remote_id for post in one.posts)
    return Difference(verdict, one.posts[0].created_at, ids, text, one.row.pk, one.how)


def _stray(post: Seen) -> Difference:
    return Difference(Verdict.STRAY, post.created_at, post.remote_id, post.text[:_EXCERPT])


def _unknown(row: Delivery) -> Difference:
    return _difference(Verdict.UNKNOWN, row, row.reason)


def _unreadable(since: datetime, why: str) -> Difference:
    return Difference(Verdict.UNREADABLE, since, "", "", detail=why)


def _difference(verdict: Verdict, row: Delivery, detail: str = "") -> Difference:
    text = str(row.payload.get("text", ""))[:_EXCERPT]
    return Difference(verdict, row.first_sent_at or row.due_at, row.remote_id, text, row.pk, detail)
