"""The checks that each connector passes, and whether the collection is at hand."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.calling import parcel
from tests.standins.base.conforming import passes
from tests.standins.base.exchange import Request
from tests.standins.base.server import serving
from tests.standins.threads import ThreadsStandin, described
from tests.standins.threads.calling import connected
from tests.standins.threads.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_threads_conforms(check: Check, threads_standin: ThreadsStandin) -> None:
    standin = threads_standin
    passes(check, connected(standin), orders(standin), now=standin.now)


@pytest.mark.skipif(not described.present(), reason="The Threads collection is not in ../shared")
@pytest.mark.parametrize(
    ("request_", "path", "why"),
    [
        (Request("POST", "/x", "mesage=x"), "/me/threads", "unknown mesage"),
        (Request("POST", "/x", "media_type=GIF"), "/me/threads", "media_type cannot be 'GIF'"),
        (Request("POST", "/x", "reply_control=nobody"), "/me/threads", "reply_control cannot be"),
        (Request("GET", "/x", "fields=id,nope"), "/me/threads", "no nope in fields"),
        (Request("GET", "/x", "metric=joy"), "/17/insights", "no joy in metric"),
        (Request("GET", "/x"), "/me/inbox", "not described"),
        (Request("DELETE", "/x"), "/me", "not described"),
    ],
)
def test_a_request_that_is_not_described_is_seen(request_: Request, path: str, why: str) -> None:
    assert any(why in one for one in described.violations(request_, path))


@pytest.mark.slow
def test_it_is_the_same_over_a_socket() -> None:
    with serving(ThreadsStandin()) as standin:
        calling = connected(standin)
        calling.transport = None

        remote_id = calling.publish(parcel("Fresh mussels"))

        assert [one.remote_id for one in calling.run(lambda c: c.timeline(5))] == [remote_id]
        assert standin.violations == []
