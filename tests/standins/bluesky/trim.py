"""Makes lexicons.trimmed.json: what the stand-in answers, and all that it refers to.

python -m tests.standins.bluesky.trim ../shared/specs/atproto/lexicons
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.standins.bluesky.lexicon import FILE

USED = (
    "app.bsky.actor.getProfile", "app.bsky.actor.profile", "app.bsky.embed.external", "app.bsky.embed.gallery",
    "app.bsky.embed.images", "app.bsky.embed.record", "app.bsky.embed.recordWithMedia",
    "app.bsky.embed.video", "app.bsky.feed.getPosts", "app.bsky.feed.getPostThread",
    "app.bsky.feed.like", "app.bsky.feed.post", "app.bsky.feed.postgate",
    "app.bsky.feed.threadgate", "app.bsky.graph.block", "app.bsky.graph.follow",
    "app.bsky.graph.getFollows", "app.bsky.graph.muteActor", "app.bsky.graph.unmuteActor",
    "app.bsky.notification.listNotifications", "app.bsky.video.getJobStatus",
    "app.bsky.video.getUploadLimits", "app.bsky.video.uploadVideo",
    "chat.bsky.convo.getConvoForMembers", "chat.bsky.convo.getLog",
    "chat.bsky.convo.getMessages", "chat.bsky.convo.sendMessage",
    "com.atproto.identity.resolveHandle", "com.atproto.moderation.createReport",
    "com.atproto.repo.deleteRecord", "com.atproto.repo.getRecord", "com.atproto.repo.listRecords",
    "com.atproto.repo.putRecord", "com.atproto.repo.strongRef", "com.atproto.repo.uploadBlob",
    "com.atproto.server.createSession", "com.atproto.server.deleteSession",
    "com.atproto.server.getServiceAuth", "com.atproto.server.getSession",
    "com.atproto.server.refreshSession", "com.atproto.sync.subscribeRepos",
)  # fmt: skip
_OUTPUTS_KEPT = ("com.atproto.",)
"""Answers of the app's services are large, and their shapes are only kept as far as a stand-in can
show them: the rest is `unknown`."""


def main(folder: Path) -> None:
    kept: dict[str, dict[str, Any]] = {}
    waiting = [f"{nsid}#main" for nsid in USED]
    while waiting:
        nsid, _, name = waiting.pop().partition("#")
        if name in kept.get(nsid, {}):
            continue
        path = folder / f"{nsid.replace('.', '/')}.json"
        found = json.loads(path.read_text())["defs"][name]
        slim = _slim(found, keep_output=nsid.startswith(_OUTPUTS_KEPT))
        kept.setdefault(nsid, {})[name] = slim
        waiting += [ref if "#" in ref else f"{ref}#main" for ref in _refs(slim, nsid)]
    ordered = {nsid: dict(sorted(kept[nsid].items())) for nsid in sorted(kept)}
    FILE.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n")


def _slim(value: Any, *, keep_output: bool) -> Any:
    """Without words for people, and without the shape of what is answered where it is not kept."""
    if isinstance(value, list):
        return [_slim(one, keep_output=keep_output) for one in value]
    if not isinstance(value, dict):
        return value
    words = ("description", "errors")  # a field can have such a name too: then it is an object
    kept = {n: inner for n, inner in value.items() if n not in words or isinstance(inner, dict)}
    if not keep_output and "output" in kept:
        kept["output"] = {"schema": _outline(kept["output"].get("schema", {}))}
    return {name: _slim(inner, keep_output=keep_output) for name, inner in kept.items()}


def _outline(schema: dict[str, Any]) -> dict[str, Any]:
    """The names of its fields."""
    if schema.get("type") != "object":
        return {"type": "unknown"}
    fields = {name: {"type": "unknown"} for name in schema.get("properties", {})}
    return {"type": "object", "required": schema.get("required", []), "properties": fields}


def _refs(value: Any, home: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _refs(one, home)
    elif isinstance(value, dict):
        for name, inner in value.items():
            named = [inner] if name == "ref" and isinstance(inner, str) else []
            named += inner if name == "refs" else []
            yield from (home + one if one.startswith("#") else one for one in named)
            yield from _refs(inner, home)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
