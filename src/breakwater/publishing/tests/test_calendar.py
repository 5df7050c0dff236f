"""The month and the list show the same posts, with the same status, in few queries."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import DELIVERY, IN_HAND
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.errors import Invalid
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.calendar import Card, Filters, days, listing, month
from breakwater.publishing.content import TargetOf
from breakwater.publishing.lifecycle import POST
from breakwater.publishing.models import Post, Version
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.status import Status, status_of
from breakwater.publishing.tests.conftest import MakeContent, make_channel

PARIS = "Europe/Paris"
MakePost = Callable[[str, str], Post]
STATES = st.sampled_from(sorted(DELIVERY.states))
TARGETS = st.lists(st.tuples(STATES, st.lists(STATES, max_size=2)), max_size=3)
LATER_H = st.none() | st.integers(-72, 900)
POSTS = st.lists(st.tuples(st.sampled_from(sorted(POST.states)), TARGETS, LATER_H), max_size=4)


@pytest.fixture
def plan(
    harbour_workspace: Workspace, ann: Person, content: MakeContent, now: datetime
) -> MakePost:
    def make(text: str, wall: str) -> Post:
        written = content(text, wall=wall)
        return services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)

    return make


def put(
    post: Post,
    state: str,
    targets: list[tuple[str, list[str]]],
    channels: list[Channel],
    later_h: int | None = None,
) -> Post:
    """The post in any state, with deliveries in any state: written as rows, not through services.

    later_h: how many hours after its time it left; None for a post that did not leave.
    """
    version = Version.objects.create(
        post=post, number=1, content={}, digest="", policy="one", edited_by=post.author,
        submitted_by=post.author, planned_at=post.stands_at, created_at=post.created_at,
    )  # fmt: skip
    post.version, post.state = version, state
    if later_h is not None:
        post.left_at = post.stands_at = post.stands_at + timedelta(hours=later_h)
    post.save()
    for channel, (publish, deletes) in zip(channels, targets, strict=False):
        row = deliver(post, channel, "publish", version.pk, 0, publish)
        for number, one in enumerate(deletes):
            deliver(post, channel, "delete", row.pk, number, one)
    return post


def deliver(
    post: Post, channel: Channel, kind: str, source: UUID, number: int, state: str
) -> Delivery:
    at = post.stands_at
    worker = None
    if state in IN_HAND:
        worker = arrive(host="test", pid=1, lock_key=new_id().int % 2**31, now=at)
    return Delivery.objects.create(
        workspace=post.workspace, channel=channel, kind=kind, source=source, occurrence=number,
        payload={}, record_key=new_id().hex[-13:], created_stamp=at, state=state, state_at=at, due_at=at,
        not_before=at, missed_at=at, worker=worker, created_at=at,
    )  # fmt: skip


def shown(workspace_id: UUID, year: int, number: int, zone: str = PARIS) -> list[Card]:
    return [card for day in month(workspace_id, year, number, zone) for card in day.cards]


def test_a_month_has_every_day_and_its_posts_in_order(
    harbour_workspace: Workspace, plan: MakePost, quay: Channel, ann: Person
) -> None:
    late, early = plan("Late.", "2026-03-31T23:59"), plan("Early.", "2026-03-31T00:00")
    plan("April.", "2026-04-01T00:00")

    found = month(harbour_workspace.pk, 2026, 3, PARIS)

    assert [day.date for day in found] == [date(2026, 3, n) for n in range(1, 32)]
    assert [card.id for card in found[-1].cards] == [early.pk, late.pk]
    assert found[-1].cards[0] == Card(
        id=early.pk, title="Early.", state="draft", status=Status.DRAFT, author="Ann",
        stands_at=datetime(2026, 3, 30, 22, 0, tzinfo=UTC),
        planned_at=datetime(2026, 3, 30, 22, 0, tzinfo=UTC), left_at=None, wall=datetime(2026, 3, 31, 0, 0),  # noqa: DTZ001
        channels=(quay.pk,), media=0,
    )  # fmt: skip


def test_the_edges_are_midnight_where_the_reader_is(
    harbour_workspace: Workspace, plan: MakePost
) -> None:
    edge = plan("Edge.", "2026-04-01T00:30")

    assert shown(harbour_workspace.pk, 2026, 3) == []
    assert [card.id for card in shown(harbour_workspace.pk, 2026, 3, "UTC")] == [edge.pk]
    assert [card.id for card in shown(harbour_workspace.pk, 2026, 4)] == [edge.pk]


def test_the_night_when_the_clocks_change_is_one_day(
    harbour_workspace: Workspace, plan: MakePost
) -> None:
    gap, overlap = plan("Gap.", "2027-03-28T02:30"), plan("Overlap.", "2026-10-25T02:30")

    (first,) = shown(harbour_workspace.pk, 2027, 3)
    (second,) = shown(harbour_workspace.pk, 2026, 10)

    assert (first.id, first.wall) == (gap.pk, datetime(2027, 3, 28, 3, 30))  # noqa: DTZ001
    assert (second.id, second.wall) == (overlap.pk, datetime(2026, 10, 25, 2, 30))  # noqa: DTZ001


def test_another_workspaces_posts_are_not_shown(other_workspace: Workspace, plan: MakePost) -> None:
    plan("Ours.", "2026-03-05T09:30")

    assert shown(other_workspace.pk, 2026, 3) == []
    assert listing(other_workspace.pk, Filters(), zone=PARIS).cards == ()


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, 13), (1000, 1), (9999, 12)])
def test_it_refuses_what_is_not_a_month(
    harbour_workspace: Workspace, year: int, number: int
) -> None:
    with pytest.raises(Invalid) as refused:
        month(harbour_workspace.pk, year, number, PARIS)

    assert refused.value.code == "not_a_month"


def test_a_list_is_read_page_by_page_and_misses_nothing(
    harbour_workspace: Workspace, plan: MakePost, ann: Person, now: datetime
) -> None:
    same = [plan(f"Same {n}.", "2026-03-05T09:30") for n in range(4)]
    early = plan("Early.", "2026-03-04T09:30")
    timeless = services.new_post(harbour_workspace.pk, by=ann.pk, now=now)

    seen: list[UUID] = []
    cursor, pages = "", 0
    while pages == 0 or cursor:
        page = listing(harbour_workspace.pk, Filters(), zone=PARIS, cursor=cursor, size=2)
        seen += [card.id for card in page.cards]
        cursor, pages = page.next, pages + 1

    assert pages == 3
    assert set(seen[:4]) == {post.pk for post in same}
    assert seen[4:] == [early.pk, timeless.pk]


@pytest.mark.parametrize("cursor", ["x", "2026-03-05~", "2026-03-05T09:30~" + "0" * 32, "~"])
def test_a_cursor_that_we_did_not_give_is_refused(
    harbour_workspace: Workspace, cursor: str
) -> None:
    with pytest.raises(Invalid) as refused:
        listing(harbour_workspace.pk, Filters(), zone=PARIS, cursor=cursor)

    assert refused.value.code == "bad_cursor"


def test_a_list_is_narrowed(
    harbour_workspace: Workspace,
    ann: Person,
    plan: MakePost,
    content: MakeContent,
    pier: Channel,
    now: datetime,
) -> None:
    fog = plan("Été, 100% FOG_.", "2026-03-05T09:30")
    sun = plan("Sun.", "2026-04-05T09:30")
    own = content("Sun.", targets={pier.pk: TargetOf("Own words.")}, wall="")
    there = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=own)

    def ids(**filters: object) -> set[UUID]:
        narrowed = Filters(**filters)  # type: ignore[arg-type]
        return {card.id for card in listing(harbour_workspace.pk, narrowed, zone=PARIS).cards}

    assert ids() == {fog.pk, sun.pk, there.pk}
    assert ids(text="ÉTÉ") == {fog.pk}
    assert ids(text="100%") == ids(text="fog_") == {fog.pk}
    assert ids(text="fogx") == ids(text="1000") == set()
    assert ids(text="own WORDS") == {there.pk}
    assert ids(channel_id=pier.pk) == {there.pk}
    assert ids(since=datetime(2026, 4, 1, tzinfo=UTC)) == {sun.pk}
    assert ids(until=datetime(2026, 4, 1, tzinfo=UTC)) == {fog.pk}
    assert ids(status=Status.DRAFT) == {fog.pk, sun.pk, there.pk}
    assert ids(status=Status.PUBLISHED) == set()


@pytest.mark.slow
@given(POSTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_month_list_and_page_agree(
    harbour_workspace: Workspace,
    quay: Channel,
    pier: Channel,
    plan: MakePost,
    now: datetime,
    posts: list[tuple[str, list[tuple[str, list[str]]], int | None]],
) -> None:
    with transaction.atomic():
        third = make_channel(harbour_workspace, "@third", now)
        for number, (state, targets, later_h) in enumerate(posts):
            post = plan(f"Post {number}.", f"2026-03-{number + 1:02}T10:00")
            put(post, state, targets, [quay, pier, third], later_h)

        numbers = (2, 3, 4)  # those that left elsewhere than planned stand in others, too
        found = [card for number in numbers for card in shown(harbour_workspace.pk, 2026, number)]
        by_month = {card.id: card for card in found}
        by_list = {
            card.id: card for card in listing(harbour_workspace.pk, Filters(), zone=PARIS).cards
        }
        by_filter = {
            card.id: status
            for status in Status
            for card in listing(harbour_workspace.pk, Filters(status), zone=PARIS).cards
        }
        by_page = {post.pk: status_of(post, deliveries_of(post)) for post in Post.objects.all()}
        transaction.set_rollback(True)

    assert by_month == by_list
    assert len(found) == len(by_month)
    assert by_filter == by_page == {key: card.status for key, card in by_list.items()}
    assert len(by_month) == len(posts)


@pytest.mark.parametrize(
    ("targets", "status"),
    [
        ([], Status.SCHEDULED),
        ([("queued", [])], Status.SCHEDULED),
        ([("queued", []), ("cancelled", [])], Status.SCHEDULED),
        ([("sending", [])], Status.LEAVING),
        ([("retry_wait", []), ("verified", [])], Status.LEAVING),
        ([("accepted", []), ("verified", [])], Status.PUBLISHED),
        ([("verified", []), ("queued", [])], Status.PARTLY),
        ([("verified", []), ("cancelled", [])], Status.PARTLY),
        ([("verified", []), ("failed", [])], Status.NEEDS_YOU),
        ([("unknown", [])], Status.NEEDS_YOU),
        ([("missed", [])], Status.NEEDS_YOU),
        ([("held", [])], Status.NEEDS_YOU),
        ([("cancelled", [])], Status.CANCELLED),
        ([("verified", ["queued"])], Status.LEAVING),
        ([("verified", ["accepted"])], Status.LEAVING),
        ([("verified", ["failed"])], Status.NEEDS_YOU),
        ([("verified", ["cancelled"])], Status.PUBLISHED),
        ([("verified", ["cancelled", "verified"])], Status.DELETED),
        ([("verified", ["verified"]), ("cancelled", [])], Status.DELETED),
        ([("verified", ["verified"]), ("verified", [])], Status.PARTLY),
    ],
)
def test_the_status_of_a_scheduled_post(
    plan: MakePost,
    quay: Channel,
    pier: Channel,
    targets: list[tuple[str, list[str]]],
    status: Status,
) -> None:
    post = put(plan("Fog.", "2026-03-05T09:30"), "scheduled", targets, [quay, pier])

    assert status_of(post, deliveries_of(post)) is status


def test_few_queries_however_many_posts(
    harbour_workspace: Workspace,
    plan: MakePost,
    quay: Channel,
    pier: Channel,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        post = plan(f"Post {number}.", f"2026-03-{number + 1:02}T10:00")
        put(post, "scheduled", [("verified", ["verified"]), ("queued", [])], [quay, pier])

    with django_assert_num_queries(2):
        assert len(shown(harbour_workspace.pk, 2026, 3)) == 12
    with django_assert_num_queries(2):
        page = listing(harbour_workspace.pk, Filters(Status.PARTLY), zone=PARIS, size=10)
        assert len(page.cards) == 10


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - wall times
    st.sampled_from([PARIS, "Africa/Cairo", "America/New_York", "Australia/Lord_Howe"]),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_post_stands_on_the_day_of_its_wall_time(
    harbour_workspace: Workspace, plan: MakePost, wall: datetime, zone: str
) -> None:
    with transaction.atomic():
        plan("Fog.", wall.isoformat(timespec="minutes"))
        card = listing(harbour_workspace.pk, Filters(), zone=zone).cards[0]
        assert card.wall is not None
        day = card.wall.date()
        around = days(harbour_workspace.pk, day - timedelta(days=1), day + timedelta(days=2), zone)
        transaction.set_rollback(True)

    assert [len(one.cards) for one in around] == [0, 1, 0]
