"""Which role may do what. The one table; `access` in selectors is the one place that asks it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    MANAGER = "manager", _("manager")
    APPROVER = "approver", _("approver")
    AUTHOR = "author", _("author")
    AGENT = "agent", _("agent")
    AGENCY = "agency", _("agency")
    VIEWER = "viewer", _("viewer")


class Right(StrEnum):
    """A thing that a page or an API route lets somebody do."""

    SEE = "see"  # calendar, posts, deliveries
    WRITE = "write"  # draft, edit, submit
    APPROVE = "approve"
    SCHEDULE = "schedule"  # plan, move, cancel, send now, settle what became of posts
    ANSWER = "answer"  # answer people, hide, like, mute …; settle what became of it
    TAKE_DOWN = "take_down"  # delete on the network
    PAUSE = "pause"  # stop everything from leaving: whoever sees something wrong may
    RESUME = "resume"  # let it leave again, line by line or all
    RESPOND = "respond"  # alarms, incidents, evidence, statements
    CONNECT = "connect"  # channels
    INVITE = "invite"  # members, roles, settings, API tokens
    AUDIT = "audit"
    INSTALLATION = "installation"  # what all workspaces share: keys of networks; of no role


_ALL = frozenset(Right) - {Right.INSTALLATION}
_SEE = frozenset({Right.SEE})
_AUTHOR = _SEE | {Right.WRITE, Right.SCHEDULE, Right.PAUSE}
_RESPONDER = frozenset({Right.RESUME, Right.RESPOND})

RIGHTS: dict[str, frozenset[Right]] = {
    Role.OWNER: _ALL,
    Role.MANAGER: _ALL,
    Role.APPROVER: _AUTHOR
    | _RESPONDER
    | {Right.APPROVE, Right.ANSWER, Right.TAKE_DOWN, Right.AUDIT},
    Role.AUTHOR: _AUTHOR,
    Role.AGENT: _SEE | {Right.WRITE, Right.ANSWER, Right.PAUSE},
    Role.AGENCY: _SEE | {Right.WRITE},
    Role.VIEWER: _SEE,
}


def rights_of(role: str, *, administrator: bool) -> frozenset[Right]:
    """What a member may do. administrator: the person also looks after the installation."""
    return RIGHTS[role] | ({Right.INSTALLATION} if administrator else frozenset())


def allows(role: str, right: Right) -> bool:
    return right in RIGHTS[role]
