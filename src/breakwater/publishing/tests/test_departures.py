"""When a post left is known with the delivery that left, and month and list go by it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import StaleState
from breakwater.domain.guarantees import Outcome
from breakwater.people.models import Person
from breakwater.publishing import services
from breakwater.publishing.calendar import Card, Filters, listing, month
from breakwater.publishing.content import TargetOf
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import MakeContent, advance, end, leave, send

PARIS = "Europe/Paris"


@pytest.fixture
def twice(
    draft: Post, quay: Channel, pier: Channel, content: MakeContent, ann: Person, bob: Person,
    now: datetime,
) -> Post:  # fmt: skip
    """Leaves for two channels on Thursday."""
    both = content(targets={quay.pk: TargetOf(), pier.pk: TargetOf()})
    post = services.save_draft(
        draft.pk, draft.workspace_id, draft.revision, both, by=ann.pk, now=now
    )
    version = services.submit(post, by=ann.pk, now=now)
    return services.decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)


def month_of(post: Post, at: datetime) -> dict[int, list[UUID]]:
    """Day -> posts, of the days that have any."""
    days = month(post.workspace_id, at.year, at.month, PARIS)
    return {day.date.day: [card.id for card in day.cards] for day in days if day.cards}


def card_of(post: Post) -> Card:
    (card,) = listing(post.workspace_id, Filters(), zone=PARIS).cards
    return card


def test_sent_at_once_it_stands_where_it_left(scheduled: Post, bob: Person, now: datetime) -> None:
    assert month_of(scheduled, now) == {5: [scheduled.pk]}
    services.send_now(scheduled, by=bob.pk, now=now)
    assert month_of(scheduled, now) == {5: [scheduled.pk]}

    leave(Delivery.objects.get(), now)

    assert month_of(scheduled, now) == {now.day: [scheduled.pk]}
    card = card_of(scheduled)
    assert (card.left_at, card.stands_at, card.planned_at) == (now, now, scheduled.planned_at)
    assert card.wall is not None
    assert card.wall.day == now.day


def test_sent_late_it_stands_where_it_left(scheduled: Post, bob: Person, now: datetime) -> None:
    late = now + timedelta(days=9)
    missed = advance(Delivery.objects.get(), "missed", now=now + timedelta(days=4))
    services.send_late(missed, by=bob.pk, now=late)

    leave(Delivery.objects.get(), late)

    assert month_of(scheduled, late) == {late.day: [scheduled.pk]}
    assert card_of(scheduled).left_at == late


def test_the_list_goes_by_when_it_left(
    scheduled: Post, content: MakeContent, ann: Person, bob: Person, now: datetime
) -> None:
    early = services.new_post(
        scheduled.workspace_id, by=ann.pk, now=now, content=content(wall="2026-03-04T09:30")
    )
    services.send_now(scheduled, by=bob.pk, now=now)

    def order(**filters: datetime) -> list[UUID]:
        cards = listing(scheduled.workspace_id, Filters(**filters), zone=PARIS).cards  # type: ignore[arg-type]
        return [card.id for card in cards]

    assert order() == [scheduled.pk, early.pk]
    leave(Delivery.objects.get(), now)

    assert order() == [early.pk, scheduled.pk]
    assert order(until=now + timedelta(hours=1)) == [scheduled.pk]
    assert order(since=now + timedelta(hours=1)) == [early.pk]


@pytest.mark.parametrize(
    ("outcome", "to"),
    [
        (Outcome.REFUSED, "failed"),
        (Outcome.NOT_SENT, "retry_wait"),
        (Outcome.UNKNOWN, "unknown"),
    ],
)
def test_what_is_not_known_to_be_out_has_not_left(
    scheduled: Post, now: datetime, outcome: Outcome, to: str
) -> None:
    send(Delivery.objects.get(), now, outcome, to)

    card = card_of(scheduled)
    assert (card.left_at, card.stands_at) == (None, scheduled.planned_at)


def test_the_first_of_several_channels_counts(twice: Post, now: datetime) -> None:
    first, second = Delivery.objects.order_by("pk")

    leave(second, now + timedelta(hours=2))
    leave(first, now + timedelta(hours=1))

    assert card_of(twice).left_at == now + timedelta(hours=1)


def test_found_later_it_left_when_it_was_sent(scheduled: Post, now: datetime) -> None:
    row = send(Delivery.objects.get(), now, Outcome.UNKNOWN, "unknown")

    end(row, now + timedelta(hours=3), Outcome.FOUND, "accepted", step="look")

    assert card_of(scheduled).left_at == now


def test_read_back_it_stays_where_it_left(
    scheduled: Post, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = leave(Delivery.objects.get(), now)

    end(row, now + timedelta(minutes=5), Outcome.FOUND, "verified", step="verify")

    assert card_of(scheduled).left_at == now
    with django_assert_num_queries(2):
        month_of(scheduled, now)
    with django_assert_num_queries(2):
        card_of(scheduled)


@pytest.fixture
def asked(scheduled: Post, now: datetime) -> Delivery:
    """The network took it, and does not show it: a person is asked."""
    row = leave(Delivery.objects.get(), now)
    return end(row, now, Outcome.ABSENT, "needs_human", step="verify")


def test_a_person_who_saw_it_is_believed(scheduled: Post, bob: Person, now: datetime) -> None:
    row = send(Delivery.objects.get(), now, Outcome.UNKNOWN, "unknown")
    row = end(row, now, Outcome.ABSENT, "needs_human", step="look")

    services.it_is_out(row, by=bob.pk, now=now + timedelta(days=1))

    assert card_of(scheduled).left_at == now


def test_it_was_not_out_so_it_stands_at_its_plan(
    scheduled: Post, asked: Delivery, bob: Person, now: datetime
) -> None:
    assert card_of(scheduled).left_at == now

    services.it_is_not_out(asked, by=bob.pk, now=now)

    card = card_of(scheduled)
    assert (card.left_at, card.stands_at) == (None, scheduled.planned_at)


def test_what_is_given_up_did_not_leave(
    scheduled: Post, asked: Delivery, bob: Person, now: datetime
) -> None:
    services.leave_it(asked, by=bob.pk, now=now)

    assert card_of(scheduled).left_at is None


def test_a_refused_answer_moves_nothing(
    scheduled: Post, asked: Delivery, bob: Person, now: datetime
) -> None:
    Delivery.objects.update(state="verified")

    with pytest.raises(StaleState):
        services.it_is_not_out(asked, by=bob.pk, now=now)

    assert card_of(scheduled).left_at == now


def test_a_delete_moves_nothing(scheduled: Post, bob: Person, now: datetime) -> None:
    row = leave(Delivery.objects.get(), now)
    row = end(row, now, Outcome.FOUND, "verified", step="verify")

    leave(services.take_down(row, by=bob.pk, now=now), now + timedelta(days=1))

    assert card_of(scheduled).left_at == now
