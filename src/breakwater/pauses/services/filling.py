"""The lines of a review: every planned and current thing, once, with what in it could jar."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q

from breakwater.channels.models import Channel, Portrait
from breakwater.channels.selectors import channels
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.domain.jarring import Event, event_of, hints
from breakwater.domain.kinds import PUBLISH
from breakwater.inbox.automation import rules_of
from breakwater.inbox.models import Rule
from breakwater.pauses.lines import (
    BOOSTED,
    JOINT,
    PINNED,
    PLANNED_STATES,
    RECENT,
    RECENT_WITHIN,
    SHOWN_CHARACTERS,
    STANDING,
    What,
    alike,
    hint_json,
    rank_of,
    text_of,
)
from breakwater.pauses.models import Pause, ReviewLine, ReviewManner, Signal
from breakwater.publishing.models import Version

AT_ONCE = 200


def fill(pause: Pause, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Each planned and current thing of the pause that had no line has one now; at most `limit`
    planned ones a call. How many are new: 0 when nothing is missing. Decisions stay as they are.
    """
    if pause.over:
        return 0
    _manner(pause)
    event = event_for(pause)
    lines = _of_planned(pause, event, limit, now)
    lines += _of_out(pause, event, limit, now)
    if not ReviewLine.objects.filter(pause=pause, what=What.HAND).exists():
        lines += _standing(pause, event, now)
    made = ReviewLine.objects.bulk_create(lines, ignore_conflicts=True)
    return len(made)


def event_for(pause: Pause) -> Event:
    """What the event is about: the reason of the pause, and the news that led to it."""
    signals = Signal.objects.filter(pause=pause).order_by("created_at")[:5]
    titles = [str(one["title"]) for row in signals for one in row.facts.get("headlines", [])]
    return event_of(pause.why, titles[:50])


def _manner(pause: Pause) -> None:
    """The workspace's two-person rule is the pause's, from its first line on."""
    if pause.two_persons or ReviewLine.objects.filter(pause=pause).exists():
        return
    if ReviewManner.objects.filter(workspace_id=pause.workspace_id, two_persons=True).exists():
        pause.two_persons = True
        Pause.objects.filter(pk=pause.pk).update(two_persons=True)


def _of_planned(pause: Pause, event: Event, limit: int, now: datetime) -> list[ReviewLine]:
    rows = Delivery.objects.filter(
        workspace_id=pause.workspace_id, kind=PUBLISH, state__in=PLANNED_STATES
    ).exclude(_has_line(pause, "source"))
    if wanted := pause.scope.get("channels"):
        rows = rows.filter(channel_id__in=wanted)
    due = dict(
        rows.order_by().values("source").annotate(due=Min("due_at")).values_list("source", "due")
        .order_by("due")[:limit]
    )  # fmt: skip
    names = _channel_names(due)
    found = Version.objects.filter(pk__in=due).select_related("post")
    return [
        _line(
            pause, What.PLANNED, ref=str(one.pk), subject=one.pk, rank=rank_of(due[one.pk], now),
            stands_at=due[one.pk], event=event, language=str(one.content.get("language", "")),
            text=text_of(one.content), title=one.post.title,
            more={"post": str(one.post_id), "channels": names.get(one.pk, [])}, now=now,
        )
        for one in found
    ]  # fmt: skip


