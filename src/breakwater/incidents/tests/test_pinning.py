"""A statement that is out is kept at the top of its account, and a person is asked where it cannot be."""

from datetime import datetime

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import claims
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.errors import Forbidden, NotFound
from breakwater.incidents import selectors
from breakwater.incidents.models import Incident, Statement, Task
from breakwater.incidents.services import pinning, saying
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.test_saying import draft
from breakwater.pauses.services.pausing import close_more, pause_all
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.publishing.models import Post


@pytest.fixture
def case(by_bob: Access, now: datetime) -> Incident:
    return open_incident(by_bob, Opening("bad_post", "A joke"), now=now)


@pytest.fixture
def said(case: Incident, by_bob: Access, channel: Channel, now: datetime) -> Statement:
    """It is out, and read back."""
    row = saying.write(by_bob, case, draft(channel, alone=True), now=now)
    saying.let_leave(now)
    Post.objects.filter(pk=row.post_id).update(left_at=now)
    Delivery.objects.filter(kind="publish").update(
        state="verified", remote_id="1.first", remote_url="https://quay.example/posts/1"
    )
    return Statement.objects.get(pk=row.pk)


def pins() -> list[Delivery]:
    return list(Delivery.objects.filter(kind="act").order_by("created_at", "pk"))


def codes(case: Incident) -> list[str]:
    return [one.code for one in selectors.timeline(case)]


def test_it_is_pinned_once_by_the_one_door(case: Incident, said: Statement, now: datetime) -> None:
    assert pinning.pin_what_is_out(now) == 1
    assert pinning.pin_what_is_out(now) == 0

    [made] = pins()
    assert made.payload == {"deed": "pin", "target": "1.first", "about": "", "detail": {}}
    assert codes(case).count("pinned") == 1
    assert not Task.objects.filter(incident=case, key__startswith="pin:").exists()


def test_a_pause_that_closes_deeds_does_not_stand_before_it(
    by_bob: Access, said: Statement, now: datetime
) -> None:
    begun = pause_all(by_bob, "A joke", via="page", now=now)
    close_more(by_bob, begun.pause, ["deeds"], now=now)
    pinning.pin_what_is_out(now)

    worker = arrive(host="test", pid=1, lock_key=11, now=now)
    found = claims.claim(worker, limit=10, approved=lambda ids: set(ids), now=now)

    assert [one.deed for one in found.taken] == ["pin"]


def test_nothing_is_pinned_that_was_not_read_back(said: Statement, now: datetime) -> None:
    Delivery.objects.filter(kind="publish").update(state="accepted")

    assert pinning.pin_what_is_out(now) == 0
    assert pins() == []


def test_where_a_network_lets_no_app_pin_a_person_is_asked_with_the_address(
    case: Incident, said: Statement, channel: Channel, now: datetime
) -> None:
    Channel.objects.filter(pk=channel.pk).update(network="x")

    pinning.pin_what_is_out(now)
    pinning.pin_what_is_out(now)

    assert pins() == []
    task = Task.objects.get(incident=case, key__startswith="pin:")
    assert (task.role, task.link) == ("spokesperson", "https://quay.example/posts/1")


def test_a_pin_that_is_refused_becomes_a_task_once(
    case: Incident, said: Statement, now: datetime
) -> None:
    pinning.pin_what_is_out(now)
    Delivery.objects.filter(kind="act").update(state="failed")

    pinning.pin_what_is_out(now)
    pinning.pin_what_is_out(now)

    assert Task.objects.filter(incident=case, key__startswith="pin:").count() == 1
    assert len(pins()) == 1
    assert Statement.objects.get().pinned[0]["asked"]


def test_it_is_unpinned_by_a_click_and_stays_so(
    case: Incident, by_bob: Access, said: Statement, channel: Channel, now: datetime
) -> None:
    pinning.pin_what_is_out(now)
    click = new_id()

    first = pinning.unpin(by_bob, said, channel.pk, request=click, now=now)
    again = pinning.unpin(by_bob, said, channel.pk, request=click, now=now)
    pinning.pin_what_is_out(now)

    assert first.pk == again.pk
    assert [one.deed for one in pins()] == ["pin", "unpin"]
    assert codes(case).count("unpinned") == 1


def test_who_does_not_respond_unpins_nothing_nor_what_was_never_pinned(
    by_bob: Access, said: Statement, channel: Channel, now: datetime
) -> None:
    with pytest.raises(NotFound):
        pinning.unpin(by_bob, said, channel.pk, request=new_id(), now=now)
    pinning.pin_what_is_out(now)
    zoe = make_person("zoe")
    make_member(by_bob.workspace, zoe, Role.AUTHOR)
    by_zoe = access(zoe, by_bob.workspace.slug, Right.SEE)

    with pytest.raises(Forbidden):
        pinning.unpin(by_zoe, said, channel.pk, request=new_id(), now=now)

    assert [one.deed for one in pins()] == ["pin"]
