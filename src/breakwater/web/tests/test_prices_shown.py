"""Who approves, and who deletes, reads beforehand what it will cost, as who wrote did."""

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from breakwater.channels.models import Channel, SpendingCap
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import make_channel
from breakwater.web.tests.drafts import channel, draft, published, rows_of, scheduled, submitted
from breakwater.web.tests.quay import at_desk

pytestmark = pytest.mark.django_db
PAID = "x"
LINKED = "Tonight: https://sea.example/menu"


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    """Of a network that charges for calls."""
    settings.BLOBS = tmp_path / "blobs"
    known = {"network": PAID, "origin": "https://api.test", "state": "connected"}
    return make_channel(harbour_workspace, "@quay", clock.now(), **known)


def cap(workspace: Workspace, micros: int) -> None:
    SpendingCap.objects.create(
        workspace=workspace, network=PAID, micros=micros, created_at=clock.now()
    )


def page(person: Person, post: Post, more: str = "") -> str:
    answer = at_desk(person).get(f"/w/harbour/posts/{post.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_approves_reads_what_it_costs(ann: Person, bob: Person, quay: Channel) -> None:
    post = submitted(ann, quay, text=LINKED, thread=("Two",)).post

    asked, written = page(bob, post), page(ann, draft(ann, quay))

    assert "This costs about $0.215 at X: 2 posts, 1 of them with a link." in asked
    assert "This costs about $0.015 at X." in written


def test_whoever_approves_reads_that_the_money_does_not_reach(
    ann: Person, bob: Person, quay: Channel, harbour_workspace: Workspace
) -> None:
    cap(harbour_workspace, 80_000)
    post = submitted(ann, quay, text=LINKED).post

    shown = page(bob, post)

    assert "This costs about $0.20 at X: it has a link." in shown
    assert "only $0.08 is left of this month" in shown
    assert post.state == "in_review"


def test_what_is_frozen_is_priced_even_if_the_draft_says_something_else(
    ann: Person, bob: Person, quay: Channel
) -> None:
    post = scheduled(ann, bob, quay, text=LINKED)
    Post.objects.filter(pk=post.pk).update(draft={**post.draft, "text": "No link"})

    assert "This costs about $0.20 at X: it has a link." in page(bob, post)


def test_what_is_out_or_cancelled_or_free_shows_no_price(
    ann: Person, bob: Person, quay: Channel, harbour_workspace: Workspace
) -> None:
    gone = published(ann, bob, quay)
    cancelled = scheduled(ann, bob, quay)
    Post.objects.filter(pk=cancelled.pk).update(state="cancelled")
    free = submitted(ann, channel(harbour_workspace, "@pier")).post

    shown = [page(bob, one) for one in (gone, cancelled, free)]

    assert ["This costs about" in one for one in shown] == [False] * 3
    assert ["Nothing stands in its way" in one for one in shown] == [False] * 3


def test_the_price_is_asked_once_for_each_network_not_for_each_channel(
    ann: Person,
    quay: Channel,
    harbour_workspace: Workspace,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    known = {"network": PAID, "origin": "https://api.test", "state": "connected"}
    more = [make_channel(harbour_workspace, f"@{n}", clock.now(), **known) for n in range(8)]
    post = submitted(ann, quay, *more).post

    with django_assert_max_num_queries(30):
        shown = page(ann, post)

    assert shown.count("This costs about $0.015 at X.") == 9


def test_a_delete_says_its_price_before_it_is_ordered(
    ann: Person, bob: Person, quay: Channel, harbour_workspace: Workspace
) -> None:
    cap(harbour_workspace, 15_000)
    post = published(ann, bob, quay, thread=("Two",))
    first = rows_of(post)[0]

    whole = page(bob, post, "take-down/")
    one = at_desk(bob).get(f"/w/harbour/deliveries/{first.pk}/delete/").content.decode()

    assert "Deleting it costs about $0.02 at X: 2 posts." in whole
    assert "only $0.015 is left of this month" in whole
    assert "Deleting it costs about $0.01 at X." in one
    assert "is left of this month" not in one
    assert len(rows_of(post)) == 2


def test_a_delete_that_is_free_says_nothing_of_money(
    ann: Person, bob: Person, harbour_workspace: Workspace, tmp_path: Path, settings: Settings
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    post = published(ann, bob, channel(harbour_workspace, "@pier"))

    shown = page(bob, post, "take-down/")

    assert "Deleting it costs" not in shown
    assert "Nothing stands in its way" not in shown
