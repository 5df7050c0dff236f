"""A statement passes an open pause, never without another's yes, and claims no hack without proof."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import claims
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.incidents import selectors
from breakwater.incidents.models import Incident, Statement, Task
from breakwater.incidents.services import saying
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.notices.models import Notice
from breakwater.pauses.services.pausing import pause_all
from breakwater.people.models import Person, Policy
from breakwater.people.roles import Role
from breakwater.people.selectors import Access
from breakwater.publishing.content import Content
from breakwater.publishing.models import Post
from breakwater.publishing.selectors import policy_of
from breakwater.publishing.services import decide, move, reopen, save_draft, submit

HOLDING = {"what": "We are looking into what our account showed.", "next": "More at noon."}
APOLOGY = {
    "what": "A post mocked a child.", "who": "We wrote it.", "when_where": "On Sunday, here.",
    "how": "Nobody read it before.", "changes": "Two people read everything.\nWe train on Monday.",
}  # fmt: skip


@pytest.fixture
def case(by_bob: Access, now: datetime) -> Incident:
    return open_incident(by_bob, Opening("bad_post", "A joke"), now=now)


@pytest.fixture
def cleo(by_bob: Access) -> Person:
    """Approves, too."""
    person = make_person("cleo")
    make_member(by_bob.workspace, person, Role.APPROVER)
    return person


def draft(channel: Channel, **more: Any) -> saying.Draft:
    values: dict[str, Any] = {
        "kind": "holding", "language": "en", "parts": HOLDING, "channels": (channel.pk,), **more,
    }  # fmt: skip
    return saying.Draft(**values)


def leaves(now: datetime, key: int = 11) -> list[Delivery]:
    """What a worker may take in hand now."""
    worker = arrive(host="test", pid=1, lock_key=key, now=now)
    found = claims.claim(worker, limit=10, approved=lambda ids: set(ids), now=now)
    return list(found.taken)


def test_it_leaves_through_an_open_pause_with_somebody_elses_yes_and_not_before(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    pause_all(by_bob, "A joke", via="page", now=now)
    row = saying.write(by_bob, case, draft(channel), now=now)
    saying.let_leave(now)
    assert not Delivery.objects.exists()
    version = Post.objects.get(pk=row.post_id).version
    assert version is not None
    with pytest.raises(Forbidden):
        decide(version, by=by_bob.person.pk, approved=True, digest=version.digest, now=now)

    decide(version, by=cleo.pk, approved=True, digest=version.digest, now=now)
    left = saying.let_leave(now)

    assert left == 1
    assert saying.let_leave(now) == 0
    assert [one.payload["text"] for one in leaves(now)] == [
        "We are looking into what our account showed.\n\nMore at noon."
    ]
    assert Notice.objects.get(code="statement_to_approve").person == cleo


def test_an_incomplete_or_unproved_statement_writes_nothing(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    hacked = {**APOLOGY, "how": "Hackers broke in."}
    for parts in ({**APOLOGY, "changes": ""}, hacked):
        with pytest.raises(Invalid, match="statement_stops"):
            saying.write(by_bob, case, draft(channel, kind="apology", parts=parts), now=now)

    assert not Post.objects.exists()
    assert not Statement.objects.exists()
    proved = draft(channel, kind="apology", parts=hacked, proof="A sign-in from elsewhere.")
    assert saying.write(by_bob, case, proved, now=now).claims_hack


def test_promises_become_tasks_that_are_reminded_of(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    saying.write(by_bob, case, draft(channel, kind="apology", parts=APOLOGY), now=now)

    promised = Task.objects.filter(incident=case, source="promise").order_by("position")
    assert [one.text for one in promised] == ["Two people read everything.", "We train on Monday."]
    assert all(one.nag_at == now + saying.PROMISED_WITHIN for one in promised)
    assert next(one.code for one in selectors.timeline(case)) == "statement"


def test_where_nobody_else_could_say_yes_the_author_confirms_it(
    case: Incident, by_bob: Access, channel: Channel, now: datetime
) -> None:
    with pytest.raises(Invalid, match="statement_alone"):
        saying.write(by_bob, case, draft(channel), now=now)
    assert not Post.objects.exists()

    saying.write(by_bob, case, draft(channel, alone=True), now=now)

    assert Post.objects.get().state == "scheduled"


def test_who_does_not_respond_puts_no_other_words_into_a_statement(
    case: Incident, ann: Person, by_bob: Access, channel: Channel, now: datetime
) -> None:
    saying.write(by_bob, case, draft(channel, alone=True), now=now)
    post = Post.objects.get()
    with pytest.raises(Forbidden, match="statement_hands"):
        reopen(post, by=ann.pk, now=now)
    assert Post.objects.get().state == "scheduled"

    post = reopen(post, by=by_bob.person.pk, now=now)
    other = Content(text="Buy our coin.", language="en", zone="UTC")
    with pytest.raises(Forbidden, match="statement_hands"):
        save_draft(post.pk, post.workspace_id, post.revision, other, by=ann.pk, now=now)
    with pytest.raises(Forbidden, match="statement_hands"):
        submit(post, by=ann.pk, now=now)
    with pytest.raises(Forbidden, match="statement_hands"):
        move(post, "2030-01-01T10:00", "UTC", by=ann.pk, now=now)

    kept = Post.objects.get()
    assert (kept.state, kept.draft, kept.planned_at) == ("draft", post.draft, post.planned_at)
    assert policy_of(kept, ann.pk) == Policy.ONE
    assert policy_of(kept, by_bob.person.pk) == Policy.NONE


def test_the_name_of_whoever_made_the_mistake_is_not_published(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    named = draft(channel, author_willing=True, signer=cleo.pk, signer_named=True)

    with pytest.raises(Invalid, match="statement_author_named"):
        saying.write(by_bob, case, named, now=now)

    assert not Post.objects.exists()


def test_a_late_yes_lets_it_leave_all_the_same_and_an_old_one_does_not(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    row = saying.write(by_bob, case, draft(channel), now=now)
    assert saying.waits(case, now)
    version = Post.objects.get(pk=row.post_id).version
    assert version is not None
    late = now + timedelta(minutes=90)
    decide(version, by=cleo.pk, approved=True, digest=version.digest, now=late)
    assert leaves(late) == []
    assert Delivery.objects.get().state == "missed"

    assert saying.let_leave(late + timedelta(hours=2)) == 0
    assert saying.let_leave(late) == 1

    assert [one.payload["text"] for one in leaves(late, 12)] == [
        "We are looking into what our account showed.\n\nMore at noon."
    ]


def test_many_statements_ring_once_in_five_minutes_and_are_all_in_the_list(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    for n in range(3):
        saying.write(by_bob, case, draft(channel), now=now + timedelta(minutes=n))

    notices = Notice.objects.filter(person=cleo, code="statement_to_approve")
    assert [one.urgent for one in notices.order_by("created_at")] == [True, False, False]
    assert Post.objects.filter(state="in_review").count() == 3

    saying.write(by_bob, case, draft(channel), now=now + timedelta(minutes=6))

    assert notices.filter(urgent=True).count() == 2


def test_a_workspace_is_rung_for_six_statements_an_hour_at_most(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    for n in range(8):
        saying.write(by_bob, case, draft(channel), now=now + timedelta(minutes=6 * n))

    notices = Notice.objects.filter(person=cleo, code="statement_to_approve")
    assert [one.urgent for one in notices.order_by("created_at")] == [True] * 6 + [False] * 2
