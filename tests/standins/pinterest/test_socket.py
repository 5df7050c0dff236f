"""Over a real socket: a video leaves in pieces, as a form of known length."""

from tests.standins.base.calling import MP4, VIDEO, parcel, sent
from tests.standins.base.server import serving
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import ann
from tests.standins.pinterest.standin import MENUS


def test_a_video_pin() -> None:
    with serving(PinterestStandin()) as standin:
        calls = ann(standin)
        calls.transport = None
        options = {"board": MENUS, "link": "https://cafe.example/"}
        what = sent(parcel("Film", media=(VIDEO,), options=options))

        number = calls.publish(what)

        look = calls.run(lambda c: c.look(what, {}))
        assert (look.exact, [seen.remote_id for seen in look.posts]) == (True, [number])
        calls.run(lambda c: c.delete(number))
        assert calls.run(lambda c: c.read(number)) is None
    assert standin.violations == []
    assert [upload.data for upload in standin.uploads.values()] == [MP4]
