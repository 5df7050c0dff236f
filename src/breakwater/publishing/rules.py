"""Who may approve what: pure rules over plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from breakwater.domain.errors import Forbidden
from breakwater.people.models import Policy


@dataclass(frozen=True)
class Hands:
    """Whose hands a version went through. policy: the workspace's, when it was submitted."""

    policy: str
    author: UUID
    editor: UUID
    submitter: UUID

    @property
    def own(self) -> frozenset[UUID]:
        return frozenset({self.author, self.editor, self.submitter})


def check_may_decide(person: UUID, hands: Hands, approvers: Collection[UUID]) -> None:
    """Nothing, or Forbidden: "not_an_approver", or "own_post" for the version's own hands.

    Under the policy "one" nobody decides on what they wrote, changed last or submitted, owners
    included. Under "none" those who confirmed it themselves may also decide again.
    """
    if hands.policy == Policy.NONE:
        if person not in approvers and person not in hands.own:
            raise Forbidden(code="not_an_approver")
        return
    if person not in approvers:
        raise Forbidden(code="not_an_approver")
    if person in hands.own:
        raise Forbidden(code="own_post")


def may_decide(person: UUID, hands: Hands, approvers: Collection[UUID]) -> bool:
    try:
        check_may_decide(person, hands, approvers)
    except Forbidden:
        return False
    return True
