"""What each sort of beat does. Done again under the same key, it does nothing twice."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.channels import selectors as channels
from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields, staging
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.domain.walltime import local
from breakwater.drills.models import Beat, Drill
from breakwater.networks.base import What
from breakwater.pauses.services.watching import heard
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from breakwater.people.services import update_workspace
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Post
from breakwater.publishing.previews import preview
from breakwater.publishing.services import new_post, send_now, submit

log = logging.getLogger(__name__)
Made = dict[str, Any]
"""What is kept with the beat."""

_KIND = "lasting_key"
"""The accounts keep what they promise: what is practised is the crisis, not a moody network."""
_SOONEST = timedelta(seconds=60)
"""Posts are planned to the minute: with a fast clock, no sooner than this in real time."""


def connect(drill: Drill, beat: Beat, now: datetime) -> Made:
    """One of the brand's accounts, on the network that lives in here and nowhere else."""
    fields = {"name": beat.data["name"], "class": _KIND, "language": drill.language}
    channel = connect_with_fields(
        workspace_id=drill.workspace_id, network=practice(), origin="", fields=fields,
        by=drill.by_id, now=now,
    )  # fmt: skip
    return {"id": str(channel.pk)}


def put_out(drill: Drill, beat: Beat, now: datetime) -> Made:
    """The brand has posted this before anything happened."""
    post = _written(drill, beat, now + _SOONEST, now)
    with suppress(StaleState):  # it was sent before the beat could be marked
        send_now(post, by=drill.by_id, now=now)
    return {}


def plan(drill: Drill, beat: Beat, now: datetime) -> Made:
    """The brand has planned this before anything happened."""
    began = drill.began_at or now
    due = began + timedelta(seconds=beat.data["planned_s"] / drill.speed)
    _written(drill, beat, max(due, now + _SOONEST), now)
    return {}


def policy(drill: Drill, beat: Beat, now: datetime) -> Made:
    """From now on posts of the brand need what they need at home."""
    by = access(drill.by, drill.workspace.slug, Right.INVITE)
    update_workspace(by, policy=beat.data["policy"], now=now)
    return {}


def post(drill: Drill, beat: Beat, now: datetime) -> Made:
    """Somebody else posts on the account."""
    channel = _channel(drill, beat.data["channel"])
    return {"remote": staging.intrude(channel, beat.data["text"], key=beat.key, now=now)}


def profile(drill: Drill, beat: Beat, now: datetime) -> Made:
    staging.rename(_channel(drill, beat.data["channel"]), beat.data["text"], now=now)
    return {}


def mention(drill: Drill, beat: Beat, now: datetime) -> Made:
    return _say(drill, beat, What.MENTION, now)


def message(drill: Drill, beat: Beat, now: datetime) -> Made:
    return _say(drill, beat, What.MESSAGE, now)


def news(drill: Drill, beat: Beat, now: datetime) -> Made:
    """A paper has it, as the watch of the news would have read it there."""
    paper, title = beat.data["who"], beat.data["text"]
    address = f"https://news.example/{drill.pk}/{beat.number}"
    heard(drill.workspace, [(paper, title, address, now)], now=now)
    return {}


def comment(drill: Drill, beat: Beat, now: datetime) -> Made:
    """Below what is newest on the account; about it, where that is gone."""
    about = _newest(drill, beat)
    if about:
        try:
            return _say(drill, beat, What.COMMENT, now, about)
        except Invalid:  # taken down meanwhile: people go on talking
            log.info("drill.said_elsewhere beat=%s", beat.key)
    return _say(drill, beat, What.MENTION, now)


def _say(drill: Drill, beat: Beat, what: What, now: datetime, about: str = "") -> Made:
    said = beat.data
    channel = _channel(drill, said["channel"])
    remote = staging.arrive(
        channel, what, said["text"], author=said["who"], about=about, key=beat.key, now=now
    )
    return {"remote": remote}


def _written(drill: Drill, beat: Beat, at: datetime, now: datetime) -> Post:
    """The beat's post, submitted by whoever began the drill. Killed between the two, it goes on
    with the post that is there."""
    with transaction.atomic():
        own = Beat.objects.select_for_update().get(pk=beat.pk)
        if "post" not in own.data:
            made = new_post(
                drill.workspace_id, by=drill.by_id, now=now, content=_content(drill, own, at)
            )
            own.data = beat.data = {**own.data, "post": str(made.pk)}
            own.save(update_fields=["data"])
    post = Post.objects.get(pk=UUID(own.data["post"]))
    if post.state == "draft":
        digest = preview(post, now=now).digest
        submit(post, by=drill.by_id, now=now, confirmed_digest=digest)
        post.refresh_from_db()
    return post


def _content(drill: Drill, beat: Beat, at: datetime) -> Content:
    """Planned for the first full minute from `at`."""
    zone = drill.workspace.zone
    minute = timedelta(minutes=1)
    late = timedelta(seconds=at.second, microseconds=at.microsecond)
    wall = local(at - late + minute * ceil(late / minute), zone)
    targets = {_channel(drill, place).pk: TargetOf() for place in beat.data["channels"]}
    return Content(
        text=beat.data["text"], language=drill.language, targets=targets,
        wall=wall.strftime("%Y-%m-%dT%H:%M"), zone=zone,
    )  # fmt: skip


def _channel(drill: Drill, place: int) -> Channel:
    """The brand's account of that place. Raises: NotFound, also where it was never connected."""
    rows = drill.beats.filter(what="connect", state="played")
    found = next((row for row in rows if row.data["channel"] == place), None)
    if found is None:
        raise NotFound(what="channel")
    return channels.channel_of(drill.workspace_id, UUID(found.data["id"]))


def _newest(drill: Drill, beat: Beat) -> str:
    """The remote id of the newest post on the beat's account: an intruder's, or the brand's own."""
    place = beat.data["channel"]
    rows = drill.beats.filter(what="post", state="played").order_by("-number")
    for row in rows:
        if row.data["channel"] == place and row.data.get("remote"):
            return str(row.data["remote"])
    own = Delivery.objects.filter(
        workspace=drill.workspace, channel=_channel(drill, place), state__in=OUT
    ).order_by("-accepted_at")
    return str(own.values_list("remote_id", flat=True).first() or "")


DEEDS: Mapping[str, Callable[[Drill, Beat, datetime], Made]] = {
    "connect": connect,
    "out": put_out,
    "plan": plan,
    "policy": policy,
    "post": post,
    "profile": profile,
    "mention": mention,
    "message": message,
    "comment": comment,
    "news": news,
}
