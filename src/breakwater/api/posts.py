"""Posts: written, looked at, submitted, moved, cancelled, sent."""

from uuid import UUID

from ninja import Router

from breakwater.api import shown
from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.base import Limit, Moment, Short
from breakwater.api.schemas.publishing import (
    ContentWish,
    CreateWish,
    MoveWish,
    PageOut,
    PostOut,
    PreviewOut,
    ReportOut,
    ReportWish,
    SaveWish,
    SubmitWish,
)
from breakwater.people.models import Policy
from breakwater.people.roles import Right
from breakwater.publishing import services
from breakwater.publishing.calendar import Filters, listing
from breakwater.publishing.content import Content, parse
from breakwater.publishing.models import Post
from breakwater.publishing.previews import preview as previewed
from breakwater.publishing.previews import report as reported
from breakwater.publishing.selectors import policy_of, post_of
from breakwater.publishing.status import Status

router = Router(tags=["posts"])
_ALL = "/w/{slug}/posts"
_ONE = "/w/{slug}/posts/{post_id}"


@route(router, "GET", _ALL, right=Right.SEE, answer=PageOut)
def posts(
    call: Call,
    *,
    status: Status | None = None,
    channel_id: UUID | None = None,
    text: Short = "",
    since: Moment | None = None,
    until: Moment | None = None,
    cursor: Short = "",
    limit: Limit = 50,
) -> PageOut:
    """Posts by their planned time (without one: by when they were begun), newest first.

    since, until: of the planned instant, with its offset; until is not included.
    """
    page = listing(
        call.workspace_id,
        Filters(status=status, channel_id=channel_id, text=text, since=since, until=until),
        zone=call.access.workspace.zone,
        cursor=cursor,
        size=limit,
    )
    return PageOut(items=[shown.card(one) for one in page.cards], next=page.next)


@route(router, "POST", _ALL, right=Right.WRITE, answer=PostOut, status=201)
def create(call: Call, wish: CreateWish) -> PostOut:
    """A draft, written by the token's person."""
    content = _content(wish.content) if wish.content else None
    return shown.post(
        services.new_post(call.workspace_id, by=call.by, now=call.now, content=content)
    )


@route(router, "POST", _ALL + "/report", right=Right.WRITE, answer=ReportOut)
def report(call: Call, wish: ReportWish) -> ReportOut:
    """What would stop this content, and what is worth a look. Nothing is kept."""
    return shown.report(reported(call.workspace_id, _content(wish.content), now=call.now))


@route(router, "GET", _ONE, right=Right.SEE, answer=PostOut)
def post(call: Call, post_id: UUID) -> PostOut:
    """One post: its draft, what was submitted and decided, and its deliveries."""
    return shown.post(_post(call, post_id))


@route(router, "PUT", _ONE + "/draft", right=Right.WRITE, answer=PostOut)
def save(call: Call, post_id: UUID, wish: SaveWish) -> PostOut:
    """The draft holds this content, if it still is the revision that you changed.

    409 `edited_elsewhere` says who changed it meanwhile (`who`), when, and its `revision`.
    """
    return shown.post(
        services.save_draft(
            post_id,
            call.workspace_id,
            wish.revision,
            _content(wish.content),
            by=call.by,
            now=call.now,
        )
    )


@route(router, "POST", _ONE + "/preview", right=Right.WRITE, answer=PreviewOut, apart=True)
def preview(call: Call, post_id: UUID) -> PreviewOut:
    """Exactly what would be sent if it were submitted now, and the digest to confirm it with."""
    made = previewed(_post(call, post_id), now=call.now)
    return PreviewOut(
        **shown.report_parts(made.report),
        revision=made.revision,
        digest=made.digest,
        planned_at=made.planned.instant if made.planned else None,
        parts=shown.parts(made.parts),
    )


@route(router, "POST", _ONE + "/submit", right=Right.WRITE, answer=PostOut, apart=True)
def submit(call: Call, post_id: UUID, wish: SubmitWish) -> PostOut:
    """The draft is frozen and waits for approval; under the policy "none" it is confirmed with
    `confirmed_digest`, and planned (for which the token needs `schedule` too)."""
    row = _post(call, post_id)
    if policy_of(row, call.by) == Policy.NONE:
        call.need(Right.SCHEDULE)
    version = services.submit(row, by=call.by, now=call.now, confirmed_digest=wish.confirmed_digest)
    return shown.post(version.post)


@route(router, "POST", _ONE + "/move", right=Right.SCHEDULE, answer=PostOut)
def move(call: Call, post_id: UUID, wish: MoveWish) -> PostOut:
    """A draft planned for another time; an approval was for the old time, and is void."""
    found = _post(call, post_id)
    return shown.post(services.move(found, wish.wall, wish.zone, by=call.by, now=call.now))


@route(router, "POST", _ONE + "/cancel", right=Right.SCHEDULE, answer=PostOut)
def cancel(call: Call, post_id: UUID) -> PostOut:
    """Nothing of the post will leave. It can be opened again."""
    return shown.post(services.cancel(_post(call, post_id), by=call.by, now=call.now))


@route(router, "POST", _ONE + "/reopen", right=Right.SCHEDULE, answer=PostOut)
def reopen(call: Call, post_id: UUID) -> PostOut:
    """The post is a draft again: its approval is void and its deliveries are cancelled."""
    return shown.post(services.reopen(_post(call, post_id), by=call.by, now=call.now))


@route(router, "POST", _ONE + "/send-now", right=Right.SCHEDULE, answer=PostOut)
def send_now(call: Call, post_id: UUID) -> PostOut:
    """What still waits of the planned post is due at once. This is a decision by name: where
    approval is asked, the token needs `approve` too."""
    found = _post(call, post_id)
    need_decision(call, found.version.policy if found.version else Policy.ONE)
    services.send_now(found, by=call.by, now=call.now)
    return shown.post(found)


def need_decision(call: Call, policy: str) -> None:
    """Nothing, or Forbidden: a token decides only if it was made to, whatever its person may."""
    if policy != Policy.NONE:
        call.need(Right.APPROVE)


def _post(call: Call, post_id: UUID) -> Post:
    return post_of(call.workspace_id, post_id)


def _content(wish: ContentWish) -> Content:
    return parse(wish.model_dump(mode="json"))
