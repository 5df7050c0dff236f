"""What this month costs, by page; the price of a post before it leaves."""

from datetime import datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.installed import network
from breakwater.channels.meters import Holder, paid, take
from breakwater.channels.models import Channel, SpendingCap
from breakwater.core import clock
from breakwater.core.money import dollars
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.previews import report
from breakwater.publishing.pricing import calls_of
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/costs/"
PAID = "x"
LINKED = "Tonight: https://sea.example/menu"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def quay(harbour_workspace: Workspace, now: datetime) -> Channel:
    return Channel.objects.create(
        workspace=harbour_workspace, network=PAID, origin="https://api.test", remote_id="1",
        handle="@quay", name="Quay", state="connected", state_at=now, created_at=now,
    )  # fmt: skip


@pytest.fixture
def spent(quay: Channel, now: datetime) -> Holder:
    """Twenty cents for a post with a link, two for four posts that were read."""
    holder = Holder(network(PAID).manifest, quay.pk, quay.workspace_id)
    take(holder, "post_with_link", now=now)
    paid(holder, "read_post", 4, now=now)
    return holder


def test_what_was_spent_is_shown_and_a_cap_is_set_changed_and_taken_away(
    mia: Person, spent: Holder
) -> None:
    client, form = at_desk(mia), f"{PAGE}{PAID}/cap/"

    before = client.get(PAGE).content.decode()
    capped = told(client, form, {"x-micros": "12.50"})
    freed = told(client, form, {"x-micros": ""})

    assert "$0.22 are spent. There is no cap." in before
    assert ["a post with a link" in before, "$0.20" in before, "$0.02" in before] == [True] * 3
    assert "$0.22 of $12.50 are spent." in capped
    assert "There is no cap." in freed
    assert not SpendingCap.objects.exists()


def test_money_is_read_and_typed_as_in_french(harbour_workspace: Workspace, spent: Holder) -> None:
    zoe = member(harbour_workspace, Role.MANAGER, name="zoe", language="fr")
    client = at_desk(zoe)

    shown = told(client, f"{PAGE}{PAID}/cap/", {"x-micros": "1250,5"})

    assert SpendingCap.objects.get().micros == 1_250_500_000
    assert "1\xa0250,50" in shown


@pytest.mark.parametrize("typed", ["-1", "a lot", "1000000.01", "0.001"])
def test_an_amount_that_is_none_is_said_beside_it(mia: Person, spent: Holder, typed: str) -> None:
    answer = at_desk(mia).post(f"{PAGE}{PAID}/cap/", {"x-micros": typed})

    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.content.decode()
    assert not SpendingCap.objects.exists()


def test_who_may_not_cap_reads_only(ann: Person, spent: Holder) -> None:
    client = at_desk(ann)

    assert 'name="x-micros"' not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{PAID}/cap/", {"x-micros": "1"}).status_code == 403
    assert not SpendingCap.objects.exists()


def test_a_network_that_is_free_has_no_cap(mia: Person, quay: Channel) -> None:
    for slug in ("sandbox", "nowhere"):
        assert at_desk(mia).post(f"{PAGE}{slug}/cap/", {f"{slug}-micros": "1"}).status_code == 404


def test_the_page_costs_the_same_for_one_channel_and_for_nine(
    ann: Person, spent: Holder, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, first = at_desk(ann), Channel.objects.get()
    for number in range(2, 10):
        first.pk, first.remote_id = None, str(number)
        first.save(force_insert=True)

    with django_assert_max_num_queries(10):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("texts", "calls"),
    [
        (["Tonight"], ["post"]),
        ([LINKED], ["post_with_link"]),
        ([LINKED, "Two", "see http://a.bc"], ["post_with_link", "post", "post_with_link"]),
    ],
)
def test_which_calls_a_post_makes_is_known_before(texts: list[str], calls: list[str]) -> None:
    assert calls_of(network(PAID).manifest, texts) == calls
    assert calls_of(network("sandbox").manifest, texts) == []


def test_a_thread_and_a_comment_cost_each_of_their_own(quay: Channel, now: datetime) -> None:
    own = {quay.pk: TargetOf()}
    content = Content("One", thread=("Two", LINKED), comment="Also", targets=own)

    (cost,) = report(quay.workspace_id, content, now=now).costs

    assert (cost.micros, cost.code) == (3 * 15_000 + 200_000, "cost_posts_linked")


def test_the_composer_says_the_price(
    ann: Person, quay: Channel, harbour_workspace: Workspace, spent: Holder, now: datetime
) -> None:
    SpendingCap.objects.create(
        workspace=harbour_workspace, network=PAID, micros=300_000, created_at=now
    )
    typed = {"text": LINKED, "channel": str(quay.pk), "revision": "0"}

    answer = at_desk(ann).post("/w/harbour/posts/new/", typed, headers={"X-Autosave": "1"})

    shown = answer.content.decode()
    assert "This costs about $0.20 at X: it has a link." in shown
    assert "only $0.08 is left of this month" in shown


def test_a_price_is_never_rounded_away() -> None:
    said_ones = [dollars(one) for one in (0, 1_000, 15_000, 200_000, 1, 1_250_000_000)]

    assert said_ones == ["$0.00", "$0.001", "$0.015", "$0.20", "$0.000001", "$1,250.00"]
    with translation.override("fr"):
        assert dollars(1_250_015_000).startswith(
            ("1\u202f250,015", "1\xa0250,015", "$1\xa0250,015")
        )
