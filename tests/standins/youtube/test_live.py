"""Live events: made private, bound, announced in one call; their chat is read."""

from datetime import timedelta
from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks.base import Parcel, Source, What
from tests.standins.base.calling import PICTURE, PNG, sent
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, film
from tests.standins.youtube.state import SOMEBODY

EVENTS = "/youtube/v3/liveBroadcasts"


def _event(standin: YouTubeStandin, **options: Any) -> Parcel:
    starts = (standin.now() + timedelta(days=2)).isoformat()
    whole = {"starts": starts, "stream": "stream-1", "starts_itself": "yes", **options}
    return film(form="live", media=(PICTURE,), options=whole)


def test_an_event_is_private_until_it_is_announced(standin: YouTubeStandin, desk: Desk) -> None:
    what = _event(standin)

    handle = desk.prepare(what)

    [event] = standin.state.videos.values()
    assert handle == {"event": event.id, "bound": True, "thumbnail": True}
    assert event.status["privacyStatus"] == "private"
    assert event.event["contentDetails"] == {
        "enableAutoStart": True, "enableAutoStop": True, "boundStreamId": "stream-1",
    }  # fmt: skip
    assert event.thumbnail == PNG

    made = desk.run(lambda c: c.commit(what, handle))

    assert made.remote_id == event.id
    assert standin.state.public == [event]
    assert len(standin.calls("PUT", EVENTS)) == 1
    seen = desk.run(lambda c: c.read(event.id))
    assert seen is not None
    assert (seen.text, len(seen.media)) == (what.text, 1)


def test_the_instant_of_the_start_is_told_in_utc(standin: YouTubeStandin, desk: Desk) -> None:
    what = film(form="live", media=(), options={"starts": "2030-07-14T20:00:00+02:00"})

    desk.prepare(what)

    [event] = standin.state.videos.values()
    assert event.event["snippet"]["scheduledStartTime"] == "2030-07-14T18:00:00Z"


def test_an_event_whose_answer_was_lost_is_found_and_not_made_twice(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = _event(standin)
    standin.drop_reply_after_accept("POST", EVENTS)
    with pytest.raises(TryLater):
        desk.prepare(what)

    handle = desk.prepare(what)

    assert list(standin.state.videos) == [handle["event"]]


def test_a_lost_announcement_is_looked_up(standin: YouTubeStandin, desk: Desk) -> None:
    what = _event(standin)
    handle = desk.prepare(what)
    standin.drop_reply_after_accept("PUT", EVENTS)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(what, handle))

    assert len(desk.run(lambda c: c.look(sent(what), handle)).posts) == 1
    desk.run(lambda c: c.commit(sent(what), handle))
    assert len(standin.state.public) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"starts": ""}, "live_start_wrong"),
        ({"starts": "2020-01-01T10:00+00:00"}, "live_start_wrong"),
        ({"starts": "tomorrow"}, "time_without_zone"),
    ],
)
def test_a_start_that_cannot_be_makes_no_event(
    standin: YouTubeStandin, desk: Desk, changes: dict[str, str], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        desk.prepare(_event(standin, **changes))

    assert refused.value.reason == reason
    assert standin.state.videos == {}


def test_a_start_without_a_zone_makes_no_event(standin: YouTubeStandin, desk: Desk) -> None:
    what = film(form="live", media=(), options={"starts": "2030-07-14T20:00"})

    with pytest.raises(Refused) as refused:
        desk.prepare(what)

    assert refused.value.reason == "time_without_zone"
    assert standin.state.videos == {}


def test_a_channel_that_may_not_stream_is_told(standin: YouTubeStandin, desk: Desk) -> None:
    standin.live_is_off = True

    with pytest.raises(Refused) as refused:
        desk.prepare(_event(standin))

    assert refused.value.reason == "live_off"
    assert standin.state.videos == {}


def test_the_chat_of_what_is_live_is_read_on(standin: YouTubeStandin, desk: Desk) -> None:
    event = desk.publish(_event(standin))
    standin.state.videos[event].event["life"] = "live"
    chat = f"chat-{event}"
    standin.say(SOMEBODY, "Hello from the quay", chat=chat)

    first = desk.run(lambda c: c.poll(Source.LIVE_CHAT, ""))
    standin.say(SOMEBODY, "Where is the boat?", chat=chat)
    second = desk.run(lambda c: c.poll(Source.LIVE_CHAT, first.cursor))

    [one] = first.arrived
    assert (one.what, one.text, one.about, one.thread) == (
        What.COMMENT, "Hello from the quay", event, chat,
    )  # fmt: skip
    assert [m.text for m in second.arrived] == ["Where is the boat?"]


def test_where_nothing_is_live_there_is_no_chat(desk: Desk) -> None:
    batch = desk.run(lambda c: c.poll(Source.LIVE_CHAT, ""))

    assert (batch.arrived, batch.cursor) == ((), "")
