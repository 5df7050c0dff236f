"""What was decided about a pile waits behind a pause, as one's single answer would."""

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import raise_wall
from breakwater.delivery.services.walls import open_holds, stopped
from breakwater.domain.kinds import ACT, REPLY
from breakwater.inbox.models import PileDeed
from breakwater.inbox.services import pile_acting
from breakwater.inbox.services.pile_deeds import go_on
from breakwater.inbox.tests.test_deeds_on_piles import REASON, SORRY, Decide, decide, done, late
from breakwater.inbox.tests.world import NOW

__all__ = ["decide", "late"]
pytestmark = pytest.mark.django_db


def test_what_a_program_began_waits_while_a_pause_holds_what_programs_say(
    decide: Decide, quay: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pile_acting, "AT_ONCE", 2)
    deed, own = decide("answer", text=SORRY, tags=("api",)), decide("hide", why=REASON)
    PileDeed.objects.filter(pk=own.pk).update(state="stopped")
    go_on(now=NOW)
    began = Delivery.objects.count()
    hold, _ = raise_wall(
        quay.workspace_id, tag="api", kinds=[REPLY], why="A storm.", by=None, now=NOW
    )
    done()

    deed.refresh_from_db()
    assert 0 < began < 5  # the question may be among the first two
    assert (deed.state, Delivery.objects.count()) == ("going", began)
    assert all("api" in row.tags for row in Delivery.objects.all())
    holds = open_holds([quay.workspace_id])
    assert all(stopped(row, holds, NOW) for row in Delivery.objects.all())

    Hold.objects.filter(pk=hold.pk).update(released_at=NOW)
    done()
    deed.refresh_from_db()
    assert (deed.state, deed.done) == ("done", 5)


def test_hiding_waits_where_deeds_are_closed(decide: Decide, quay: Channel) -> None:
    decide("hide", why=REASON)
    raise_wall(quay.workspace_id, kinds=[ACT], why="A hijack.", by=None, now=NOW)

    done()

    assert not Delivery.objects.exists()
