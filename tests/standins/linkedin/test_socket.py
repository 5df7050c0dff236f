"""Over a real socket, where paths are encoded and bodies come in pieces."""

from breakwater.networks.base import Act, Deed
from tests.standins.base.calling import DOCUMENT, PDF, PICTURE, parcel, sent
from tests.standins.base.server import serving
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import harbour


def test_a_post_its_comment_and_a_like() -> None:
    with serving(LinkedInStandin()) as standin:
        calls = harbour(standin)
        calls.transport = None
        what = sent(parcel("Over the wire (1)", media=(PICTURE,)))
        calls.publish(parcel("Tides", media=(DOCUMENT,)))

        urn = calls.publish(what)
        comment = calls.publish(parcel("First", reply_to=urn))
        calls.run(lambda c: c.act(Act(Deed.LIKE, comment, urn)))

        look = calls.run(lambda c: c.look(what, {}))
        assert urn in [seen.remote_id for seen in look.posts]
        assert calls.run(lambda c: c.acted(Act(Deed.LIKE, comment, urn))) is True
        calls.run(lambda c: c.delete(urn))
        assert calls.run(lambda c: c.read(urn)) is None
    assert standin.violations == []
    assert PDF in [asset.data for asset in standin.world.assets.values()]
    paths = [request.path for request in standin.requests]
    assert f"/rest/posts/{urn.replace(':', '%3A')}" in paths
    assert not any("/urn:" in path for path in paths)
