"""Answers that others recorded from Facebook (sns-sdks/python-facebook @c0aa73f, 2023 and before).

They are not copied here; the tests are skipped where ../shared is not at hand.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from breakwater.networks.facebook import shapes
from breakwater.networks.graph import codes_of

RECORDED = (
    Path(__file__).resolve().parents[6] / "shared/specs/meta/testdata-python-facebook/testdata"
)
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason=f"no recorded answers of Facebook at {RECORDED}"
)


def _recorded(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / path).read_text(encoding="utf-8"))
    return found


def test_a_comment_is_read() -> None:
    seen = shapes.comment(_recorded("facebook/apidata/comments/comment_info.json"))

    assert seen.remote_id == "10158371815748553_10158371930463553"
    assert seen.text == "This is really nice"
    assert seen.created_at == datetime(2021, 7, 21, 21, 5, 14, tzinfo=UTC)
    assert seen.url.startswith("https://www.facebook.com/19292868552/posts/")


def test_posts_are_read() -> None:
    rows = _recorded("facebook/apidata/posts/feed_fields_p1.json")["data"]

    posts = [shapes.post(row) for row in rows]

    assert posts[0].text == "Happy July 4th! 🇺🇸"
    assert [one.created_at for one in posts] == sorted(
        (one.created_at for one in posts), reverse=True
    )


def test_a_message_is_read_without_its_token() -> None:
    row = _recorded("facebook/apidata/messages/message_info.json")

    came = shapes.came_message(row, "2121008874780932")

    assert (came.own, came.thread) == (False, "2711636948859886")
    assert came.author.name == "Kun Liu"
    assert len(came.media) == 1
    assert "access_token" in json.dumps(row)
    assert "access_token" not in json.dumps(came.raw)


def test_an_error_has_its_code() -> None:
    assert codes_of(httpx.Response(400, json=_recorded("error.json"))) == (100, 0)
