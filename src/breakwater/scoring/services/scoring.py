"""The cascade: the workspace's words, then the embedded model, then what somebody else said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from breakwater.domain.scoring.adapters import Taught
from breakwater.domain.scoring.banding import Graded, settled
from breakwater.domain.scoring.opinions import moved_by, uncertain
from breakwater.domain.scoring.scores import Band, Head, Item, Score
from breakwater.domain.scoring.terms import Found
from breakwater.people.models import Workspace
from breakwater.scoring.model import adapted, graded
from breakwater.scoring.models import SecondOpinion
from breakwater.scoring.rules import Asking, Rules, rules_of
from breakwater.scoring.services import opinions
from breakwater.scoring.verdicts import Opinion, Stage, Verdict


def score(
    workspace: Workspace,
    items: Sequence[Item],
    *,
    now: datetime,
    explain: bool = False,
    asks: bool = True,
    model: Graded | None = None,
) -> list[Verdict]:
    """One verdict for each item, in order. One query; where a second opinion is switched on and
    the model is unsure of some, one to look it up and, for those not asked about yet, two to have
    them asked about later. Nothing waits for an answer.

    A hint that is missing is the workspace's language. explain: with spans, slower. asks: whether
    texts may be handed on to be asked about. model: another one than the embedded.
    """
    if not items:
        return []
    rules = rules_of(workspace.pk)
    model = model or graded()
    if rules.adapters is not None:
        model = adapted(model, rules.adapters)
    hinted = [replace(item, hint=item.hint or workspace.language) for item in items]
    found = [rules.terms.look(item.text) for item in hinted]
    scores = _scores(hinted, found, model, explain=explain)
    verdicts = [
        _verdict(one, terms, rules, model) for one, terms in zip(scores, found, strict=True)
    ]
    if rules.asking is None:
        return verdicts
    return _with_opinions(workspace, hinted, verdicts, rules, model, asks=asks, now=now)


def taught(
    workspace: Workspace, text: str, *, model: Graded | None = None
) -> Mapping[Head, Taught]:
    """What a correction of the text teaches, by kind of abuse: of what is read of it, which is not its allowed
    words, and by the model alone. One query."""
    read = rules_of(workspace.pk).terms.look(text).rest
    return (model or graded()).taught(Item(read, workspace.language))


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
    score = score if score.abstained else settled(score, edges)
    band = score.band
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


def _with_opinions(
    workspace: Workspace,
    items: Sequence[Item],
    verdicts: list[Verdict],
    rules: Rules,
    model: Graded,
    *,
    asks: bool,
    now: datetime,
) -> list[Verdict]:
    """The verdicts that the model is unsure of, after what was said of them; the others as they
    are. What was not asked about yet is handed on."""
    asking = rules.asking
    assert asking is not None
    unsure = [at for at, one in enumerate(verdicts) if _asked_of(one, asking)]
    if not unsure:
        return verdicts
    known = opinions.known(workspace.pk, asking, [items[at].text for at in unsure])
    new = {items[at].text: items[at] for at in unsure if items[at].text not in known}
    waits = bool(new) and asks and opinions.wish_for(workspace.pk, asking, [*new.values()], now=now)
    out = list(verdicts)
    for at in unsure:
        row = known.get(items[at].text)
        if row is not None:
            out[at] = _after(verdicts[at], row, rules, model, asking)
        elif waits:
            out[at] = replace(verdicts[at], opinion=Opinion.WAITING)
    return out


def _asked_of(verdict: Verdict, asking: Asking) -> bool:
    """Terms are the workspace's own word, and what the model is sure of stands."""
    spoken = not asking.languages or verdict.score.language in asking.languages
    return (
        spoken
        and verdict.stage is Stage.MODEL
        and not verdict.denied
        and not verdict.allowed
        and uncertain(verdict.score, asking.unsure)
    )


def _after(
    verdict: Verdict, row: SecondOpinion, rules: Rules, model: Graded, asking: Asking
) -> Verdict:
    if row.state != "given":
        waits = Opinion.WAITING if row.state == "waiting" else Opinion.NONE
        return replace(verdict, opinion=waits)
    edges = model.edges(verdict.score.language).moved(rules.moves)
    score = settled(moved_by(verdict.score, opinions.chances(row), asking.unsure), edges)
    band = score.band
    return replace(
        verdict,
        score=score,
        band=band,
        stage=Stage.MODEL if band is verdict.band else Stage.OPINION,
        reasons=edges.over(score.chances),
        opinion=Opinion.GIVEN,
    )
