"""What a containment asks of its database does not grow with the posts it takes away."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from breakwater.delivery.models import Delivery
from breakwater.evidence.models import Absence, Capture
from breakwater.incidents.models import Subject
from breakwater.incidents.services import containing, progress
from breakwater.incidents.tests.world import (
    LATER,
    channels,
    deletes,
    intrude,
    seal_all,
    taken_down,
)
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.strays.tests.world import NOW


def queries(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


def test_many_posts_cost_the_database_no_more_questions_than_few(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace)
    containing.begin(by_bob, intrude(places, 6), via="page", now=NOW)
    assert seal_all(now=NOW) == 6
    few = queries(lambda: progress.advance_all(LATER))
    assert len(deletes()) == 6
    taken_down(now=LATER)
    intrude(places, 36, first=6, now=LATER)
    joining = queries(lambda: progress.join_followed(LATER))
    assert Capture.objects.filter(state="asked").count() == 36
    assert seal_all(now=LATER) == 36

    many = queries(lambda: progress.advance_all(LATER))

    assert len(deletes()) == 42
    assert Subject.objects.filter(removal__isnull=False).count() == 42
    assert joining < 40
    assert many < few + 2 * 6  # the looks for six posts that are gone by now


def test_what_is_gone_is_not_asked_for_again_and_again(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    alarm = intrude(channels(harbour_workspace), 6)
    containing.begin(by_bob, alarm, via="page", now=NOW)
    seal_all(now=NOW)
    progress.advance_all(LATER)
    for one in deletes()[1:]:
        Delivery.objects.filter(pk=one.pk).update(state="verified", state_at=LATER)
    progress.advance_all(LATER)
    assert Absence.objects.count() == 15

    with CaptureQueriesContext(connection) as asked:
        progress.advance_all(LATER)

    said = [one["sql"] for one in asked]
    assert not [one for one in said if one.startswith("INSERT")]
    assert len([one for one in said if 'FROM "evidence_absence"' in one]) == 1
    assert Absence.objects.count() == 15
