"""Asking for a capture, signing for a partial one, and what the database refuses."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.evidence import selectors
from breakwater.evidence.models import Capture, Signature
from breakwater.evidence.services import Wanted, ask, ask_again, ask_all, sealing, sign
from breakwater.evidence.services.leasing import TAKINGS, lease
from breakwater.evidence.taken import Taken
from breakwater.evidence.tests.world import brought
from breakwater.notices.models import Notice
from breakwater.people.models import Person
from breakwater.people.selectors import Access


def test_what_is_asked_for_twice_is_one_capture(
    channel: Channel, capture: Capture, now: datetime
) -> None:
    incident = new_id()

    same = ask(channel, "1.stray", "", about={}, why="Again.", incident=None, by=None, now=now)
    one = ask(channel, "1.stray", "", about={}, why="Case.", incident=incident, by=None, now=now)
    two = ask(channel, "1.stray", "", about={}, why="Case.", incident=incident, by=None, now=now)

    assert same == capture
    assert one == two != capture
    assert Entry.objects.filter(verb="evidence.asked").count() == 2


def test_many_are_asked_for_at_once_in_their_order_and_none_twice(
    channel: Channel, capture: Capture, now: datetime
) -> None:
    wanted = [Wanted(channel, one, "", {}) for one in ("2.stray", "1.stray", "3.stray", "2.stray")]

    rows = ask_all(wanted, why="All.", incident=None, by=None, now=now)

    assert [row.remote_id for row in rows] == ["2.stray", "1.stray", "3.stray", "2.stray"]
    assert rows[1] == capture
    assert Capture.objects.count() == 3
    assert Entry.objects.filter(verb="evidence.asked").count() == 3


def test_of_many_nothing_is_asked_for_where_one_has_no_address(
    channel: Channel, now: datetime
) -> None:
    wanted = [Wanted(channel, "2.stray", "", {}), Wanted(channel, "", "", {})]

    with pytest.raises(Invalid) as refused:
        ask_all(wanted, why="All.", incident=None, by=None, now=now)

    assert refused.value.code == "capture_of_nothing"
    assert not Capture.objects.exists()


def test_nothing_without_an_address_is_asked_for(channel: Channel, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        ask(channel, "", "", about={}, why="", incident=None, by=None, now=now)

    assert refused.value.code == "capture_of_nothing"
    assert not Capture.objects.exists()


def test_a_signature_makes_a_partial_capture_ready(
    capture: Capture, bob_at: Access, now: datetime
) -> None:
    Capture.objects.update(state="partial")
    partial = Capture.objects.get()

    assert selectors.ready([partial]) == []
    sign(bob_at, partial, " It shows   a child's address. ", now=now)

    assert Signature.objects.get().why == "It shows a child's address."
    assert selectors.ready([partial]) == [partial]
    assert selectors.sealed([partial]) == []


def test_who_does_not_respond_signs_nothing(
    capture: Capture, ann_at: Access, now: datetime
) -> None:
    Capture.objects.update(state="partial")

    with pytest.raises(Forbidden):
        sign(ann_at, Capture.objects.get(), "Because.", now=now)

    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("state", "code"), [("asked", "capture_under_way"), ("sealed", "capture_is_whole")]
)
def test_only_what_is_partial_is_signed_for(
    capture: Capture, bob_at: Access, now: datetime, state: str, code: str
) -> None:
    Capture.objects.update(state=state, blob="a" * 64)

    with pytest.raises(StaleState) as refused:
        sign(bob_at, Capture.objects.get(), "Because.", now=now)

    assert refused.value.code == code
    assert not Signature.objects.exists()


def test_a_signature_says_why(capture: Capture, bob_at: Access, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        sign(bob_at, capture, " ", now=now)

    assert refused.value.code == "signature_why"


def test_what_is_partial_is_asked_for_again(
    capture: Capture, bob_at: Access, now: datetime
) -> None:
    Capture.objects.update(state="partial")

    again = ask_again(bob_at, Capture.objects.get(), now=now)

    assert again.state == "asked"
    with pytest.raises(StaleState):
        ask_again(bob_at, again, now=now)


def test_what_nobody_comes_to_the_end_of_has_failed_and_people_hear_it(
    capture: Capture, bob: Person, now: datetime
) -> None:
    Capture.objects.update(state="taking", lease_until=now, begun=TAKINGS)

    leased = lease(limit=1, now=now + timedelta(seconds=1))

    assert (leased, Capture.objects.get().state) == ([], "failed")
    told = Notice.objects.get(person=bob)
    assert (told.code, told.path.endswith(f"/evidence/{capture.pk}/")) == ("capture_partial", True)


def test_whoever_is_killed_before_people_are_told_has_not_sealed_it(
    capture: Capture, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = lease(limit=1, now=now)
    partial = Taken(began=now, ended=now, missing=[{"name": "post", "code": "gone"}])
    with monkeypatch.context() as within:
        within.setattr(sealing, "tell", _killed)
        with pytest.raises(KeyboardInterrupt):
            sealing.keep(row, partial, now=now)

    assert Capture.objects.get().state == "taking"


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_was_asked_for_and_signed_is_fixed(
    capture: Capture, bob_at: Access, now: datetime
) -> None:
    Capture.objects.update(state="partial", blob="a" * 64)
    sign(bob_at, Capture.objects.get(), "Because.", now=now)
    Capture.objects.update(state="sealed")

    for forged in (
        lambda: Capture.objects.update(why="Ours."),
        lambda: Capture.objects.update(remote_id="1.other"),
        lambda: Capture.objects.update(manifest_digest="b" * 64),
        lambda: Capture.objects.update(blob="b" * 64),
        lambda: connection.cursor().execute("DELETE FROM evidence_capture"),
        lambda: Signature.objects.update(why="Somebody else's."),
        lambda: connection.cursor().execute("DELETE FROM evidence_signature"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            forged()

    assert Capture.objects.get().blob == "a" * 64
    assert Signature.objects.get().why == "Because."


def test_what_is_leased_is_sealed_without_asking_again_whose_it_is(
    capture: Capture, now: datetime
) -> None:
    (row,) = lease(limit=1, now=now)

    with CaptureQueriesContext(connection) as asked:
        done = sealing.keep(row, brought(), now=now)

    assert done.state == "sealed"
    tables = ("people_person", "people_workspace", "channels_channel")
    assert not [one for one in asked for table in tables if f'FROM "{table}"' in one["sql"]]
