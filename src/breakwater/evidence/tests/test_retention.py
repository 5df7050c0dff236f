"""What is kept has an end, told before; heads are known to two; shredded means gone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.people import NOW, make_member, make_person

from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.evidence import proving, vault
from breakwater.evidence.copying import Cut
from breakwater.evidence.models import Access as Looked
from breakwater.evidence.models import Capture, Head, Link, Shredding
from breakwater.evidence.reading import look_at
from breakwater.evidence.services.asking import ask_again
from breakwater.evidence.services.copying import copy_for_others
from breakwater.evidence.services.exporting import export
from breakwater.evidence.services.leasing import lease
from breakwater.evidence.services.minors import keep_it, minor
from breakwater.evidence.services.retention import hold_on, set_years, tend
from breakwater.evidence.tests.world import brought, sealed
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

YEAR = NOW + timedelta(days=365)


@pytest.fixture
def kept(channel: Channel, bob: Person) -> Capture:
    return sealed(channel, "1.stray", bob.pk)


def codes() -> list[str]:
    return sorted(Notice.objects.values_list("code", flat=True))


def test_the_end_is_told_thirty_days_before_and_then_it_is_shredded(kept: Capture) -> None:
    tend(now=YEAR - timedelta(days=31))
    assert "evidence_ends" not in codes()
    tend(now=YEAR - timedelta(days=29))
    tend(now=YEAR - timedelta(days=28))
    assert codes().count("evidence_ends") == 1
    tend(now=YEAR - timedelta(days=1))
    assert vault.package(Capture.objects.get())

    tend(now=YEAR + timedelta(days=2))

    kept.refresh_from_db()
    assert kept.shredded_at == YEAR + timedelta(days=2)
    assert not blobs.exists(kept.blob)
    with pytest.raises(NotFound):
        vault.package(kept)
    assert proving.prove(kept.workspace_id) == []


def test_what_is_still_needed_is_not_shredded(kept: Capture, bob_at: Access) -> None:
    hold_on(bob_at, kept, "Court of Paris", now=NOW)

    for days in (340, 370, 400):
        tend(now=NOW + timedelta(days=days))

    assert vault.package(Capture.objects.get())


def test_who_was_asleep_for_a_year_shreds_nothing_untold(kept: Capture) -> None:
    tend(now=YEAR + timedelta(days=100))

    kept.refresh_from_db()
    assert kept.shredded_at is None
    assert kept.kept_until == YEAR + timedelta(days=130)


def test_two_persons_know_the_head_once_a_day(
    kept: Capture, channel: Channel, harbour_workspace: Workspace, bob: Person
) -> None:
    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)

    tend(now=NOW)
    sealed(channel, "1.other", bob.pk)
    tend(now=NOW + timedelta(hours=2))
    told = Notice.objects.filter(code="evidence_head")
    assert {one.person for one in told} == {mia, bob}
    assert {one.data["seal"] for one in told} == {Link.objects.get(number=1).seal}
    tend(now=NOW + timedelta(hours=25))

    assert told.all().count() == 4


def test_of_a_minor_nothing_is_left_that_opens(
    kept: Capture, bob_at: Access, mia_at: Access
) -> None:
    before = kept.blob

    minor(bob_at, kept, now=NOW)
    minor(mia_at, kept, now=NOW)

    kept.refresh_from_db()
    assert not blobs.exists(before)
    with pytest.raises(NotFound):
        vault.package(kept, before)
    assert Link.objects.get().blob == before
    assert proving.prove(kept.workspace_id) == []


def test_what_is_held_is_not_shredded_as_a_minors_image(kept: Capture, bob_at: Access) -> None:
    hold_on(bob_at, kept, "A court case", now=NOW)

    with pytest.raises(StaleState, match="capture_held"):
        minor(bob_at, kept, now=NOW)

    kept.refresh_from_db()
    assert (kept.state, kept.address_only) == ("sealed", False)
    assert blobs.exists(kept.blob)
    assert codes() == []


def test_those_who_look_after_the_workspace_hear_at_once_what_was_shredded(
    kept: Capture, bob_at: Access, mia_at: Access
) -> None:
    minor(bob_at, kept, now=NOW)

    told = Notice.objects.get()
    assert (told.code, told.person, told.urgent) == ("evidence_minor_asked", mia_at.person, True)
    minor(mia_at, kept, now=NOW)

    assert codes() == ["evidence_minor", "evidence_minor_asked"]


def test_nobody_shreds_evidence_alone(kept: Capture, bob_at: Access, mia_at: Access) -> None:
    minor(bob_at, kept, now=NOW)
    with pytest.raises(StaleState, match="shredding_needs_another"):
        minor(bob_at, kept, now=NOW)

    kept.refresh_from_db()
    assert (kept.state, kept.address_only) == ("sealed", False)
    assert blobs.exists(kept.blob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shredding.objects.update(outcome="yes", answered_by=bob_at.person)


def test_where_nobody_else_responds_such_an_image_waits_for_nobody(
    kept: Capture, bob_at: Access
) -> None:
    before = kept.blob

    minor(bob_at, kept, now=NOW)

    kept.refresh_from_db()
    assert (kept.state, kept.address_only) == ("asked", True)
    assert not blobs.exists(before)
    assert not Shredding.objects.exists()


def test_whoever_asked_first_goes_on_alone_once_nobody_else_is_left(
    kept: Capture, bob_at: Access, mia_at: Access
) -> None:
    minor(bob_at, kept, now=NOW)
    Membership.objects.filter(person=mia_at.person).delete()

    minor(bob_at, kept, now=NOW)

    kept.refresh_from_db()
    asked = Shredding.objects.get()
    assert (kept.state, kept.address_only) == ("asked", True)
    assert (asked.outcome, asked.asked_by, asked.answered_by) == ("yes", bob_at.person, None)


def test_what_is_doubted_is_in_nobodys_hand_until_somebody_else_answers(
    kept: Capture, bob_at: Access, mia_at: Access
) -> None:
    minor(bob_at, kept, now=NOW)

    for deed in (
        lambda: export(mia_at, kept, now=NOW),
        lambda: look_at(mia_at, kept, request=new_id(), now=NOW),
        lambda: copy_for_others(mia_at, kept, Cut(), "Press", now=NOW),
    ):
        with pytest.raises(StaleState, match="capture_doubted"):
            deed()
    assert (Looked.objects.count(), Link.objects.count()) == (0, 1)
    keep_it(mia_at, kept, now=NOW)

    assert export(mia_at, kept, now=NOW)
    assert Shredding.objects.get().outcome == "no"
    with pytest.raises(NotFound):
        keep_it(mia_at, kept, now=NOW)


def test_what_is_doubted_is_not_taken_again(
    channel: Channel, bob: Person, bob_at: Access, mia_at: Access
) -> None:
    taken = brought()
    taken.lacks("media", "too_large", url="http://harbour.internal/m/9")
    partial = ask_again(bob_at, sealed(channel, "1.stray", bob.pk, taken), now=NOW)
    minor(bob_at, partial, now=NOW)

    assert lease(limit=9, now=NOW) == []
    minor(mia_at, partial, now=NOW)

    (row,) = lease(limit=9, now=NOW)
    assert (row.address_only, row.blob, bytes(row.key)) == (True, "", b"")
    assert not blobs.exists(Link.objects.get().blob)


def test_where_nothing_is_on_disk_yet_one_is_enough(capture: Capture, bob_at: Access) -> None:
    assert minor(bob_at, capture, now=NOW).address_only

    assert not Shredding.objects.exists()


def test_years_are_set_by_who_looks_after_the_workspace(
    kept: Capture, bob_at: Access, harbour_workspace: Workspace
) -> None:
    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)
    from_mia = access(mia, harbour_workspace.slug, Right.INVITE)

    with pytest.raises(Forbidden):
        set_years(bob_at, 3, now=NOW)
    with pytest.raises(Invalid):
        set_years(from_mia, 11, now=NOW)
    assert Head.objects.get().years == 1
    set_years(from_mia, 3, now=NOW)

    assert Head.objects.get().years == 3


def test_a_row_that_was_changed_in_the_database_is_named(kept: Capture, channel: Channel) -> None:
    path = blobs.path(kept.blob)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    found = proving.prove(kept.workspace_id)

    assert found == [(f"link 1, capture {kept.pk}", "has no package that opens (blob_damaged)")]


def test_a_head_that_was_set_back_is_named(kept: Capture, channel: Channel, bob: Person) -> None:
    sealed(channel, "1.other", bob.pk)
    Head.objects.update(seal="0" * 64)

    assert proving.prove(kept.workspace_id) == [("link 2", "is not the head that was noted")]
