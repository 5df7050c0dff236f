"""A review: every planned and current thing is a line, decided by name, carried out once."""

from datetime import datetime, timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.evidence.models import Capture, Signature
from breakwater.pauses.models import Pause, ReviewLine
from breakwater.pauses.reviewing import Wanted, lines, progress, undecided
from breakwater.pauses.services import reviewing
from breakwater.pauses.services.carrying import aside_hold, carry
from breakwater.pauses.services.filling import fill
from breakwater.pauses.services.pausing import pause_all
from breakwater.pauses.tests.reviews.conftest import delivery, plan
from breakwater.people.models import Membership, Person
from breakwater.people.roles import Role
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import out


def planned(pause: Pause) -> dict[str, ReviewLine]:
    rows = ReviewLine.objects.filter(pause=pause, what="planned")
    return {str(row.shown["title"]): row for row in rows}


def one(pause: Pause, post: Post) -> ReviewLine:
    return ReviewLine.objects.get(pause=pause, subject=post.version_id)


def test_each_planned_thing_is_a_line_with_its_hints_the_soonest_first(
    pause: Pause, party: Post, fog: Post, now: datetime
) -> None:
    fill(pause, now=now)

    found = [(row.what, row.shown.get("title")) for row in lines(pause, Wanted()).rows]
    assert sorted(found[:2]) == [("ads", ""), ("hand", "")]
    assert found[2:] == [
        ("planned", "Party on the quay tonight!"), ("planned", "Fog is expected."),
    ]  # fmt: skip
    said = one(pause, party).hints
    assert [(hint["category"], hint["word"], hint["why"]) for hint in said] == [
        ("party", "Party", "list")
    ]
    assert one(pause, fog).hints == []


def test_what_is_out_and_recent_comes_before_what_is_planned(
    quay: Channel, party: Post, approver: Access, now: datetime
) -> None:
    row = delivery(party)
    out(row, now=now)
    Delivery.objects.filter(pk=row.pk).update(accepted_at=now)

    pause = pause_all(approver, "Fire in the harbour", via="page", now=now).pause

    fill(pause, now=now)

    first = lines(pause, Wanted()).rows[0]
    assert (first.what, first.shown["text"]) == ("out", "Party on the quay tonight!")


def test_filled_again_nothing_is_twice_and_nothing_undecided(
    pause: Pause, party: Post, quay: Channel, approver: Access, ann: Person, bob: Person,
    now: datetime,
) -> None:  # fmt: skip
    fill(pause, now=now)
    line = one(pause, party)
    reviewing.decide(approver, pause, [line.pk], "keep", "It is a memorial.", now=now)
    plan(quay, "A new one.", now + timedelta(hours=5), ann, bob, now)

    fresh = fill(pause, now=now)

    assert fresh == 1
    assert fill(pause, now=now) == 0
    assert one(pause, party).decision == "keep"


