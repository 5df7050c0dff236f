"""Cutting off whoever may hold a session or a token of ours: a part of containing an intruder."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.people.models import Workspace
from breakwater.people.selectors import members
from breakwater.people.services.persons import end_sessions
from breakwater.people.services.tokens import revoke_all


@dataclass(frozen=True)
class CutOff:
    """How many API tokens died, and how many persons have to sign in again."""

    tokens: int
    persons: int


def cut_off(workspace: Workspace, *, by: UUID | None, now: datetime) -> CutOff:
    """No token of the workspace works, and every member signs in again, in their other workspaces
    too; but for a drill, which leaves the real desk alone. May be called again. Two transactions of its own: call it outside any other, because
    persons, tokens and audit chains of several workspaces are locked one after the other.
    """
    tokens = revoke_all(workspace, by=by, now=now)
    everybody = () if workspace.drill else _everybody(workspace)
    persons = end_sessions(everybody, by=by, now=now)
    return CutOff(tokens, persons)


def _everybody(workspace: Workspace) -> Collection[UUID]:
    return members(workspace.pk).values_list("person_id", flat=True)
