"""Who is told of a review, in the transaction of the deed."""

from datetime import datetime
from uuid import UUID

from breakwater.notices.services import tell
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.rules import Hands, may_decide


def path_of(post: Post) -> str:
    """The post's page, from "/"."""
    slug = Workspace.objects.values_list("slug", flat=True).get(pk=post.workspace_id)
    return f"/w/{slug}/posts/{post.pk}/"


def tell_approvers(post: Post, version: Version, *, by: UUID, now: datetime) -> None:
    """All who may decide on the version are asked: nobody whose hands it went through."""
    hands = Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)
    able = with_right(post.workspace_id, Right.APPROVE)
    ids = {person.pk for person in able}
    _tell(
        [person for person in able if may_decide(person.pk, hands, ids)],
        "asked_to_approve",
        post,
        version,
        {"who": _name(by)},
        now,
    )


def tell_author(
    post: Post, version: Version, *, approved: bool, comment: str, by: UUID, now: datetime
) -> None:
    """The author and the one who submitted it know the answer, with the comment of a no."""
    code = "approved" if approved else "changes_asked"
    data = {"who": _name(by)} if approved else {"who": _name(by), "note": comment}
    _tell(_owners(post, version, by), code, post, version, data, now)


def tell_of_change(post: Post, code: str, *, by: UUID, now: datetime, **more: str) -> None:
    """The author and the one who submitted the current version know what became of it.

    code: "moved" (with `when` and `zone`), "reopened", "cancelled", "revoked" or
    "revoked_partly". Each is told once for a version, and nobody of their own deed.
    """
    version = post.version
    if version is None:  # never submitted: nobody counts on it
        return
    _tell(_owners(post, version, by), code, post, version, {"who": _name(by), **more}, now)


def tell_of_clocks(post: Post, tzdata: str, *, now: datetime) -> None:
    """Author, submitter and those whose yes stands know that the post's instant moved."""
    if post.planned_at is None:
        return
    ids = {post.author_id}
    if post.version is not None:
        ids.add(post.version.submitted_by_id)
        yes = Decision.objects.filter(version=post.version, approved=True, revoked_at=None)
        ids |= set(yes.values_list("person_id", flat=True))
    tell(
        [one for one in with_right(post.workspace_id, Right.SEE) if one.pk in ids],
        "clocks",
        key=f"clocks:{post.pk}:{tzdata}",
        data={
            "post": post.title or "…",
            "when": post.planned_at.isoformat(),
            "zone": post.planned_zone,
            "utc": post.planned_at.isoformat(),
        },
        path=path_of(post),
        workspace_id=post.workspace_id,
        now=now,
    )


def _owners(post: Post, version: Version, by: UUID) -> list[Person]:
    """Whose post it is, without `by` and without those who may no longer see it."""
    ids = {post.author_id, version.submitted_by_id} - {by}
    return [one for one in with_right(post.workspace_id, Right.SEE) if one.pk in ids]


def _tell(
    people: list[Person], code: str, post: Post, version: Version, data: dict[str, str],
    now: datetime,
) -> None:  # fmt: skip
    tell(
        people,
        code,
        key=f"{code}:{version.pk}",
        data={"post": post.title or "…", **data},
        path=path_of(post),
        workspace_id=post.workspace_id,
        now=now,
    )


def _name(person_id: UUID) -> str:
    return str(Person.objects.get(pk=person_id))
