"""Why a deed cannot be done with a post as it is: said at once, before anybody is asked."""

from collections.abc import Sequence

from breakwater.delivery.models import Delivery
from breakwater.delivery.services import DELETE
from breakwater.domain.errors import IllegalMove, Problem, StaleState
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.services.approvals import check_person
from breakwater.publishing.services.scheduling import refuse_if_begun
from breakwater.publishing.stopping import begun
from breakwater.web.post_page import ways


def why_not(access: Access, post: Post, name: str) -> Problem | None:
    """None when the post's page offers the deed to this person; else what stands in its way.

    name: of the deed's address, like "post-cancel".
    """
    rows = deliveries_of(post)
    if name in {way.name for way in ways(access, post, rows)}:
        return None
    try:
        _refuse(access, post, rows, name)
    except Problem as problem:
        return problem
    return IllegalMove(graph="post", current=post.state, to=name)


def _refuse(access: Access, post: Post, rows: Sequence[Delivery], name: str) -> None:
    if name == "post-send-now":
        return _not_sent(access, post)
    if name == "post-take-down":
        return _not_deleted(rows)
    return _not_changed(post, rows)


def _not_sent(access: Access, post: Post) -> None:
    if post.version is None or post.state not in ("approved", "scheduled"):
        raise StaleState(code="not_approved", state=post.state)
    check_person(post, post.version, access.person.pk)
    raise StaleState(code="nothing_waits")


def _not_deleted(rows: Sequence[Delivery]) -> None:
    if any(
        row.kind == DELETE and row.state not in ("verified", "taken", "cancelled") for row in rows
    ):
        raise StaleState(code="being_deleted")
    raise StaleState(code="nothing_to_take_down")


def _not_changed(post: Post, rows: Sequence[Delivery]) -> None:
    refuse_if_begun(begun(rows))
    if post.state in ("draft", "cancelled"):
        raise StaleState(code=f"is_{post.state}")
