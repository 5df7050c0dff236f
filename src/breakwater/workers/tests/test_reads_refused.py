"""A sign-in that reads are refused with is renewed once; if that does not help, people are asked."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel, Credential, Cursor
from breakwater.channels.services import pushing, reading
from breakwater.core import clock
from breakwater.domain.errors import Reconnect
from breakwater.domain.guarantees import Guarantee
from breakwater.notices.models import Notice
from breakwater.people.roles import Role
from breakwater.workers.health import tell_of_health
from breakwater.workers.tests.conftest import Bench

pytestmark = pytest.mark.slow


def test_reads_refused_after_a_renewal_shut_the_channel_and_are_told_once(bench: Bench) -> None:
    mia = make_person("mia")
    make_member(bench.workspace, mia, Role.MANAGER)
    channel = bench.channel(Guarantee.NONE)
    bench.plan(channel, "unauthorised", call="look", sticky=True)

    bench.read_until(lambda: Channel.objects.get().state == "reconnect")
    tell_of_health(clock.now())
    tell_of_health(clock.now())

    assert Credential.objects.get().version == 2
    assert reading.lease(limit=99, now=clock.now() + timedelta(days=1)) == []
    assert [(one.person, one.code) for one in Notice.objects.all()] == [(mia, "reconnect")]


def test_a_sign_in_that_has_run_out_is_renewed_and_read_with(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    bench.plan(channel, "unauthorised", call="look")

    def every_one_read() -> bool:
        rows = Cursor.objects.exclude(next_at=None).exclude(source=pushing.PUSH)
        return rows.exists() and not rows.filter(read_at=None).exists()

    bench.read_until(every_one_read)

    assert Channel.objects.get().state == "connected"
    assert Credential.objects.get().version == 2
    assert not Notice.objects.exists()


def test_a_subscription_refused_after_a_renewal_renews_no_more(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    now = clock.now()
    reading.ensure_cursors(now=now)
    Cursor.objects.update(next_at=now + timedelta(days=1))
    row = Cursor.objects.filter(source=pushing.PUSH)
    row.update(next_at=now, trouble=Reconnect.code, failures=1)
    bench.plan(channel, "unauthorised", call="prepare", sticky=True)

    def tried() -> bool:
        return row.get().failures > 1

    bench.read_until(tried)

    assert Credential.objects.get().version == 1
    assert Channel.objects.get().state == "connected"
