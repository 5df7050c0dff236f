"""A server with an OpenAI-compatible moderation endpoint: `POST <address>/moderations`.

Request and answer as in https://platform.openai.com/docs/api-reference/moderations (read from
memory of the published schema, not proved against the service): {"results": [{"category_scores":
{"harassment": 0.1, …}}, …]}, one for each input.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.domain.scoring.scores import Head, Item
from breakwater.scorers.base import Answer, Kit, Plugin, chance, gettext_noop
from breakwater.scorers.calling import FIELDS, asked

_KINDS: dict[Head, tuple[str, ...]] = {
    Head.ABUSIVE: ("harassment", "harassment/threatening", "hate", "hate/threatening"),
    Head.INSULT: ("harassment",),
    Head.THREAT: ("harassment/threatening", "hate/threatening"),
    Head.IDENTITY_HATE: ("hate", "hate/threatening"),
    Head.SEXUAL: ("sexual", "sexual/minors"),
}


def build() -> Plugin:
    return Plugin(
        id="moderation",
        version="1",
        name=gettext_noop("A moderation service (OpenAI-compatible)"),
        ask=ask,
        fields=FIELDS,
        most=32,
    )


async def ask(kit: Kit, batch: Sequence[Item]) -> list[Answer]:
    """One call for all. Raises: as `calling.asked`."""
    question = {"model": kit.values["model"], "input": [item.text for item in batch]}
    results = (await asked(kit, "/moderations", question)).get("results")
    if not isinstance(results, list) or len(results) != len(batch):
        raise TryLater("not one result for each text")
    return [_answer(one) for one in results]


def _answer(result: Any) -> Answer:
    scores = result.get("category_scores") if isinstance(result, dict) else None
    if not isinstance(scores, dict):
        return None
    found = {head: _highest(scores, names) for head, names in _KINDS.items()}
    return {head: one for head, one in found.items() if one is not None} or None


def _highest(scores: Mapping[str, Any], names: Sequence[str]) -> float | None:
    known = [one for name in names if (one := chance(scores.get(name))) is not None]
    return max(known, default=None)
