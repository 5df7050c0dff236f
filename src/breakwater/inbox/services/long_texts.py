"""Long messages are judged whole: as the worst of what is in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.scoring.windows import windows
from breakwater.domain.shield import Level
from breakwater.people.models import Workspace
from breakwater.scoring.services import score
from breakwater.scoring.verdicts import Verdict


def verdicts(workspace: Workspace, texts: Sequence[str], *, now: datetime) -> list[Verdict]:
    """One for each text, as of what is worst in it. Nobody else is asked about the middle of one. As
    many queries as `score`; some more where one is too long to be looked at at once."""
    said = score(workspace, [Text(text) for text in texts], now=now)
    parts = [(at, part) for at, text in enumerate(texts) for part in windows(text)]
    heard = score(workspace, [Text(part) for _, part in parts], now=now, asks=False)
    for (at, _), verdict in zip(parts, heard, strict=True):
        said[at] = _with(said[at], verdict)
    return said


def _with(whole: Verdict, part: Verdict) -> Verdict:
    """What is in either: somebody in danger, a question, abuse of any kind."""
    worse = min(whole, part, key=_rank)
    chances = dict(whole.score.chances)
    for head, chance in part.score.chances.items():
        chances[head] = max(chance, chances.get(head, 0.0))
    language = whole.score.language or part.score.language
    return replace(
        worse, score=replace(worse.score, language=language, chances=chances),
        danger=whole.danger or part.danger, opinion=whole.opinion,
    )  # fmt: skip


def _rank(verdict: Verdict) -> int:
    """What nobody could say anything of is no worse than the rest."""
    return Level.EVERYTHING + 1 if verdict.rank is None else verdict.rank
