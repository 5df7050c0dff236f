"""Leaving at another moment is a new decision; taking down is said before it is tried."""

from datetime import datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Problem, StaleState
from breakwater.domain.parcels import digest_of
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.models import Decision, Post
from breakwater.publishing.previews import preview
from breakwater.publishing.selectors import approved_now, can_take_down, deliveries_of
from breakwater.publishing.status import Status, status_of
from breakwater.publishing.tests.conftest import advance, out


def test_send_now_is_a_decision_by_name(scheduled: Post, bob: Person, now: datetime) -> None:
    services.send_now(scheduled, by=bob.pk, now=now)

    row = Delivery.objects.get()
    assert (row.due_at, row.not_before, row.missed_at) == (now, now, now + timedelta(minutes=15))
    decision = Decision.objects.get(about="now")
    assert (decision.person, decision.digest) == (bob, Decision.objects.get(about="version").digest)
    assert approved_now([row.source]) == {row.source}


@pytest.mark.parametrize(
    ("role", "code"), [(Role.AUTHOR, "not_an_approver"), (Role.OWNER, "own_post")]
)
def test_the_author_does_not_send_now(
    scheduled: Post, ann: Person, now: datetime, role: str, code: str
) -> None:
    Membership.objects.filter(person=ann).update(role=role)
    due = Delivery.objects.get().due_at

    with pytest.raises(Forbidden) as refused:
        services.send_now(scheduled, by=ann.pk, now=now)

    assert refused.value.code == code
    assert Delivery.objects.get().due_at == due
    assert not Decision.objects.filter(about="now").exists()


def test_alone_the_author_sends_now(
    alone: Workspace, draft: Post, ann: Person, now: datetime
) -> None:
    shown = preview(draft, now=now).digest
    post = services.submit(draft, by=ann.pk, now=now, confirmed_digest=shown).post

    services.send_now(post, by=ann.pk, now=now)

    assert Delivery.objects.get().due_at == now


def test_what_is_not_approved_is_not_sent_now(draft: Post, bob: Person, now: datetime) -> None:
    with pytest.raises(StaleState) as refused:
        services.send_now(draft, by=bob.pk, now=now)

    assert refused.value.code == "not_approved"
    assert not Delivery.objects.exists()


def test_what_is_out_is_not_sent_now(scheduled: Post, bob: Person, now: datetime) -> None:
    out(Delivery.objects.get(), now=now)

    with pytest.raises(StaleState) as refused:
        services.send_now(scheduled, by=bob.pk, now=now)

    assert refused.value.code == "nothing_waits"
    assert not Decision.objects.filter(about="now").exists()


def test_a_missed_post_is_let_go_by_an_approver(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    row = advance(Delivery.objects.get(), "missed", now=now)
    with pytest.raises(Forbidden):
        services.send_late(row, by=ann.pk, now=now)
    assert Delivery.objects.get().state == "missed"

    services.send_late(row, by=bob.pk, now=now)

    row.refresh_from_db()
    assert (row.state, row.due_at) == ("queued", now)
    assert Decision.objects.get(about="now").person == bob


def test_a_missed_post_whose_approval_is_void_stays(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    row = advance(Delivery.objects.get(), "missed", now=now)
    Decision.objects.update(revoked_at=now)

    with pytest.raises(StaleState) as refused:
        services.send_late(row, by=bob.pk, now=now)

    assert refused.value.code == "not_approved"
    assert Delivery.objects.get().state == "missed"


def test_taking_down_orders_one_delete(scheduled: Post, bob: Person, now: datetime) -> None:
    row = out(Delivery.objects.get(), now=now)

    order = services.take_down(row, by=bob.pk, now=now)
    again = services.take_down_post(scheduled, by=bob.pk, now=now)

    payload = {"remote_id": "r1", "remote_url": "http://harbour.internal/1"}
    assert (order.kind, order.source, order.payload) == ("delete", row.pk, payload)
    assert order.digest == digest_of("delete", row.channel_id, payload)
    assert order.due_at == now
    assert again == [order]
    assert Delivery.objects.filter(kind="delete").count() == 1


def test_it_is_deleted_when_that_is_proved(scheduled: Post, bob: Person, now: datetime) -> None:
    order = services.take_down(out(Delivery.objects.get(), now=now), by=bob.pk, now=now)
    assert status_of(scheduled, deliveries_of(scheduled)) is Status.LEAVING

    out(order, now=now)

    assert status_of(scheduled, deliveries_of(scheduled)) is Status.DELETED


def test_a_delete_that_was_given_up_can_be_ordered_again(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    row = out(Delivery.objects.get(), now=now)
    first = advance(services.take_down(row, by=bob.pk, now=now), "cancelled", now=now)

    second = services.take_down(row, by=bob.pk, now=now)

    assert (second.occurrence, first.occurrence) == (1, 0)


def test_a_delete_is_tried_again_without_an_approval(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    order = services.take_down(out(Delivery.objects.get(), now=now), by=bob.pk, now=now)
    failed = advance(order, "claimed", "failed", now=now)

    assert services.send_late(failed, by=ann.pk, now=now).state == "queued"


def test_what_is_not_out_is_not_taken_down(scheduled: Post, bob: Person, now: datetime) -> None:
    with pytest.raises(StaleState) as refused:
        services.take_down(Delivery.objects.get(), by=bob.pk, now=now)

    assert refused.value.code == "nothing_to_take_down"
    assert Delivery.objects.count() == 1


def test_a_network_without_a_delete_is_said_before(
    scheduled: Post, bob: Person, quay: Channel, now: datetime
) -> None:
    out(Delivery.objects.get(), now=now)
    Channel.objects.filter(pk=quay.pk).update(network="not-installed")
    row = Delivery.objects.select_related("channel").get()

    assert not can_take_down(row)
    for deed in (
        lambda: services.take_down(row, by=bob.pk, now=now),
        lambda: services.take_down_post(scheduled, by=bob.pk, now=now),
    ):
        with pytest.raises(Problem) as refused:
            deed()
        assert refused.value.code == "delete_unsupported"
        assert refused.value.data["url"] == "http://harbour.internal/1"
    assert Delivery.objects.count() == 1
