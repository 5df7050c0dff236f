"""Any change of what was submitted voids the approval; what has begun is not changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import IllegalMove, Invalid, StaleState
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.previews import preview
from breakwater.publishing.selectors import approved_now
from breakwater.publishing.tests.conftest import advance, out

LATER = "2026-03-06T18:00"
Deed = Callable[..., Post]


def move_it(post: Post, *, by: UUID, now: datetime) -> Post:
    return services.move(post, LATER, "Europe/Paris", by=by, now=now)


def test_opening_it_again_voids_the_approval(scheduled: Post, ann: Person, now: datetime) -> None:
    post = services.reopen(scheduled, by=ann.pk, now=now)

    assert post.state == "draft"
    assert Delivery.objects.get().state == "cancelled"
    assert Decision.objects.get().revoked_at == now
    assert approved_now([Decision.objects.get().version_id]) == set()


def test_what_is_in_review_can_be_taken_back(
    submitted: Version, ann: Person, now: datetime
) -> None:
    assert services.reopen(submitted.post, by=ann.pk, now=now).state == "draft"


@pytest.mark.parametrize("state", ["queued", "claimed", "prepared", "failed", "held", "missed"])
def test_what_has_not_begun_is_stopped(
    scheduled: Post, ann: Person, now: datetime, state: str
) -> None:
    steps = {
        "queued": (),
        "claimed": ("claimed",),
        "prepared": ("claimed", "prepared"),
        "failed": ("claimed", "failed"),
    }
    advance(Delivery.objects.get(), *steps.get(state, (state,)), now=now)

    services.reopen(scheduled, by=ann.pk, now=now)

    assert Delivery.objects.get().state == "cancelled"


@pytest.mark.parametrize(
    ("states", "code"),
    [
        (("sending",), "being_sent"),
        (("sending", "unknown"), "being_sent"),
        (("sending", "needs_human"), "being_sent"),
        (("sending", "accepted"), "already_out"),
        (("sending", "accepted", "verified"), "already_out"),
    ],
)
@pytest.mark.parametrize("deed", [services.reopen, services.cancel, move_it])
def test_what_has_begun_is_not_changed(
    scheduled: Post, ann: Person, now: datetime, states: tuple[str, ...], code: str, deed: Deed
) -> None:
    row = advance(Delivery.objects.get(), "claimed", "prepared", *states, now=now)

    with pytest.raises(StaleState) as refused:
        deed(scheduled, by=ann.pk, now=now)

    assert refused.value.data == {"code": code, "channels": "@quay"}
    assert Post.objects.get().state == "scheduled"
    assert Decision.objects.get().revoked_at is None
    after = Delivery.objects.get()
    assert (after.state, after.digest) == (row.state, row.digest)


def test_what_may_be_out_already_is_not_changed(
    scheduled: Post, ann: Person, now: datetime
) -> None:
    row = advance(Delivery.objects.get(), "claimed", "prepared", "sending", now=now)
    advance(row, "unknown", "retry_wait", now=now, doubtful=True, worker=None)

    with pytest.raises(StaleState) as refused:
        services.reopen(scheduled, by=ann.pk, now=now)

    assert refused.value.code == "being_sent"
    assert Delivery.objects.get().state == "retry_wait"


def test_moving_asks_for_a_new_approval(scheduled: Post, ann: Person, now: datetime) -> None:
    post = services.move(scheduled, LATER, "Europe/Paris", by=ann.pk, now=now)

    post.refresh_from_db()
    assert (post.state, post.planned_wall, post.revision) == ("draft", LATER, 2)
    assert post.planned_at == post.stands_at == datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    assert Decision.objects.get().revoked_at == now
    assert Delivery.objects.get().state == "cancelled"


def test_moving_alone_is_confirmed_again(
    alone: Workspace, draft: Post, ann: Person, now: datetime
) -> None:
    shown = preview(draft, now=now).digest
    first = services.submit(draft, by=ann.pk, now=now, confirmed_digest=shown)
    post = services.move(first.post, LATER, "Europe/Paris", by=ann.pk, now=now)

    with pytest.raises(StaleState):
        services.submit(post, by=ann.pk, now=now, confirmed_digest=shown)
    second = services.submit(
        post, by=ann.pk, now=now, confirmed_digest=preview(post, now=now).digest
    )

    assert second.number == 2
    assert approved_now([first.pk, second.pk]) == {second.pk}
    states = list(Delivery.objects.order_by("due_at").values_list("state", flat=True))
    assert states == ["cancelled", "queued"]


def test_moving_to_the_same_time_changes_nothing(
    scheduled: Post, ann: Person, now: datetime
) -> None:
    post = services.move(scheduled, "2026-03-05T09:30", "Europe/Paris", by=ann.pk, now=now)

    assert (post.state, post.revision) == ("scheduled", 1)
    assert Delivery.objects.get().state == "queued"


def test_a_bad_time_moves_nothing(scheduled: Post, ann: Person, now: datetime) -> None:
    with pytest.raises(Invalid):
        services.move(scheduled, "soon", "Europe/Paris", by=ann.pk, now=now)

    assert Post.objects.get().state == "scheduled"


def test_cancelling_keeps_it_for_later(scheduled: Post, ann: Person, now: datetime) -> None:
    post = services.cancel(scheduled, by=ann.pk, now=now)
    assert (post.state, Delivery.objects.get().state) == ("cancelled", "cancelled")

    assert services.reopen(post, by=ann.pk, now=now).state == "draft"


def test_a_draft_is_not_opened_again(draft: Post, ann: Person, now: datetime) -> None:
    with pytest.raises(IllegalMove):
        services.reopen(draft, by=ann.pk, now=now)


def test_what_moved_on_since_it_was_seen_is_not_changed(
    submitted: Version, scheduled: Post, ann: Person, now: datetime
) -> None:
    seen = submitted.post  # as it was before bob decided

    with pytest.raises(StaleState):
        services.cancel(seen, by=ann.pk, now=now)

    assert Post.objects.get().state == "scheduled"


def test_submitted_again_it_is_sent_once(
    scheduled: Post, ann: Person, bob: Person, quay: Channel, now: datetime
) -> None:
    post = services.reopen(scheduled, by=ann.pk, now=now)
    version = services.submit(post, by=ann.pk, now=now)
    services.decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)

    assert version.number == 2
    alive = Delivery.objects.exclude(state="cancelled").get()
    assert (alive.source, alive.channel) == (version.pk, quay)
    assert out(alive, now=now).state == "verified"


def test_a_move_into_the_past_is_refused_before_anything_is_voided(
    scheduled: Post, ann: Person, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        services.move(scheduled, "2026-03-02T09:59", "Europe/Paris", by=ann.pk, now=now)

    assert refused.value.code == "time_past"
    assert (Post.objects.get().state, Delivery.objects.get().state) == ("scheduled", "queued")
    assert Decision.objects.get().revoked_at is None
