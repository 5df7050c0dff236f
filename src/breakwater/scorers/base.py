"""What a plug-in of the group `breakwater.scorers` is: docs/scoring/README.md says how to write one."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from breakwater.domain.scoring.scores import ABUSE, Head, Item, Scorer

Answer = Mapping[Head, float] | None
"""The chance of each kind of abuse, 0 to 1; None: nothing that counts is said of the text."""
MOST_AT_ONCE = 64


def gettext_noop(text: str) -> str:
    """Marks a text that people read; pages translate it."""
    return text


@dataclass(frozen=True)
class Field:
    """One thing that the settings page asks. label and help are msgids (gettext_noop).

    secret: it is sealed and never shown again. address: an https address, or one of this machine.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = False
    needed: bool = True
    address: bool = False


@dataclass(frozen=True)
class Kit:
    """client: through the egress guard, nothing else may be called. values: of the fields. models:
    the folder into which whoever runs Breakwater puts models, each in a folder of its own."""

    client: httpx.AsyncClient
    values: Mapping[str, str]
    models: Path | None = None


Ask = Callable[[Kit, Sequence[Item]], Awaitable[Sequence[Answer]]]
"""One answer for each text, in order. Raises: TryLater (nothing is known; again later), Reconnect
(the key opens nothing), Refused (it will say no again; a reason of core/scoring_sentences.py is said as it is). Anything else
counts as TryLater."""
Check = Callable[[Mapping[str, str], Path], None]
"""What is wrong with these values and this folder of models, before they are kept: Refused."""


@dataclass(frozen=True)
class Plugin:
    """id, version: what an answer is kept under; another version is asked anew. An id has at most 64
    letters, digits, hyphens and underscores, a version at most 32 characters. name: for people.

    languages: ISO 639-1, none for all. most: texts a call. needs_network: texts leave this machine.
    check: asked when it is set up; quick.
    """

    id: str
    version: str
    name: str
    ask: Ask
    languages: frozenset[str] = frozenset()
    fields: tuple[Field, ...] = ()
    needs_network: bool = True
    most: int = 1
    check: Check | None = None


def local(scorer: Scorer, *, name: str, most: int = 16) -> Plugin:
    """A scorer in this very process, such as one with a larger model, as a plug-in. It is asked in
    a thread of its own."""

    async def ask(_kit: Kit, batch: Sequence[Item]) -> Sequence[Answer]:
        scores = await asyncio.to_thread(scorer.score, batch)
        return [_kinds(score.chances) if score.abstained is None else None for score in scores]

    return Plugin(
        id=scorer.id,
        version=scorer.version,
        name=name,
        ask=ask,
        languages=scorer.languages,
        needs_network=False,
        most=most,
    )


def chance(value: object) -> float | None:
    """A chance out of an answer; None for what is none, such as true, "0.5", NaN or 1.2."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return float(value)


def _kinds(chances: Mapping[Head, float]) -> Answer:
    return {head: chances[head] for head in ABUSE if head in chances}