def test_a_decision_is_by_name_and_with_a_reason(
    pause: Pause, party: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = one(pause, party)
    before = Entry.objects.count()

    with pytest.raises(Invalid) as refused:
        reviewing.decide(writer, pause, [line.pk], "keep", "  ", now=now)

    assert refused.value.code == "why_needed"
    assert one(pause, party).decision == ""
    assert Entry.objects.count() == before

    reviewing.decide(writer, pause, [line.pk], "keep", "Harmless.", now=now)

    decided = one(pause, party)
    assert (decided.decision, decided.why, decided.by) == ("keep", "Harmless.", writer.person)
    assert Entry.objects.latest("number").verb == "pause.decided"


def test_only_equals_are_decided_together(
    pause: Pause, party: Post, fog: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    both = [one(pause, party).pk, one(pause, fog).pk]

    with pytest.raises(Invalid) as refused:
        reviewing.decide(writer, pause, both, "keep", "Fine.", now=now)

    assert refused.value.code == "not_alike"
    assert undecided(pause) == 4


def test_equals_are_decided_with_one_word(
    pause: Pause, fog: Post, quay: Channel, writer: Access, ann: Person, bob: Person, now: datetime
) -> None:
    plan(quay, "Mist is expected.", now + timedelta(days=3), ann, bob, now)
    fill(pause, now=now)

    n = reviewing.decide_alike(writer, pause, one(pause, fog).alike, "keep", "Weather.", now=now)

    assert n == 2
    assert [(row.what, row.decided, row.all) for row in progress(pause)] == [
        ("planned", 2, 3), ("ads", 0, 1), ("hand", 0, 1),
    ]  # fmt: skip


def test_cancelled_it_never_leaves(
    pause: Pause, party: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    reviewing.decide(writer, pause, [one(pause, party).pk], "cancel", "Not now.", now=now)

    carry(pause, now=now)

    assert one(pause, party).outcome == "done"
    assert Post.objects.get(pk=party.pk).state == "cancelled"
    assert delivery(party).state == "cancelled"
    with pytest.raises(StaleState) as refused:
        reviewing.decide(writer, pause, [one(pause, party).pk], "keep", "After all.", now=now)
    assert refused.value.code == "line_done"


def test_to_modify_voids_the_yes(pause: Pause, party: Post, writer: Access, now: datetime) -> None:
    fill(pause, now=now)
    reviewing.decide(writer, pause, [one(pause, party).pk], "modify", "Another word.", now=now)

    carry(pause, now=now)

    assert Post.objects.get(pk=party.pk).state == "draft"


def test_kept_back_it_stops_at_a_hold_of_its_own(
    pause: Pause, party: Post, fog: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    reviewing.decide(writer, pause, [one(pause, party).pk], "pause", "Later.", now=now)

    carry(pause, now=now)

    hold = aside_hold(pause)
    assert hold is not None
    assert hold.tag in delivery(party).tags
    assert hold.tag not in delivery(fog).tags


def test_two_persons_are_two(
    pause: Pause, party: Post, writer: Access, approver: Access, carl: Access, now: datetime
) -> None:
    reviewing.set_manner(carl, two_persons=True, now=now)
    pause.refresh_from_db()
    fill(pause, now=now)
    line = one(pause, party)
    reviewing.decide(writer, pause, [line.pk], "cancel", "Not now.", now=now)

    with pytest.raises(Forbidden) as refused:
        reviewing.second(writer, pause, [line.pk], now=now)

    assert refused.value.code == "own_decision"
    assert carry(pause, now=now) == []
    assert Post.objects.get(pk=party.pk).state == "scheduled"

    reviewing.second(approver, pause, [line.pk], now=now)
    carry(pause, now=now)

    assert Post.objects.get(pk=party.pk).state == "cancelled"
    assert one(pause, party).second_by == approver.person


def test_an_author_takes_nothing_down(
    quay: Channel, party: Post, writer: Access, approver: Access, now: datetime
) -> None:
    row = out(delivery(party), now=now)
    Delivery.objects.filter(pk=row.pk).update(accepted_at=now)

    pause = pause_all(approver, "Fire", via="page", now=now).pause
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, what="out")

    with pytest.raises(Forbidden):
        reviewing.decide(writer, pause, [line.pk], "cancel", "Too gay.", now=now)

    assert ReviewLine.objects.get(pk=line.pk).decision == ""
    assert not Delivery.objects.filter(kind="delete").exists()


@pytest.fixture
def out_line(quay: Channel, party: Post, approver: Access, now: datetime) -> ReviewLine:
    """Approver bob decided that a post that is out goes."""
    row = out(delivery(party), now=now)
    Delivery.objects.filter(pk=row.pk).update(accepted_at=now, remote_id="77")
    pause = pause_all(approver, "Fire", via="page", now=now).pause
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, what="out")
    reviewing.decide(approver, pause, [line.pk], "cancel", "Too gay.", now=now)
    return line


def test_who_lost_the_right_meanwhile_takes_nothing_down(
    out_line: ReviewLine, approver: Access, now: datetime
) -> None:
    Membership.objects.filter(person=approver.person).update(role=Role.AUTHOR)

    carry(out_line.pause, now=now)

    assert ReviewLine.objects.get(pk=out_line.pk).outcome == "forbidden"
    assert not Delivery.objects.filter(kind="delete").exists()


@pytest.mark.parametrize("state", ["asked", "partial", "sealed"])
def test_of_what_an_incident_is_about_nothing_is_taken_down_without_its_evidence(
    out_line: ReviewLine, quay: Channel, approver: Access, now: datetime, state: str
) -> None:
    capture = Capture.objects.create(
        workspace=quay.workspace, channel=quay, remote_id="77", why="A hijack.",
        incident=new_id(), state=state, state_at=now, created_at=now, blob="a" * 64,
    )  # fmt: skip

    carry(out_line.pause, now=now)

    assert ReviewLine.objects.get(pk=out_line.pk).outcome == "evidence_first"
    assert not Delivery.objects.filter(kind="delete").exists()

    Capture.objects.filter(pk=capture.pk).update(state="partial")
    Signature.objects.create(
        capture=capture, why="It hurts.", person=approver.person, created_at=now
    )
    reviewing.decide(approver, out_line.pause, [out_line.pk], "cancel", "Signed.", now=now)
    carry(out_line.pause, now=now)

    assert Delivery.objects.get(kind="delete").needs_blob == "a" * 64


def test_a_page_of_fifty_ends_where_the_next_begins(
    pause: Pause, party: Post, now: datetime
) -> None:
    fill(pause, now=now)

    first = lines(pause, Wanted(), size=3)
    second = lines(pause, Wanted(), after=first.after, size=3)

    assert [len(first.rows), len(second.rows)] == [3, 1]
    assert second.after == ""
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    with pytest.raises(Invalid):
        lines(pause, Wanted(), after="nowhere")
    assert [row.what for row in lines(pause, Wanted(hint="party")).rows] == ["planned"]


def test_a_mind_may_be_changed_while_nothing_is_done(
    pause: Pause, party: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = one(pause, party)
    for choice in ("keep", "pause", "cancel"):
        reviewing.decide(writer, pause, [line.pk], choice, "Another mind.", now=now)
        carry(pause, now=now)

    assert one(pause, party).decision == "cancel"
    assert delivery(party).state == "cancelled"


def test_what_is_kept_back_is_not_kept_by_another_word(
    pause: Pause, party: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = one(pause, party)
    reviewing.decide(writer, pause, [line.pk], "pause", "Later.", now=now)
    carry(pause, now=now)

    with pytest.raises(StaleState):
        reviewing.decide(writer, pause, [line.pk], "keep", "Now.", now=now)

    assert one(pause, party).decision == "pause"
