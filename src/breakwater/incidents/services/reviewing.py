"""After an incident: a review that asks for circumstances, and what changes, until it has changed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move
from breakwater.domain.errors import NotFound
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import ACTIONS, CAUSES
from breakwater.incidents.lifecycle import ACTION
from breakwater.incidents.models import Action, Incident, Review, Task
from breakwater.incidents.services.tasks import somebody
from breakwater.incidents.services.timeline import note
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

REVIEW_MAX = 5000
TEXT_MAX = 500
EVERY = timedelta(days=7)
_UPWARDS_AFTER = 3
"""So many reminders to its owner; then those who look after the workspace are told as well."""
_AT_ONCE = 100


def write(
    by: Access, incident: Incident, text: str, causes: Collection[str], *, now: datetime
) -> Review:
    """The review as it counts from now on; earlier ones stay. Raises: Forbidden; Invalid."""
    checks.may(by, Right.RESPOND)
    said = words(text, "text", REVIEW_MAX)
    kept = [one_of(cause, CAUSES, "causes") for cause in causes]
    with transaction.atomic():
        review = Review.objects.create(
            incident=incident, text=said, causes=kept, by=by.person, created_at=now
        )
        note(incident, "review", by=by.person.pk, data={"causes": kept}, now=now)
    return review


def add_action(
    by: Access,
    incident: Incident,
    text: str,
    kind: str,
    *,
    owner: UUID | None,
    due_at: datetime,
    now: datetime,
) -> Action:
    """It is to change until then; its owner is reminded until it has. Raises: Forbidden; Invalid."""
    checks.may(by, Right.RESPOND)
    said, kind = words(text, "text", TEXT_MAX), one_of(kind, ACTIONS, "kind")
    person = somebody(by, owner) or by.person
    with transaction.atomic():
        action = Action.objects.create(
            workspace=by.workspace, incident=incident, text=said, kind=kind, owner=person,
            due_at=due_at, state_at=now, nag_at=max(due_at, now), created_at=now,
        )  # fmt: skip
        note(incident, "action", by=by.person.pk, data={"kind": kind, "what": said}, now=now)
    return action


def end_action(
    by: Access, action_id: UUID, to: str, *, why: str = "", ref: str = "", now: datetime
) -> Action:
    """closed: it has changed. dropped: it will not, for this reason. Raises: Forbidden; Invalid;
    NotFound; StaleState."""
    checks.may(by, Right.RESPOND)
    one_of(to, ("closed", "dropped"), "to")
    said = words(why, "why", TEXT_MAX, needed=to == "dropped")
    action = Action.objects.select_related("incident").filter(
        workspace=by.workspace, pk=action_id
    ).first()  # fmt: skip
    if action is None:
        raise NotFound(what="action")
    with transaction.atomic():
        incident, what = action.incident, action.text
        action = move(
            action, ACTION, to, by=by.person.pk, now=now, why={"because": said},
            reason=said, ref=ref.strip()[:200],
        )  # fmt: skip
        data = {"what": what}
        note(incident, f"action_{to}", by=by.person.pk, data=data, text=said, now=now)
    return action


def nag(now: datetime) -> int:
    """How many open actions and promises were reminded of: when they are due, and each week after."""
    return _actions(now) + _promises(now)


def _actions(now: datetime) -> int:
    with transaction.atomic():
        due = list(
            Action.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("incident__workspace", "owner")
            .filter(state="open", nag_at__lte=now)
            .order_by("nag_at")[:_AT_ONCE]
        )
        for action in due:
            action.nags += 1
            action.nag_at = now + EVERY
            action.save(update_fields=["nags", "nag_at"])
            _tell(action.incident, _whom(action), "action_open", f"{action.pk}:{action.nags}",
                  action.text, "review", now)  # fmt: skip
    return len(due)


def _promises(now: datetime) -> int:
    with transaction.atomic():
        due = list(
            Task.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("incident__workspace", "who", "incident__lead")
            .filter(done_at=None, nag_at__lte=now)
            .order_by("nag_at")[:_AT_ONCE]
        )
        for task in due:
            task.nag_at = now + EVERY
            task.save(update_fields=["nag_at"])
            person = task.who or task.incident.lead
            whom = [person] if person else with_right(task.incident.workspace_id, Right.RESPOND)
            _tell(task.incident, whom, "promise_due", f"{task.pk}:{now.date()}", task.text,
                  "tasks", now)  # fmt: skip
    return len(due)


def _whom(action: Action) -> list[Person]:
    above = with_right(action.workspace_id, Right.INVITE)
    if action.owner is None or not action.owner.is_active:
        return above
    more = [one for one in above if one != action.owner] if action.nags > _UPWARDS_AFTER else []
    return [action.owner, *more]


def _tell(
    incident: Incident, whom: list[Person], code: str, key: str, what: str, tab: str, now: datetime
) -> None:
    tell(
        whom, code, key=f"{code}:{key}", data={"what": what, "number": incident.number},
        path=f"/w/{incident.workspace.slug}/incidents/{incident.pk}/{tab}/",
        workspace_id=incident.workspace_id, now=now,
    )  # fmt: skip
