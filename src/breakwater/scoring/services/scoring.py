"""The cascade: the workspace's words, then the embedded model, then what somebody else said of it."""

from collections.abc import Sequence
from dataclasses import replace

from breakwater.domain.scoring.banding import Graded
from breakwater.domain.scoring.scores import Band, Head, Item, Score
from breakwater.domain.scoring.terms import Found
from breakwater.people.models import Workspace
from breakwater.scoring.model import graded
from breakwater.scoring.rules import Rules, rules_of
from breakwater.scoring.verdicts import Stage, Verdict


def score(
    workspace: Workspace,
    items: Sequence[Item],
    *,
    explain: bool = False,
    model: Graded | None = None,
) -> list[Verdict]:
    """One verdict for each item, in order. One query.

    A hint that is missing is the workspace's language. explain: with spans, slower. model: another
    one than the embedded.
    """
    if not items:
        return []
    rules = rules_of(workspace.pk)
    model = model or graded()
    hinted = [replace(item, hint=item.hint or workspace.language) for item in items]
    found = [rules.terms.look(item.text) for item in hinted]
    scores = _scores(hinted, found, model, explain=explain)
    return [_verdict(one, terms, rules, model) for one, terms in zip(scores, found, strict=True)]


def _scores(
    items: Sequence[Item], found: Sequence[Found], model: Graded, *, explain: bool
) -> list[Score]:
    """Of the texts without their allowed words; but whether somebody is in danger is asked of the
    whole text."""
    rest = [replace(item, text=one.rest) for item, one in zip(items, found, strict=True)]
    scores = [model.explain(item) for item in rest] if explain else list(model.score(rest))
    spared = [at for at, one in enumerate(found) if one.allowed]
    for at, whole in zip(spared, model.score([items[at] for at in spared]), strict=True):
        scores[at] = _as_dangerous(scores[at], whole) if whole.chances else scores[at]
    return scores


def _as_dangerous(score: Score, whole: Score) -> Score:
    danger = max(one.chances.get(Head.DANGER, 0.0) for one in (score, whole))
    if Head.DANGER not in score.chances:
        return score
    return replace(score, chances={**score.chances, Head.DANGER: danger})


def _verdict(score: Score, terms: Found, rules: Rules, model: Graded) -> Verdict:
    """What the model and the workspace's words say together: a denied word veils at least."""
    edges = model.edges(score.language).moved(rules.moves)
    band = None if score.abstained else edges.band(score.chances)
    stage = Stage.NOBODY if band is None else Stage.MODEL
    if terms.denied and band in (None, Band.CLEAR):
        band, stage = Band.VEILED, Stage.TERM
    return Verdict(
        replace(score, band=band),
        band,
        stage,
        edges.over(score.chances),
        denied=terms.denied,
        allowed=terms.allowed,
        danger=edges.endangered(score.chances),
    )
