"""Pictures and videos go up in pieces, are described, and are waited for."""

import hashlib
from collections.abc import Awaitable, Callable

import httpx
import pytest

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Account, Handle, Kit, Medium
from breakwater.networks.x import media as uploads
from tests.standins.base.calling import MP4, PICTURE, PNG, VIDEO, Calling, parcel, sent
from tests.standins.x import XStandin
from tests.standins.x.calling import NETWORK, connected

INIT = "/2/media/upload/initialize"
GIF = Medium(PICTURE.sha256, "image/gif", PICTURE.size, 1, 1)


def test_pictures_are_uploaded_described_and_shown(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    remote_id = calling.publish(parcel("Two", media=(PICTURE, PICTURE)))

    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert seen.text == "Two"
    assert [one.alt for one in seen.media] == ["A grey dot", "A grey dot"]
    assert [one.category for one in x_standin.published()[0].media] == ["tweet_image"] * 2
    assert x_standin.published()[0].media[0].data == PNG


def test_a_video_goes_up_in_pieces_and_none_is_larger(
    monkeypatch: pytest.MonkeyPatch, x_standin: XStandin
) -> None:
    monkeypatch.setattr(uploads, "PIECE", 5_000)
    calling = connected(x_standin)

    calling.publish(parcel(media=(VIDEO,)))

    item = x_standin.published()[0].media[0]
    assert (item.data, item.alt, item.category) == (MP4, "The quay", "tweet_video")
    assert [len(piece) for piece in item.pieces.values()] == [5_000, 5_000, 5_000, 1_408]


def test_the_largest_video_has_no_more_than_a_thousand_pieces() -> None:
    largest = Medium("0" * 64, "video/mp4", 8 * 1024**3, 1280, 720)

    assert -(-largest.size // uploads.piece_size(largest)) <= 1_000


def test_an_upload_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch, x_standin: XStandin
) -> None:
    monkeypatch.setattr(uploads, "PIECE", 5_000)
    calling, what = connected(x_standin), parcel(media=(VIDEO,))
    x_standin.drop_before_accept("POST", "/2/media/upload/", times=1)
    with pytest.raises(TryLater):
        calling.prepare(what)
    x_standin.server_error("POST", "/2/media/metadata")
    with pytest.raises(TryLater):
        calling.prepare(what)

    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    assert len(x_standin.state.media) == 1
    assert x_standin.published()[0].media[0].data == MP4


@pytest.mark.parametrize("step", ["append", "finalize"])
def test_a_step_whose_answer_was_lost_is_made_again(step: str, x_standin: XStandin) -> None:
    calling, what = connected(x_standin), parcel(media=(VIDEO,))
    calling.run(lambda c: _begun(c.prepare, what, calling))
    number = calling.kept[-1]["media"][0]["id"]
    x_standin.drop_reply_after_accept("POST", f"/2/media/upload/{number}/{step}")
    with pytest.raises(TryLater):
        calling.prepare(what)

    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    assert x_standin.published()[0].media[0].data == MP4
    assert len(x_standin.state.media) == 1


async def _begun(prepare: Callable[..., Awaitable[Handle]], what: object, calling: Calling) -> None:
    """Only the first thing is made and kept."""

    class Stop(Exception):
        pass

    async def keep(handle: Handle) -> None:
        calling.kept.append(handle)
        raise Stop

    with pytest.raises(Stop):
        await prepare(what, {}, keep)


def test_a_video_that_is_worked_on_is_waited_for(x_standin: XStandin) -> None:
    calling, what = connected(x_standin), parcel(media=(VIDEO,))
    x_standin.state.polls_of_next_media = 2

    with pytest.raises(TryLater) as later:
        calling.prepare(what)
    with pytest.raises(TryLater):
        calling.run(lambda c: c.commit(what, calling.kept[-1]))
    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    assert (later.value.after_s, later.value.code) == (3.0, "not_ready")
    assert len(x_standin.state.media) == len(x_standin.published()) == 1


def test_a_video_that_x_cannot_read_is_refused(x_standin: XStandin) -> None:
    x_standin.state.next_media_fails = True
    calling = connected(x_standin)

    with pytest.raises(Refused) as refused:
        calling.publish(parcel(media=(VIDEO,)))

    assert refused.value.reason == "media_failed"
    assert x_standin.published() == []


def test_an_upload_that_x_threw_away_is_made_again_before_the_first_send(
    x_standin: XStandin,
) -> None:
    calling, what = connected(x_standin), parcel(media=(PICTURE,))
    calling.prepare(what)
    x_standin.state.media.clear()

    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    assert len(x_standin.published()) == 1
    assert len(x_standin.calls("POST", INIT)) == 2


def test_an_upload_that_may_have_been_used_is_not_made_again(x_standin: XStandin) -> None:
    calling, what = connected(x_standin), sent(parcel(media=(PICTURE,)))
    handle = calling.prepare(what)
    x_standin.state.media.clear()

    assert calling.prepare(what) == handle
    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.commit(what, handle))

    assert refused.value.reason == "media_gone"
    assert x_standin.published() == []


def test_a_gif_stands_alone(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    with pytest.raises(Refused) as refused:
        calling.prepare(parcel(media=(GIF, PICTURE)))

    assert refused.value.reason == "gif_alone"
    assert x_standin.requests == []


def test_a_message_carries_one_picture_of_its_own_kind(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann")
    what = parcel("For you", to=ann.id, media=(PICTURE,))

    remote_id = calling.publish(what)
    with pytest.raises(Refused) as refused:
        calling.publish(parcel("Two", to=ann.id, media=(PICTURE, PICTURE)))

    message = x_standin.state.messages[remote_id.removeprefix("dm:")]
    assert [one.category for one in message.media] == ["dm_image"]
    assert refused.value.reason == "one_attachment"
    assert len(x_standin.state.messages) == 1


def test_a_piece_is_read_by_itself(x_standin: XStandin) -> None:
    """No video is in memory whole: the kit is asked for parts."""
    calling, parts = connected(x_standin), []

    async def part(sha256: str, offset: int, length: int) -> bytes:
        parts.append((sha256, offset, length))
        return MP4[offset : offset + length]

    async def whole(sha256: str) -> bytes:
        raise AssertionError(f"{sha256} was read whole")

    async def go(account: Account) -> None:
        async with httpx.AsyncClient(transport=x_standin.transport()) as client:
            connector = NETWORK.connector(client, account, Kit(whole, part))
            await connector.prepare(parcel(media=(VIDEO,)), {}, calling._keep)

    calling.run(lambda _: go(calling.account))

    assert parts == [(hashlib.sha256(MP4).hexdigest(), 0, uploads.PIECE)]
