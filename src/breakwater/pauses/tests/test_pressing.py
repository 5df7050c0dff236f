"""A press and its answer are one: killed in the middle, or met by a worker, or pressed again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from tests.deliveries import MakeDelivery
from tests.meeting import Meeting

from breakwater.audit.selectors import verify
from breakwater.delivery.models import Hold
from breakwater.delivery.services import let_pass
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.domain.guarantees import Outcome
from breakwater.domain.resolution import Next
from breakwater.pauses.models import Leaving, Pause
from breakwater.pauses.selectors import answer, barriers
from breakwater.pauses.services.pausing import pause_all
from breakwater.pauses.tests.conftest import Leave
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class _KilledError(BaseException):
    """As a process ends: nothing catches it."""


def test_who_is_killed_before_the_answer_has_not_paused_and_what_it_counts_is_kept_with_it(
    queued: MakeDelivery, leave: Leave, by_ann: Access, now: datetime
) -> None:
    going = queued("Going.")
    leave(now)
    queued("Due.")

    def kill(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if 'INSERT INTO "audit_entry"' in sql:
            raise _KilledError
        return execute(sql, *rest)

    with pytest.raises(_KilledError), connection.execute_wrapper(kill):
        pause_all(by_ann, "A storm.", via="page", now=now)
    assert not Pause.objects.exists()
    assert not Hold.objects.exists()
    assert not Leaving.objects.exists()

    said = pause_all(by_ann, "A storm.", via="page", now=now)

    kept = Pause.objects.get()
    assert (kept.held, kept.out_day) == (said.held, said.out_day) == (1, 0)
    assert [one.delivery_id for one in Leaving.objects.all()] == [going.pk]


@pytest.mark.django_db(transaction=True)
def test_a_press_and_what_becomes_of_that_which_is_leaving_do_not_tangle(
    queued: MakeDelivery, leave: Leave, by_ann: Access, now: datetime
) -> None:
    going = queued("Going.")
    leave(now)
    out = Result(
        delivery_id=going.pk, before="sending", tries=1, step="commit", outcome=Outcome.ACCEPTED,
        next=Next("accepted", now), at=now,
    )  # fmt: skip
    meeting = Meeting()

    meeting.run(
        audit_head_ann=lambda: pause_all(by_ann, "A storm.", via="page", now=now),
        delivery_attempt_worker=lambda: settle([out], now=now),
    )

    assert meeting.broken == []
    going.refresh_from_db()
    assert (going.state, going.reason) == ("accepted", "")
    assert Pause.objects.get().state == "open"
    assert verify(by_ann.workspace.pk) is None


def test_pressed_again_what_was_let_pass_counts_as_held(
    queued: MakeDelivery, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    row = queued()
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    let_pass([row], barriers(pause)[0], by=by_bob.person.pk, now=now)
    assert answer(pause).held == 0

    said = pause_all(by_ann, "Still a storm.", via="page", now=now + MINUTE)

    assert (said.held, said.pause.held) == (1, 1)
