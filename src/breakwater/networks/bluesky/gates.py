"""Who may reply to a post, which replies are hidden, whether it may be quoted: records beside it
under the same key. Pure. Lexicons app.bsky.feed.threadgate and .postgate."""

from collections.abc import Mapping
from typing import Any

from breakwater.domain.errors import Refused

THREADGATE = "app.bsky.feed.threadgate"
POSTGATE = "app.bsky.feed.postgate"
_MOST_HIDDEN = 300
_RULES = {
    "mentioned": [{"$type": f"{THREADGATE}#mentionRule"}],
    "followers": [{"$type": f"{THREADGATE}#followerRule"}],
    "following": [{"$type": f"{THREADGATE}#followingRule"}],
    "nobody": [],
}
"""The option's value -> the rules that it means. No entry: everybody."""


def gates_of(options: Mapping[str, Any], post: str, made_at: str) -> dict[str, dict[str, Any]]:
    """Collection -> record, for those that the options ask for."""
    gates: dict[str, dict[str, Any]] = {}
    rules = _RULES.get(str(options.get("replies", "")))
    if rules is not None:
        gates[THREADGATE] = _gate(THREADGATE, post, made_at) | {"allow": rules}
    if str(options.get("no_quotes", "")).lower() in ("true", "1", "on"):
        rule = {"embeddingRules": [{"$type": f"{POSTGATE}#disableRule"}]}
        gates[POSTGATE] = _gate(POSTGATE, post, made_at) | rule
    return gates


def hidden(gate: Mapping[str, Any] | None) -> list[str]:
    """The replies that a threadgate hides."""
    replies = gate.get("hiddenReplies") if gate else None
    return [str(one) for one in replies] if isinstance(replies, list) else []


def hiding(
    gate: Mapping[str, Any] | None, post: str, made_at: str, reply: str, *, hide: bool
) -> dict[str, Any]:
    """The gate with this reply hidden, or shown again. Raises: Refused("gate_full")."""
    others = [one for one in hidden(gate) if one != reply]
    replies = [*others, reply] if hide else others
    if len(replies) > _MOST_HIDDEN:
        raise Refused("gate_full", post)
    return {**(gate or _gate(THREADGATE, post, made_at)), "hiddenReplies": replies}


def _gate(kind: str, post: str, made_at: str) -> dict[str, Any]:
    return {"$type": kind, "post": post, "createdAt": made_at}
