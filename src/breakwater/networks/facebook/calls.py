"""One Page's calls, by the name that Facebook answers them under; what our ids stand for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import httpx

from breakwater.domain.errors import TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit
from breakwater.networks.facebook.errors import CODES
from breakwater.networks.facebook.manifest import GRAPH, MANIFEST, UPLOAD, VIDEO
from breakwater.networks.graph import Graph

VERSION = "v25.0"


class Node(StrEnum):
    """What an id stands for. Facebook's own numbers do not say it, so ours begin with it."""

    POST = "post"
    COMMENT = "comment"
    MESSAGE = "message"
    VIDEO = "video"
    LIVE = "live"
    STORY = "story"


_PREFIXED = (Node.VIDEO, Node.LIVE, Node.STORY)


class Page:
    """The Page behind an account. graph: nearly all calls; video: the bytes of long videos."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self.client = client
        self.id = account.remote_id
        self.token = account.secrets.get("access_token", "")
        self.app = kit.app
        self._origin = account.origin
        self.graph = self._calls(GRAPH)
        self.video = self._calls(VIDEO)

    def upload_url(self, video_id: str) -> str:
        """Where the bytes of a reel or a story go."""
        return f"{MANIFEST.at(self._origin, UPLOAD)}/video-upload/{VERSION}/{video_id}"

    def as_app(self) -> Graph:
        """Calls of the app itself, such as where its pushes go."""
        token = f"{self.app.get('client_id', '')}|{self.app.get('client_secret', '')}"
        return Graph(self.client, f"{self._origin}/{VERSION}", token, CODES)

    def node(self, remote_id: str) -> tuple[Node, str]:
        """What our id stands for, and Facebook's own id of it. Raises: Refused, for what is no id."""
        kind, _, plain = remote_id.partition(":")
        if plain and kind in _PREFIXED:
            return Node(kind), wire.plain_id(plain)
        wire.plain_id(remote_id)
        if remote_id.startswith("m_"):
            return Node.MESSAGE, remote_id
        of_page = remote_id.startswith(f"{self.id}_") and remote_id.count("_") == 1
        return (Node.POST if of_page else Node.COMMENT), remote_id

    def plain(self, remote_id: str) -> str:
        return self.node(remote_id)[1]

    def _calls(self, role: str) -> Graph:
        base = f"{MANIFEST.at(self._origin, role)}/{VERSION}"
        secret = self.app.get("client_secret", "")
        return Graph(self.client, base, self.token, CODES, secret)


def moment(text: object) -> datetime:
    """A time as Facebook writes it (ISO with an offset), in UTC. Raises: TryLater."""
    try:
        value = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise TryLater(f"not a time: {text!r}") from error
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def inner(value: Mapping[str, Any], *names: str) -> Any:
    """What is found by going down these names; None where the way ends."""
    found: Any = value
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def listed(value: Mapping[str, Any], *names: str) -> list[dict[str, Any]]:
    """The objects of a list down these names; none where there is no list."""
    found = inner(value, *names)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
