"""Texts are scored here, and a workspace says which of its words are fine and which are not."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.scoring import (
    MOST_CHARACTERS,
    MOST_EXPLAINED,
    ScoreOut,
    ScoresOut,
    ScoreWish,
    SpanOut,
    TermOut,
    TermsOut,
    TermWish,
)
from breakwater.domain.errors import Invalid
from breakwater.domain.scoring.scores import Item
from breakwater.people.roles import Right
from breakwater.scoring import selectors, services
from breakwater.scoring.models import Term
from breakwater.scoring.reasons import why
from breakwater.scoring.verdicts import Verdict

router = Router(tags=["scoring"])
_DIGITS = 4


@route(router, "POST", "/w/{slug}/score", right=Right.SEE, answer=ScoresOut)
def score(call: Call, wish: ScoreWish) -> ScoresOut:
    """What each text does to its reader, by this workspace's words and thresholds. Of at most 100
    texts at once, with 200,000 characters in all, and 20 where they are to be explained; nothing of
    them is kept, unless a second opinion is asked for."""
    _check(wish)
    items = [Item(text, wish.language) for text in wish.texts]
    found = services.score(call.access.workspace, items, now=call.now, explain=wish.explain)
    return ScoresOut(items=[_score(one) for one in found])


@route(router, "GET", "/w/{slug}/scoring/terms", right=Right.SEE, answer=TermsOut)
def terms(call: Call) -> TermsOut:
    """The workspace's own words, newest first."""
    return TermsOut(items=[_term(row) for row in selectors.terms_of(call.workspace_id)])


@route(router, "POST", "/w/{slug}/scoring/terms", right=Right.ANSWER, answer=TermOut, status=201)
def add_term(call: Call, wish: TermWish) -> TermOut:
    """These words are allowed or denied from the next text on; a term that is there already is as
    said now."""
    allowed = wish.effect == "allow"
    return _term(services.add_term(call.access, wish.text, allowed=allowed, now=call.now))


@route(router, "DELETE", "/w/{slug}/scoring/terms/{term_id}", right=Right.ANSWER, status=204)
def remove_term(call: Call, term_id: UUID) -> None:
    """The words are no term any more, from the next text on."""
    services.remove_term(call.access, term_id, now=call.now)


def _check(wish: ScoreWish) -> None:
    """One process serves everybody: no call may keep it for long, whatever the texts are made of."""
    if sum(map(len, wish.texts)) > MOST_CHARACTERS:
        raise Invalid(code="scored_too_much", field="texts", limit=MOST_CHARACTERS)
    if wish.explain and len(wish.texts) > MOST_EXPLAINED:
        raise Invalid(code="explained_too_many", field="explain", limit=MOST_EXPLAINED)


def _score(one: Verdict) -> ScoreOut:
    return ScoreOut(
        band=one.band,
        stage=one.stage,
        reasons=list(one.reasons),
        message=why(one),
        danger=one.danger,
        language=one.score.language,
        chances={head: round(chance, _DIGITS) for head, chance in one.score.chances.items()},
        denied=list(one.denied),
        allowed=list(one.allowed),
        opinion=one.opinion,
        abstained=one.score.abstained,
        model=one.score.model,
        spans=[
            SpanOut(start=span.start, end=span.end, head=span.head, weight=span.weight)
            for span in one.score.spans
        ],
    )


def _term(row: Term) -> TermOut:
    return TermOut(
        id=row.pk,
        text=row.typed,
        words=row.words,
        effect="allow" if row.allowed else "deny",
        by=str(row.by) if row.by else None,
        at=row.created_at,
    )
