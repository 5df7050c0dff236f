"""Meta's description sees what a connector does wrong. Skipped where it is not at hand."""

import json

import pytest

from tests.standins.base.exchange import Request
from tests.standins.facebook import described

pytestmark = pytest.mark.skipif(not described.IS_THERE, reason=described.ABSENT)


def _post(node: str, edge: str, **fields: object) -> list[str]:
    body = json.dumps(fields).encode()
    headers = {"content-type": "application/json"}
    return described.held_against(Request("POST", "/", "", headers, body), node, edge)


def _get(node: str, edge: str, query: str) -> list[str]:
    return described.held_against(Request("GET", "/", query), node, edge)


def test_it_lets_good_calls_pass() -> None:
    assert _post("Page", "feed", message="Hello", access_token="x") == []
    assert _post("Page", "feed", attached_media='[{"media_fbid": "1"}]') == []
    assert _get("Page", "published_posts", "fields=id,comments.limit(2){id,from}&limit=5") == []


@pytest.mark.parametrize(
    ("node", "edge", "fields", "why"),
    [
        ("Page", "feed", {"mesage": "x"}, "unknown parameter mesage"),
        ("Page", "photos", {"alt_text": "x"}, "unknown parameter alt_text"),
        ("Page", "photos", {"published": "no"}, "'no' is no bool"),
        ("Page", "video_reels", {"video_id": "1"}, "lacks upload_phase"),
        ("Page", "live_videos", {"status": "SOON"}, "'SOON' is no pagelive_videos_status_enum"),
        ("Page", "feeds", {}, "not described"),
        ("Comment", "", {"hide": "true"}, "unknown parameter hide"),
        ("Page", "messages", {"recipient": "{oops"}, "is no Object"),
    ],
)
def test_it_sees_a_wrong_parameter(
    node: str, edge: str, fields: dict[str, object], why: str
) -> None:
    found = _post(node, edge, **fields)

    assert any(why in one for one in found), found


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("fields=id,mesage", "PagePost has no field mesage"),
        ("fields=comments{id,text}", "Comment has no field text"),
        ("include_hidden=perhaps", "'perhaps' is no bool"),
    ],
)
def test_it_sees_a_wrong_question(query: str, why: str) -> None:
    found = _get("Page", "published_posts", query)

    assert any(why in one for one in found), found
