"""What people declare of accounts, and what is asked again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.people import NOW

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.hygiene import selectors, services
from breakwater.hygiene.models import Holder, Posture, YearlyDrill
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
WELL = {"unique_password": "yes", "in_manager": "yes", "mfa": "yes"}
BADLY = {"unique_password": "no", "in_manager": "no", "mfa": "no"}
DAY = timedelta(days=1)


def channel_of(workspace: Workspace, remote_id: str = "1") -> Channel:
    return Channel.objects.create(
        workspace=workspace, network="sandbox", origin="http://harbour.internal",
        remote_id=remote_id, handle="@quay", state_at=NOW, created_at=NOW,
    )  # fmt: skip


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


@pytest.fixture
def mia_at(harbour_workspace: Workspace, person_factory: Any, member_factory: Any) -> Access:
    """Manages."""
    mia = person_factory("mia")
    member_factory(harbour_workspace, mia, Role.MANAGER)
    return access(mia, harbour_workspace.slug, Right.CONNECT)


def _told(code: str) -> list[str]:
    return sorted(one.person.name for one in Notice.objects.filter(code=code))


def test_nothing_is_known_before_somebody_said_it(quay: Channel, now: datetime) -> None:
    known = selectors.negligence(quay, now.date())

    assert (known.facts, known.said_at) == (frozenset(), None)


def test_a_second_factor_that_is_off_is_told_at_once_and_once(
    mia_at: Access, quay: Channel, now: datetime
) -> None:
    services.declare(mia_at, quay.pk, **BADLY, now=now)
    services.declare(mia_at, quay.pk, **BADLY, now=now + DAY)

    known = selectors.negligence(quay, now.date())
    assert _told("posture_off") == ["Mia"]
    assert known.facts == {"mfa_off", "password_shared", "no_manager"}
    assert known.said_at == now + DAY
    assert [one.pk for one in selectors.unlocked(mia_at.workspace.pk)] == [quay.pk]


def test_it_is_asked_again_after_ninety_days_and_then_every_month(
    mia_at: Access, quay: Channel, now: datetime
) -> None:
    services.declare(mia_at, quay.pk, **WELL, now=now)

    asked = [services.remind(now=now + days * DAY) for days in (89, 90, 91, 121)]
    services.declare(mia_at, quay.pk, **WELL, now=now + 122 * DAY)

    assert asked == [0, 1, 0, 1]
    assert Notice.objects.filter(code="posture_due").count() == 2
    assert Posture.objects.get().remind_at == now + 212 * DAY


def test_access_that_should_have_ended_is_told_once_and_shown_until_it_is(
    mia_at: Access, quay: Channel, now: datetime
) -> None:
    row = services.add_holder(
        mia_at, quay.pk, name="Quill & Co", kind="agency", ends_on=date(2026, 3, 5), now=now
    )

    on_the_day = services.remind(now=datetime(2026, 3, 5, 20, tzinfo=UTC))
    after = [services.remind(now=datetime(2026, 3, 6, hour, tzinfo=UTC)) for hour in (9, 10)]
    late = selectors.negligence(quay, date(2026, 3, 6))
    services.end_holder(mia_at, quay.pk, row.pk, now=now)

    assert (on_the_day, after, _told("access_ends")) == (0, [1, 0], ["Mia"])
    assert late.facts == {"access_overdue"}
    assert selectors.negligence(quay, date(2026, 3, 6)).facts == frozenset()


def test_the_drill_is_due_a_year_after_the_last(
    mia_at: Access, quay: Channel, now: datetime
) -> None:
    services.declare(mia_at, quay.pk, **WELL, now=now)
    services.note_drill(mia_at, now.date() - DAY, now=now)
    Posture.objects.update(remind_at=now + 9999 * DAY)

    asked = [services.remind(now=now + days * DAY) for days in (300, 367, 368)]

    assert asked == [0, 1, 1]
    assert _told("drill_due") == ["Mia"]
    with pytest.raises(Invalid):
        services.note_drill(mia_at, now.date() + 2 * DAY, now=now)
    assert YearlyDrill.objects.count() == 1


def test_only_who_looks_after_channels_declares_and_only_of_their_own(
    mia_at: Access, quay: Channel, ann: Person, other_workspace: Workspace, now: datetime
) -> None:
    ann_at = access(ann, mia_at.workspace.slug, Right.SEE)
    strange = channel_of(other_workspace, remote_id="9")
    before = Entry.objects.count()

    with pytest.raises(Forbidden):
        services.declare(ann_at, quay.pk, **WELL, now=now)
    with pytest.raises(NotFound):
        services.declare(mia_at, strange.pk, **WELL, now=now)
    with pytest.raises(Invalid):
        services.declare(mia_at, quay.pk, **{**WELL, "mfa": "hunter2"}, now=now)
    with pytest.raises(Invalid):
        services.add_holder(mia_at, quay.pk, name=" ", kind="staff", ends_on=None, now=now)

    assert Entry.objects.count() == before
    assert not Posture.objects.exists()
    assert not Holder.objects.exists()
