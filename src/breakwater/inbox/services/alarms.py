"""Telling those on duty that somebody may be in danger, or that a threat has come: in quiet words, and
without what was written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from breakwater.domain.triage import Category
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.rotas import on_duty
from breakwater.notices.services import News, tell, tell_each
from breakwater.people.models import Person


def urgent(thread: Thread) -> str:
    """ "danger", "threat" or "": what those on duty have to know of it as it is."""
    if not thread.waiting:
        return ""
    if thread.danger:
        return "danger"
    return "threat" if thread.category == Category.THREAT else ""


def raise_alarm(
    talks: Sequence[Thread], before: Mapping[UUID, str], items: Mapping[UUID, Sequence[Item]],
    *, now: datetime,
) -> None:  # fmt: skip
    """Of what became urgent just now those on duty are told: of each person in danger, and of
    threats once an hour, for they come in hundreds. Nothing is asked where nothing did; else who is
    on duty is asked once for each workspace, and all its dangers are told in one query.
    before: thread id -> `urgent` of it before; items: -> its messages that wait."""
    dangers = [
        one for one in talks if urgent(one) == "danger" and before[one.pk] != "danger"
    ]  # fmt: skip
    threats = [one for one in talks if urgent(one) == "threat" and not before[one.pk]]
    if not dangers and not threats:
        return
    prefetch_related_objects([*dangers, *threats], "workspace", "channel")
    workspaces = {one.workspace_id: one.workspace for one in [*dangers, *threats]}
    duty = {pk: on_duty(workspace, now) for pk, workspace in workspaces.items()}
    for pk, workspace in workspaces.items():
        theirs = [one for one in dangers if one.workspace_id == pk]
        news = [_danger(one, items[one.pk], workspace.slug) for one in theirs]
        tell_each(duty[pk], "danger", news, workspace_id=pk, now=now)
    for thread in {one.workspace_id: one for one in threats}.values():
        _tell_threat(thread, duty[thread.workspace_id], now)


def _danger(thread: Thread, items: Sequence[Item], slug: str) -> News:
    """Once for each time that somebody has to look: until it is answered, or found to be none."""
    newest = max(one.pk for one in items if one.danger)
    return News(
        f"danger:{thread.pk}:{newest}", {"channel": str(thread.channel)},
        f"/w/{slug}/inbox/{thread.pk}/",
    )  # fmt: skip


def _tell_threat(thread: Thread, duty: Sequence[Person], now: datetime) -> None:
    workspace = thread.workspace
    tell(
        duty, "threat", key=f"threat:{workspace.pk}:{now:%Y%m%d%H}",
        data={"channel": str(thread.channel)},
        path=f"/w/{workspace.slug}/inbox/all/?category=threat", workspace_id=workspace.pk, now=now,
    )  # fmt: skip
