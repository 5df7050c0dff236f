"""The stand-in itself: what it holds against a client that does not keep to the description."""

import json

import pytest

from tests.standins.base.exchange import Request
from tests.standins.youtube import YouTubeStandin


def _asked(standin: YouTubeStandin, method: str, path: str, query: str, body: object) -> list[str]:
    token = standin.connected()["access_token"]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    data = json.dumps(body).encode() if body is not None else b""
    standin.answer(Request(method, path, query, headers, data))
    return standin.violations


@pytest.mark.parametrize(
    ("query", "body", "fault"),
    [
        ("part=status", {"id": "x", "status": {"privacy": "public"}}, "'privacy' was unexpected"),
        ("part=status", {"id": "x", "status": {"privacyStatus": "open"}}, "is not one of"),
        ("part=status", {"id": 7}, "is not of type 'string'"),
        ("", {"id": "x"}, "lacks the parameter part"),
        ("part=status&notify=true", {"id": "x"}, "unknown parameter notify"),
        ("part=status", None, "no JSON object"),
    ],
)
def test_what_is_not_described_is_held_against_the_client(
    query: str, body: object, fault: str
) -> None:
    standin = YouTubeStandin()
    standin.day_is_used = True  # only the description judges

    found = _asked(standin, "PUT", "/youtube/v3/videos", query, body)

    assert any(fault in sentence for sentence in found)


def test_a_call_that_is_not_described_is_held_against_the_client() -> None:
    standin = YouTubeStandin()

    assert _asked(standin, "GET", "/youtube/v3/posts", "part=id", None) == [
        "GET /youtube/v3/posts: not described"
    ]


def test_an_upload_that_would_be_public_is_held_against_the_client() -> None:
    standin = YouTubeStandin()
    body = {"snippet": {"title": "t"}, "status": {"privacyStatus": "public"}}
    token = standin.connected()["access_token"]
    headers = {
        "authorization": f"Bearer {token}", "content-type": "application/json",
        "x-upload-content-length": "10",
    }  # fmt: skip
    standin.answer(
        Request(
            "POST", "/upload/youtube/v3/videos", "part=snippet,status&uploadType=resumable",
            headers, json.dumps(body).encode(),
        )
    )  # fmt: skip

    assert standin.violations == ["an upload that is public before its commit call"]
