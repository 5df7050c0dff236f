"""Writing: a new post, and saving its draft as it is typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import Forbidden, NotFound, StaleState
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.publishing.content import Content, as_json, parse
from breakwater.publishing.lifecycle import EDITABLE, POST
from breakwater.publishing.models import Post, Version
from breakwater.publishing.plans import tzdata_version


def new_post(
    workspace_id: UUID,
    *,
    by: UUID,
    now: datetime,
    content: Content | None = None,
    purpose: str = "",
    statement: Mapping[str, Any] | None = None,
) -> Post:
    """A draft of the workspace, written by `by`; empty, or with `content`. purpose: STATEMENT for
    what is said in an incident; it passes a pause, and needs a yes whatever the policy is. statement:
    of that, as in `Post.statement`.

    Raises: NotFound when there is no such workspace.
    """
    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is None:
        raise NotFound(what="workspace")
    first = content or Content(language=workspace.language, zone=workspace.zone)
    post = Post(
        workspace_id=workspace_id,
        author_id=by,
        edited_by_id=by,
        edited_at=now,
        created_at=now,
        state=POST.initial,
        state_at=now,
        stands_at=now,
        purpose=purpose,
        statement=dict(statement or {}),
    )
    _fill(post, first)
    with transaction.atomic():
        post.save(force_insert=True)
        record([Fact(workspace_id, "post.written", "post", post.pk)], by=by, now=now)
    return post


def save_draft(
    post_id: UUID, workspace_id: UUID, revision: int, content: Content, *, by: UUID, now: datetime
) -> Post:
    """The draft holds `content`, one revision on, if it still was what the caller saw.

    The same content again changes nothing, whoever saves it. Raises: NotFound; as `check_hands`;
    StaleState("not_a_draft") with `state`; StaleState("edited_elsewhere") with `who` (a name),
    `when` (ISO 8601, UTC) and the present `revision`: what was typed stays with the caller.
    """
    with transaction.atomic():
        post = locked(workspace_id, post_id)
        check_hands(post, by)
        if post.state not in EDITABLE:
            raise StaleState(code="not_a_draft", state=post.state)
        if same(post, content):
            return post
        check_revision(post, revision)
        return write(post, content, by=by, now=now)


def locked(workspace_id: UUID, post_id: UUID) -> Post:
    """The post, locked until the end of the transaction: always the first lock of a deed."""
    rows = Post.objects.select_for_update(of=("self",)).filter(workspace_id=workspace_id)
    post = rows.filter(pk=post_id).first()
    if post is None:
        raise NotFound(what="post")
    return post


def check_hands(post: Post, by: UUID) -> None:
    """Nothing, or Forbidden("statement_hands"): a statement passes a pause, so only those who respond
    to incidents write, move, reopen or submit it."""
    if post.purpose != STATEMENT:
        return
    if by not in {one.pk for one in with_right(post.workspace_id, Right.RESPOND)}:
        raise Forbidden(code="statement_hands")


def check_revision(post: Post, revision: int) -> None:
    """Nothing, or StaleState("edited_elsewhere") that says who changed the draft, and when."""
    if post.revision != revision:
        editor = Person.objects.filter(pk=post.edited_by_id).first()
        raise StaleState(
            code="edited_elsewhere",
            who=str(editor or ""),
            when=post.edited_at.isoformat(),
            revision=post.revision,
        )


def same(post: Post, content: Content) -> bool:
    return parse(post.draft) == content


def write(post: Post, content: Content, *, by: UUID, now: datetime) -> Post:
    """The locked draft holds `content`; `by` is who changed it last."""
    _fill(post, content)
    post.revision += 1
    post.edited_by_id, post.edited_at = by, now
    post.save(
        update_fields=[
            "draft", "title", "words", "revision", "edited_by", "edited_at", "planned_wall",
            "planned_zone", "planned_at", "planned_tzdata", "left_at", "stands_at",
        ]
    )  # fmt: skip
    return post


def replan(post: Post, version: Version, at: datetime) -> None:
    """The locked post and its version are planned for `at`, as typed on the wall of its zone: where
    clocks go back and an hour comes twice, the instant still is `at`."""
    content = parse(post.draft)
    wall = at.astimezone(ZoneInfo(content.zone or "UTC"))
    content = content.at(f"{wall:%Y-%m-%dT%H:%M}", content.zone or "UTC")
    post.draft = as_json(content)
    post.planned_wall, post.planned_zone = content.wall, content.zone
    post.planned_at = post.stands_at = at
    post.planned_tzdata = tzdata_version()
    post.save(
        update_fields=[
            "draft", "planned_wall", "planned_zone", "planned_at", "planned_tzdata", "stands_at",
        ]
    )  # fmt: skip
    Version.objects.filter(pk=version.pk).update(planned_at=at)


def _fill(post: Post, content: Content) -> None:
    planned = content.planned()
    post.draft = as_json(content)
    post.title, post.words = content.title(), content.words()
    post.planned_wall, post.planned_zone = content.wall, content.zone
    post.planned_at = planned.instant if planned else None
    post.planned_tzdata = tzdata_version() if planned else ""
    post.left_at = None  # what can be written on has not left
    post.stands_at = planned.instant if planned else post.created_at
