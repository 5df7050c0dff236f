"""How it stands with an approval: who may decide, who did, and why the reader may not."""

from collections.abc import Sequence
from dataclasses import dataclass

from breakwater.core.messages import sentence
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.rules import Hands, may_decide


@dataclass(frozen=True)
class Review:
    """The approval of one version.

    may: whether the reader may decide. why_not: the sentence that says why not, for those whose
    role could. deciders: names of those who may.
    """

    version: Version
    may: bool
    why_not: str
    deciders: Sequence[str]


def review_of(access: Access, post: Post, version: Version) -> Review:
    able = deciders(access, hands_of(post, version))
    may = access.person.pk in {one.pk for one in able}
    why_not = "" if may or not access.may(Right.APPROVE) else sentence("own_post")
    return Review(version, may, why_not, [str(one) for one in able])


def hands_of(post: Post, version: Version) -> Hands:
    return Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)


def hands_if_submitted(access: Access, post: Post) -> Hands:
    """Whose hands the draft would have gone through, if the reader submitted it now."""
    return Hands(access.workspace.policy, post.author_id, post.edited_by_id, access.person.pk)


def deciders(access: Access, hands: Hands) -> list[Person]:
    """The approvers who may decide on what went through these hands."""
    able = with_right(access.workspace.pk, Right.APPROVE)
    ids = {person.pk for person in able}
    return [person for person in able if may_decide(person.pk, hands, ids)]


def may_decide_now(access: Access, post: Post, version: Version) -> bool:
    """Whether the reader may take a new decision on the version, like sending it now."""
    able = {person.pk for person in with_right(access.workspace.pk, Right.APPROVE)}
    return may_decide(access.person.pk, hands_of(post, version), able)


def standing(decisions: Sequence[Decision], post: Post) -> Decision | None:
    """The yes that lets the post leave, if there is one."""
    return next(
        (
            one
            for one in decisions
            if one.version_id == post.version_id
            and one.about == "version"
            and one.approved
            and one.revoked_at is None
        ),
        None,
    )
