"""What TikTok pushes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Pushed, Source, What
from breakwater.networks.tiktok.hooks import TikTokHooks
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.standin import APP

HOOKS = TikTokHooks()
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
PUBLISHED = {"publish_id": "v_pub_file~v2-1.1", "publish_type": "DIRECT_PUBLISH"}


@pytest.mark.parametrize(
    "event", ["post.publish.complete", "post.publish.publicly_available", "authorization.removed"]
)
def test_news_are_a_reason_to_look(event: str) -> None:
    headers, body = TikTokStandin().push(event, PUBLISHED, NOW)

    HOOKS.verify(headers, body, APP, NOW + timedelta(minutes=5))

    assert HOOKS.parse(headers, body) == (Pushed("open-harbour", look=(Source.OWN_POSTS,)),)


def test_a_video_that_is_gone_is_told() -> None:
    headers, body = TikTokStandin().push(
        "post.publish.no_longer_publicaly_available", {**PUBLISHED, "post_id": 734567}, NOW
    )

    [pushed] = HOOKS.parse(headers, body)
    [gone] = pushed.arrived

    assert (gone.what, gone.remote_id, gone.at) == (What.GONE, "734567", NOW)


@pytest.mark.parametrize("event", ["post.publish.failed", "post.publish.inbox_delivered", "new"])
def test_what_is_of_no_interest_gives_nothing(event: str) -> None:
    assert HOOKS.parse({}, TikTokStandin().push(event, PUBLISHED, NOW)[1]) == ()


@pytest.mark.parametrize("fault", ["body", "signature", "secret", "no header", "late", "early"])
def test_what_is_not_tiktoks_or_not_of_this_moment_is_refused(fault: str) -> None:
    headers, body = TikTokStandin().push("post.publish.complete", PUBLISHED, NOW)
    now, app = NOW, APP
    if fault == "body":
        body += b" "
    elif fault == "signature":
        headers = {"tiktok-signature": headers["tiktok-signature"][:-1] + "é"}
    elif fault == "secret":
        app = {"client_secret": ""}
    elif fault == "no header":
        headers = {}
    else:
        now += timedelta(seconds=301 if fault == "late" else -301)

    with pytest.raises(Refused) as caught:
        HOOKS.verify(headers, body, app, now)

    assert caught.value.reason == "hook_refused"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", json.dumps({"event": 1}).encode()])
def test_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        HOOKS.parse({}, body)


def test_there_is_no_question_to_answer() -> None:
    with pytest.raises(Refused):
        HOOKS.challenge({"hub.challenge": "1"}, APP)
