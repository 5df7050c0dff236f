"""The lexicons bite: what is not in them is seen, and the trimmed copy is as the original."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.standins.base.exchange import Request
from tests.standins.bluesky import BlueskyStandin, lexicon, trim
from tests.standins.bluesky.standin import PUT

ORIGINAL = Path(__file__).resolve().parents[4] / "shared" / "specs" / "atproto" / "lexicons"
POST = "app.bsky.feed.post"
GOOD: dict[str, Any] = {"$type": POST, "text": "Ahoy", "createdAt": "2026-11-28T10:00:00.000Z"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"txt": "x"}, "app.bsky.feed.post.txt is not in the lexicon"),
        ({"text": None}, "app.bsky.feed.post.text is no text"),
        ({"text": "x" * 301}, "app.bsky.feed.post.text is longer than 300"),
        ({"text": "é" * 299 + "👩‍👩‍👧‍👦" * 100}, "app.bsky.feed.post.text has 3098 bytes"),
        ({"createdAt": "today"}, "app.bsky.feed.post.createdAt is no datetime: 'today'"),
        ({"langs": ["en", "fr", "de", "nl"]}, "app.bsky.feed.post.langs has 4 entries"),
        ({"langs": ["ENGLISH"]}, "app.bsky.feed.post.langs[0] is no language: 'ENGLISH'"),
        ({"reply": {"root": {"uri": "x"}}}, "app.bsky.feed.post.reply.parent is missing"),
        ({"embed": {"$type": POST}}, "app.bsky.feed.post.embed is a app.bsky.feed.post, none of"),
    ],
)
def test_a_record_that_is_wrong_is_told(change: dict[str, Any], said: str) -> None:
    assert lexicon.record(GOOD, POST) == []

    assert any(one.startswith(said) for one in lexicon.record({**GOOD, **change}, POST))


def test_a_request_that_is_wrong_is_a_violation() -> None:
    standin = BlueskyStandin()
    token = standin.connected()["access_token"]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    body = {"repo": standin.ann.did, "collection": POST, "rkey": "3lbq2xnh5zc2a", "colour": "blue"}
    odd = {**body, "record": GOOD}
    del body["colour"]
    wrong = {**body, "record": {**GOOD, "txt": "x"}}

    for one in (odd, wrong):
        standin.answer(Request("POST", PUT, "", headers, json.dumps(one).encode()))
    standin.answer(Request("GET", "/xrpc/app.bsky.graph.getFollows", "limit=500", headers))
    standin.answer(Request("GET", "/xrpc/app.bsky.graph.muteActor", "", headers))

    told = " ".join(standin.violations)
    for one in (
        "input.colour is not in the lexicon",
        "app.bsky.feed.post.txt is not in the lexicon",
        "actor is missing",
        "limit is 500",
        "muteActor: is a POST",
    ):
        assert one in told
    assert list(standin.state.of(POST)) == []


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the original lexicons are not beside this clone")
def test_the_trimmed_copy_is_as_the_original(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(trim, "FILE", tmp_path / "again.json")

    trim.main(ORIGINAL)

    assert (tmp_path / "again.json").read_text() == lexicon.FILE.read_text()