def _channel_names(versions: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = Delivery.objects.filter(source__in=list(versions), kind=PUBLISH)
    for row in rows.select_related("channel").order_by("channel__handle"):
        own = found.setdefault(row.source, [])
        if (name := str(row.channel)) not in own:
            own.append(name)
    return found


def _of_out(pause: Pause, event: Event, limit: int, now: datetime) -> list[ReviewLine]:
    """What went out in the 48 hours before the pause and since, and what is pinned."""
    pins = _pins(pause)
    own = pause.workspace_id
    # The workspace in each part: so each finds its index, however many posts there are.
    wanted = Q(workspace_id=own, accepted_at__gte=pause.created_at - RECENT_WITHIN)
    for channel_id, remote_id in pins:
        wanted |= Q(workspace_id=own, channel_id=channel_id, remote_id=remote_id)
    rows = Delivery.objects.filter(wanted, kind=PUBLISH, state__in=OUT)
    new = rows.exclude(_has_line(pause, "pk")).select_related("channel")
    lines = [
        _out(pause, row, (row.channel_id, row.remote_id) in pins, event, now)
        for row in new.order_by("-accepted_at")[:limit]
    ]
    known = set(rows.filter(remote_id__in=[one for _, one in pins]).values_list("remote_id"))
    have = set(ReviewLine.objects.filter(pause=pause, what=What.OUT).values_list("ref", flat=True))
    lines += [
        _line(
            pause, What.OUT, ref=f"pin:{remote_id}"[:500], channel=pins[channel_id, remote_id],
            rank=PINNED, stands_at=now, event=event, more={"pinned": True}, now=now,
        )
        for channel_id, remote_id in pins
        if (remote_id,) not in known and f"pin:{remote_id}"[:500] not in have
    ]  # fmt: skip
    return lines


def _pins(pause: Pause) -> dict[tuple[UUID, str], Channel]:
    return {
        (channel.pk, str(remote_id)): channel
        for channel, profile in _profiles(pause)
        for remote_id in profile.get("pinned", [])
    }


def _profiles(pause: Pause) -> list[tuple[Channel, dict[str, Any]]]:
    """How each connected account shows itself, as far as it was read."""
    own = {one.pk: one for one in channels(pause.workspace_id)}
    newest = (
        Portrait.objects.filter(channel_id__in=own).order_by().values("channel_id")
        .annotate(newest=Max("first_at"))
    )  # fmt: skip
    wanted = {row["channel_id"]: row["newest"] for row in newest}
    rows = Portrait.objects.filter(channel_id__in=wanted)
    return [
        (own[row.channel_id], row.profile) for row in rows if row.first_at == wanted[row.channel_id]
    ]


def _out(pause: Pause, row: Delivery, pinned: bool, event: Event, now: datetime) -> ReviewLine:
    payload = row.payload if isinstance(row.payload, dict) else {}
    alts = [str(one.get("alt", "")) for one in payload.get("media", [])]
    text = JOINT.join(one for one in [str(payload.get("text", "")), *alts] if one)
    return _line(
        pause, What.OUT, ref=str(row.pk), subject=row.pk, channel=row.channel,
        rank=PINNED if pinned else RECENT, stands_at=row.accepted_at or now, event=event,
        text=text[:SHOWN_CHARACTERS], language=str(payload.get("language", "")),
        more={"pinned": pinned, "url": row.remote_url}, now=now,
    )  # fmt: skip


def _standing(pause: Pause, event: Event, now: datetime) -> list[ReviewLine]:
    """What stands there all the time, and what people have to remember themselves."""
    lines = [
        _line(
            pause, What.PROFILE, ref=str(channel.pk), channel=channel, rank=STANDING,
            stands_at=now, event=event, text=_words_of(profile), now=now,
        )
        for channel, profile in _profiles(pause)
    ]  # fmt: skip
    lines += [_of_rule(pause, rule, event, now) for rule in rules_of(pause.workspace_id) if rule.on]
    networks = sorted({one.network for one in channels(pause.workspace_id)})
    lines += [
        _line(
            pause, What.ADS, ref=network, rank=BOOSTED, stands_at=now, event=event,
            more={"network": network}, now=now,
        )
        for network in networks
    ]  # fmt: skip
    hand = _line(pause, What.HAND, ref="hand", rank=BOOSTED, stands_at=now, event=event, now=now)
    return [*lines, hand]


def _words_of(profile: dict[str, Any]) -> str:
    said = [str(profile.get(name) or "") for name in ("name", "bio", "link")]
    return JOINT.join(one for one in said if one)[:SHOWN_CHARACTERS]


def _of_rule(pause: Pause, rule: Rule, event: Event, now: datetime) -> ReviewLine:
    said = [str(one.get("text", "")) for one in rule.actions if isinstance(one, dict)]
    return _line(
        pause, What.RULE, ref=str(rule.pk), subject=rule.pk, rank=STANDING, stands_at=now,
        event=event, title=rule.name, text=JOINT.join(one for one in said if one), now=now,
    )  # fmt: skip


def _line(
    pause: Pause,
    what: What,
    *,
    ref: str,
    rank: int,
    stands_at: datetime,
    event: Event,
    now: datetime,
    subject: UUID | None = None,
    channel: Channel | None = None,
    text: str = "",
    title: str = "",
    language: str = "",
    more: dict[str, Any] | None = None,
) -> ReviewLine:
    said = [hint_json(one) for one in hints(text, event, language)]
    shown = {"title": title, "text": text, "when": stands_at.isoformat(), **(more or {})}
    if channel is not None:
        shown["channels"] = [str(channel)]
    kinds = sorted({str(one["category"]) for one in said})
    return ReviewLine(
        categories=f"|{'|'.join(kinds)}|" if kinds else "",
        pause=pause, what=what, subject=subject, channel=channel, ref=ref, shown=shown, hints=said,
        rank=rank, stands_at=stands_at, alike=alike(what, said), created_at=now,
    )  # fmt: skip


def _has_line(pause: Pause, about: str) -> Exists:
    return Exists(ReviewLine.objects.filter(pause=pause, subject=OuterRef(about)))
