"""What many people say at once is one thing: kept up as messages come, go, and are judged anew."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Arrival, Channel
from breakwater.domain.errors import StaleState
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.triage import Category
from breakwater.inbox.models import Intake, Item, Pile, PileState, Setup, Thread
from breakwater.inbox.pile_selectors import standings
from breakwater.inbox.selectors import needs, next_in
from breakwater.inbox.services import pile_rows
from breakwater.inbox.services.heaps import Heap
from breakwater.inbox.services.piling import COMPARED, SAVED, WINDOW, Piling, compare
from breakwater.inbox.tests.pile_ons import DEAR, LATE, crowd, grouped, pile, piles, somebody
from breakwater.inbox.tests.world import (
    ABUSE,
    COMPLAINT,
    DANGER,
    NOW,
    PRAISE,
    arrive,
    said,
    take_in,
)
from breakwater.networks.base import What

pytestmark = pytest.mark.django_db
LATER = NOW + COMPARED
ALL_LATE = {f"late{n}" for n in range(6)}
ALL_DEAR = {f"dear{n}" for n in range(6)}
BOTH = {"delivery late": ALL_LATE, "price": ALL_DEAR}


def test_two_arguments_of_many_people_are_two_piles_named_in_both_languages(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"), *crowd(DEAR, "dear"), said(PRAISE, "nice"))

    grouped()

    assert piles() == BOTH
    late = pile("delivery late")
    assert late.labels == {"en": "delivery late", "fr": "livraison en retard"}
    assert (late.people, late.messages, late.open) == (6, 6, True)
    assert late.counts["heads"] == {"complaint": 6, "question": 1}
    assert (late.first_at, late.last_at) == (NOW, NOW + timedelta(minutes=5))
    assert Thread.objects.filter(pile=late).count() == 6
    found = standings([quay.workspace_id])
    assert (found.people, len(found.piles), found.threats) == (12, 2, 0)


def test_what_a_pile_is_called_is_asked_before_anybody_waits_for_it(quay: Channel) -> None:
    arrive(quay, *crowd(["empty pool", "and the pool?", "la piscine"], "pool"))
    heap = Heap(quay.workspace_id, Groups())
    assert compare(heap, now=NOW)
    order = []

    def abusive(word: str) -> bool:
        order.append("asked")
        return False

    pile_rows.write(heap, lambda: order.append("locked"), at_least=3, abusive=abusive, now=NOW)

    assert Pile.objects.get().labels == {"en": "pool", "fr": "piscine"}
    assert order[0] == "asked"
    assert "asked" not in order[order.index("locked") :]


def test_fewer_people_than_the_workspace_says_are_no_pile(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late", people=4))
    grouped()
    assert piles() == {}

    Setup.objects.create(workspace=quay.workspace, pile_from=4, created_at=NOW)
    grouped(now=NOW + timedelta(minutes=2))

    assert piles() == {"delivery late": ALL_LATE}
    assert pile("delivery late").people == 4


@pytest.mark.parametrize("size", [1, 5, 12])
def test_however_they_come_the_same_piles_result(quay: Channel, size: int) -> None:
    stream = [*crowd(LATE, "late"), *crowd(DEAR, "dear")]
    worker = grouped()

    for first in range(0, len(stream), size):
        arrive(quay, *stream[first : first + size])
        grouped(worker)

    assert piles() == BOTH


def test_a_person_in_danger_is_never_in_a_pile(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    worker = grouped()
    arrive(quay, said(f"{LATE[0]} {DANGER}", "help", by=somebody("late0"), minutes=9))
    Item.objects.filter(arrival__remote_id="late1").update(danger=True)

    grouped(worker)
    grouped(worker, now=LATER)

    assert piles() == {"delivery late": ALL_LATE - {"late1"}}
    endangered = Item.objects.get(arrival__remote_id="help")
    assert (endangered.danger, endangered.pile) == (True, None)


def test_a_threat_within_a_pile_stays_on_top_of_what_needs_you(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    Item.objects.filter(arrival__remote_id="late1").update(reasons=["threat"], category="threat")
    Thread.objects.filter(key="late1").update(category="threat")

    grouped()

    found = standings([quay.workspace_id])
    assert found.threats == 1
    assert [(one.category, one.talks) for one in needs([quay.workspace_id])] == [("threat", 1)]
    assert next_in([quay.workspace_id]) == Thread.objects.get(key="late1")
    assert next_in([quay.workspace_id], Category.COMPLAINT) is None


def test_what_nobody_has_scored_waits_until_somebody_has(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"), scored=False)
    worker = grouped()
    assert piles() == {}

    Item.objects.update(rank=3, band="clear", model="m", category="complaint", language="en")
    grouped(worker, now=LATER)

    assert piles() == {"delivery late": ALL_LATE}


def test_deletions_edits_and_corrections_take_messages_out_or_elsewhere(quay: Channel) -> None:
    arrive(quay, *crowd([*LATE, *LATE[:3]], "late"), *crowd(DEAR, "dear"))
    worker = grouped()

    take_in(now=NOW)
    arrive(quay, said("", "late6", what=What.GONE), said(DEAR[0], "late7"), now=LATER)
    Item.objects.filter(arrival__remote_id="late8").update(danger=True, corrected=True)
    grouped(worker, now=LATER)

    assert piles() == {"delivery late": ALL_LATE, "price": {*ALL_DEAR, "late7"}}
    assert (pile("delivery late").messages, pile("price").messages) == (6, 7)
    assert Thread.objects.get(key="late7").pile == pile("price")
    assert Thread.objects.get(key="late8").pile is None


def test_a_pile_in_which_too_few_are_left_is_none_any_more(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    worker = grouped()

    Item.objects.filter(arrival__remote_id__in=["late0", "late1"]).update(gone=True)
    grouped(worker, now=LATER)

    assert piles() == {}
    assert Pile.objects.get().open is False
    assert not Thread.objects.exclude(pile=None).exclude(key__in=["late0", "late1"]).exists()


def test_another_worker_goes_on_from_what_the_first_saved(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    first = grouped()
    first.stop(now=NOW)
    kept = bytes(PileState.objects.get().packed)

    arrive(quay, *crowd(DEAR, "dear"))
    grouped(Piling())

    assert len(kept) > 100
    assert b"parcel" not in kept
    assert piles() == BOTH


def test_a_worker_that_was_killed_is_followed_and_no_pile_changes_its_address(
    quay: Channel,
) -> None:
    texts = [f"Quincy the orchid seller lied, number {n}" for n in range(6)]
    arrive(quay, *crowd(texts, "orchid"))
    grouped()
    before = dict(Item.objects.values_list("pk", "pile"))
    PileState.objects.all().delete()  # it had not come to saving
    Pile.objects.update(key="word:otherwise")
    late = NOW + timedelta(seconds=61)

    other = grouped(now=late)

    assert None not in before.values()
    assert dict(Item.objects.values_list("pk", "pile")) == before
    other.stop(now=late)
    assert PileState.objects.exists()


def test_one_worker_at_a_time_groups_and_a_late_one_writes_nothing(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    first, second = Piling(), Piling()
    first.turn(now=NOW)

    assert second.turn(now=NOW) is False
    assert second.turn(now=NOW + timedelta(seconds=61)) is True
    arrive(quay, *crowd(DEAR, "dear"))
    grouped(second, now=NOW + timedelta(seconds=62))

    assert first.turn(now=NOW + timedelta(seconds=63)) is False
    assert piles() == BOTH


def test_a_worker_that_lost_its_lease_within_a_turn_writes_nothing(
    quay: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(quay, *crowd(LATE, "late"))
    worker = Piling()
    worker.turn(now=NOW)
    arrive(quay, *crowd(DEAR, "dear"))
    held = worker._hold
    monkeypatch.setattr(
        worker, "_hold",
        lambda now: held(now) and bool(Intake.objects.filter(name="piles").update(lease_id=None)),
    )  # fmt: skip

    with pytest.raises(StaleState):
        grouped(worker)

    assert "price" not in piles()


def test_it_is_saved_every_thirty_seconds_and_not_more_often(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    worker = grouped()
    assert not PileState.objects.exists()

    grouped(worker, now=NOW + SAVED)
    arrive(quay, *crowd(DEAR, "dear"))
    saved = []
    for moment in (NOW + SAVED, NOW + 1.5 * SAVED, NOW + 2 * SAVED, NOW + 4 * SAVED):
        PileState.objects.update(packed=b"before")
        grouped(worker, now=moment)
        saved.append(bytes(PileState.objects.get().packed) != b"before")

    assert saved == [False, False, True, False]  # the last time nothing was new


def test_what_is_damaged_is_made_anew_of_the_messages(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    PileState.objects.create(workspace=quay.workspace, packed=b"nonsense")

    grouped()

    assert piles() == {"delivery late": ALL_LATE}


def test_old_messages_leave_once_they_are_dealt_with(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"), *crowd(DEAR, "dear"))
    worker = grouped()
    Item.objects.filter(arrival__remote_id__startswith="dear").update(closed=True)
    Thread.objects.filter(key__startswith="dear").update(state="done")
    old = NOW + WINDOW + timedelta(hours=1)

    grouped(worker, now=old)

    assert pile("price").open is False
    assert pile("delivery late").open is True
    assert [one.pile for one in standings([quay.workspace_id]).piles] == [pile("delivery late")]
    assert Item.objects.filter(pile=pile("price")).count() == 6


def test_no_word_of_abuse_becomes_a_label(quay: Channel) -> None:
    texts = [f"Bitch Quincy, number {n} of the bitches" for n in range(6)]
    arrive(quay, *crowd(texts, "x"))
    Item.objects.update(rank=1, band="veiled", category="complaint", danger=False)

    grouped()

    (label,) = Pile.objects.values_list("labels__en", flat=True)
    assert "bitch" not in label.lower()
    assert "quincy" in label.lower() or label in ("other subject", "the same message")


def test_a_workspace_without_messages_keeps_nothing(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(COMPLAINT, "b"))
    worker = grouped()
    worker.stop(now=NOW)
    assert PileState.objects.exists()

    Item.objects.all().delete()
    grouped(now=NOW + timedelta(seconds=61))

    assert not PileState.objects.exists()


def test_what_was_erased_is_in_no_group_any_more(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))
    worker = grouped()
    Arrival.objects.filter(remote_id="late3").update(erased_at=LATER, text="")

    grouped(worker, now=LATER)

    assert piles() == {"delivery late": ALL_LATE - {"late3"}}
    assert Thread.objects.get(key="late3").pile is None
