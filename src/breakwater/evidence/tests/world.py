"""Captures that are sealed without a network: what one taking brought is written down here."""

from datetime import timedelta
from uuid import UUID

from tests.people import NOW

from breakwater.channels.models import Channel
from breakwater.channels.tapes import Exchange
from breakwater.evidence.models import Capture
from breakwater.evidence.services import ask
from breakwater.evidence.services.leasing import lease
from breakwater.evidence.services.sealing import keep
from breakwater.evidence.taken import Medium, Taken

ORIGIN = "http://harbour.internal"


def exchange(path: str, body: bytes, mime: str = "application/json") -> Exchange:
    return Exchange(
        at=NOW, method="GET", url=ORIGIN + path, asked=(("accept", "*/*"),), sent=b"", status=200,
        answered=(("content-type", mime),), body=body, hidden=False,
    )  # fmt: skip


def brought(text: str = "Burgers for everybody") -> Taken:
    """A whole taking: a post with two pictures, a comment and its page."""
    return Taken(
        began=NOW, ended=NOW + timedelta(seconds=1), page_status=200,
        post={"remote_id": "1.stray", "text": text, "created_at": NOW.isoformat()},
        media=[
            Medium("media-1", f"{ORIGIN}/m/1", "image/png", b"\x89PNG one" * 9),
            Medium("media-2", f"{ORIGIN}/m/2", "image/jpeg", b"\xff\xd8 two" * 9),
        ],
        comments=[{"author": "kim", "text": "Who are you?"}],
        figures=[{"metric": "views", "value": 12}],
        exchanges=[
            exchange("/api/posts/1", text.encode()),
            exchange("/posts/1", f"<p>{text}</p>".encode(), "text/html"),
            exchange("/m/1", b"\x89PNG one" * 9, "image/png"),
        ],
    )  # fmt: skip


def sealed(
    channel: Channel, remote_id: str, by: UUID | None, taken: Taken | None = None
) -> Capture:
    """Asked for, leased and kept, as the loop does it."""
    ask(
        channel, remote_id, f"{ORIGIN}/posts/{remote_id}", about={"what": "stray", "facts": {}},
        why="Not ours.", incident=None, by=by, now=NOW,
    )  # fmt: skip
    (row,) = lease(limit=1, now=NOW)
    return keep(row, taken or brought(), now=NOW)
