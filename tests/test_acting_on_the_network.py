"""From the inbox to a network and back: hidden, read back as hidden, shown again."""

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.inbox.following import followed
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.reports import open_reports
from breakwater.inbox.services.acting import Wish, act, undo, unfollow
from breakwater.inbox.services.acting_on_many import act_on_many
from breakwater.inbox.tests.world import take_in
from breakwater.networks.base import Act, Deed, What
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.wellbeing.selectors import shield_of
from breakwater.workers.tests.conftest import Bench, bench
from tests.people import make_member, make_person

__all__ = ["bench"]
pytestmark = pytest.mark.slow
ABUSE = "You are a fucking disgusting bitch, you stupid whore"


@pytest.fixture
def mia_at(bench: Bench) -> Access:
    make_member(bench.workspace, mia := make_person("mia"), Role.MANAGER)
    return access(mia, bench.workspace.slug, Right.SEE)


def commented(bench: Bench, channel: Channel, *texts: str) -> list[Item]:
    """Strangers' comments below a post of ours, as the inbox took them in."""
    post = bench.run_to(bench.order(channel), "verified")
    for number, text in enumerate(texts):
        bench.ask(
            channel,
            lambda there, text=text, number=number: there.arrive(
                What.COMMENT, text, f"Sailor {number}", post.remote_id
            ),
        )
    bench.read_until(lambda: channel.arrivals.filter(text__in=texts).count() == len(texts))
    take_in(now=clock.now())
    return list(Item.objects.filter(arrival__text__in=texts).order_by("pk"))


def so(bench: Bench, channel: Channel, deed: Deed, target: str) -> bool:
    return bench.ask(channel, lambda there: there.acted(Act(deed, target)))


def test_a_comment_is_hidden_read_back_and_shown_again(bench: Bench, mia_at: Access) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    (item,) = commented(bench, channel, ABUSE)
    remote_id = item.arrival.remote_id

    hidden = act(mia_at, item.pk, Wish(Deed.HIDE), request=new_id(), now=clock.now())
    bench.run_to(hidden.delivery, "verified")
    was_hidden = so(bench, channel, Deed.HIDE, remote_id)
    item.refresh_from_db()
    state = item.thread.state
    shown = undo(mia_at, hidden.pk, request=new_id(), now=clock.now())
    bench.run_to(shown.delivery, "verified")

    assert (was_hidden, state) == (True, "done")
    assert so(bench, channel, Deed.UNHIDE, remote_id)
    steps = Attempt.objects.filter(delivery__in=[hidden.delivery, shown.delivery])
    assert list(steps.order_by("pk").values_list("step", "outcome")) == [
        ("commit", "begun"), ("commit", "accepted"), ("verify", "found"),
    ] * 2  # fmt: skip


def test_a_burst_is_blocked_and_deleted_each_once(bench: Bench, mia_at: Access) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    items = commented(bench, channel, ABUSE, f"{ABUSE} now", f"{ABUSE} today")
    ids, request = [item.pk for item in items], new_id()

    for _ in range(2):
        act_on_many(mia_at, ids, Wish(Deed.REMOVE), request=request, now=clock.now())
        act_on_many(mia_at, ids, Wish(Deed.BLOCK), request=request, now=clock.now())
    bench.run_until(lambda: Delivery.objects.filter(kind="act", state="verified").count() == 6)

    assert Answer.objects.count() == 6
    for item in items:
        assert so(bench, channel, Deed.REMOVE, item.arrival.remote_id)
        assert so(bench, channel, Deed.BLOCK, item.arrival.author_id)


def test_a_report_keeps_the_networks_reference(bench: Bench, mia_at: Access) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    (item,) = commented(bench, channel, ABUSE)
    wish = Wish(Deed.REPORT, reason="rude")

    answer = act(mia_at, item.pk, wish, request=new_id(), now=clock.now())
    bench.run_to(answer.delivery, "verified", "taken")

    (report,) = open_reports(bench.workspace.pk)
    assert report.answer.delivery.remote_id.startswith("r-")


def test_whom_the_channel_follows_is_read_page_by_page_and_left(
    bench: Bench, mia_at: Access
) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    shield = shield_of(mia_at.person, bench.workspace.pk)

    def page(cursor: str = "") -> tuple[list[str], str]:
        found = followed(bench.workspace, channel, shield, cursor=cursor, now=clock.now())
        return [one.remote_id for one in found.people], found.cursor

    first, cursor = page()
    second, _ = page(cursor)
    row = unfollow(mia_at, channel, first[0], request=new_id(), now=clock.now())
    bench.run_to(row, "verified", "taken")
    after, _ = page()

    assert (len(first), set(first) & set(second)) == (3, set())
    assert first[0] not in after
