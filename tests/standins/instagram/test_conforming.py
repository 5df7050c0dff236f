"""The checks that each connector passes, and whether the stand-in's description is at hand."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.calling import PICTURE, parcel
from tests.standins.base.conforming import passes
from tests.standins.base.exchange import Request
from tests.standins.base.server import serving
from tests.standins.instagram import InstagramStandin, described
from tests.standins.instagram.calling import connected
from tests.standins.instagram.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_instagram_conforms(check: Check, instagram_standin: InstagramStandin) -> None:
    standin = instagram_standin
    passes(check, connected(standin), orders(standin), now=standin.now)


@pytest.mark.skipif(not described.present(), reason="Meta's api_specs are not in ../shared here")
@pytest.mark.parametrize(
    ("request_", "node", "edge", "why"),
    [
        (Request("POST", "/x", "capton=x"), "IGUser", "media", "unknown capton"),
        (Request("POST", "/x"), "IGUser", "media_publish", "lacks creation_id"),
        (Request("POST", "/x", "creation_id=abc"), "IGUser", "media_publish", "no unsigned int"),
        (Request("POST", "/x", "hide=yes"), "IGComment", "", "hide is no bool"),
        (Request("POST", "/x", "is_hidden=true"), "IGComment", "", "unknown is_hidden"),
        (Request("GET", "/x", "fields=id,text"), "IGMedia", "", "IGMedia has no field text"),
        (Request("GET", "/x", "fields=children{id,nope}"), "IGMedia", "", "no field nope"),
        (Request("GET", "/x", "metric=joy&period=day"), "IGUser", "insights", "cannot be 'joy'"),
        (Request("PUT", "/x"), "IGMedia", "", "not described"),
    ],
)  # fmt: skip
def test_a_request_that_is_not_described_is_seen(
    request_: Request, node: str, edge: str, why: str
) -> None:
    assert any(why in one for one in described.violations(request_, node, edge))


@pytest.mark.slow
def test_it_is_the_same_over_a_socket() -> None:
    with serving(InstagramStandin()) as standin:
        calling = connected(standin)
        calling.transport = None

        remote_id = calling.publish(parcel("Fresh mussels", media=(PICTURE,)))

        assert [one.remote_id for one in calling.run(lambda c: c.timeline(5))] == [remote_id]
        assert standin.violations == []
