"""What a scorer learnt from a workspace's corrections: how well it would do, using it, taking it back."""

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.learning import LearningOut, LearningsOut, NewestOut, UseWish
from breakwater.api.schemas.scoring import BackWish
from breakwater.domain.scoring.learning import Judged
from breakwater.domain.scoring.scores import Head
from breakwater.people.roles import Right
from breakwater.scoring import services
from breakwater.scoring.learning import Offer, offers
from breakwater.scoring.model import graded

router = Router(tags=["scoring"])
_HERE = "/w/{slug}/scoring/learning"


@route(router, "GET", _HERE, right=Right.SEE, answer=LearningsOut)
def learning(call: Call) -> LearningsOut:
    """What each kind of abuse would learn from its corrections, and what of it is used. Threats learn nothing."""
    return LearningsOut(items=[_shown(one) for one in offers(call.workspace_id, graded())])


@route(router, "POST", f"{_HERE}/use", right=Right.INVITE, answer=LearningOut)
def use(call: Call, wish: UseWish) -> LearningOut:
    """What was learnt is used from the next text on. 409 when something else is proposed by now, or nothing."""
    services.use_learnt(call.access, wish.head, state=wish.seen, now=call.now)
    return _one(call, wish.head)


@route(router, "POST", f"{_HERE}/back", right=Right.INVITE, answer=LearningOut)
def back(call: Call, wish: BackWish) -> LearningOut:
    """What was learnt last is not used any more. 404 when nothing is."""
    services.take_back_learnt(call.access, wish.head, now=call.now)
    return _one(call, wish.head)


def _one(call: Call, head: Head) -> LearningOut:
    return _shown(offers(call.workspace_id, graded(), [head])[0])


def _shown(one: Offer) -> LearningOut:
    found, judged, row = one.learning, one.learning.judged, one.standing
    return LearningOut(
        head=one.head,
        too_strict=found.strict,
        too_mild=found.mild,
        proposed=one.proposed,
        why_not=found.why,
        newest=_newest(judged) if judged else None,
        changed=judged.changed if judged else 0,
        ordinary=judged.ordinary if judged else 0,
        seen=one.state,
        in_use=row.lessons if row and one.applies else 0,
        other_model=row.model if row and not one.applies else "",
        can_go_back=row is not None,
    )


def _newest(judged: Judged) -> NewestOut:
    return NewestOut(
        of=judged.of,
        now=judged.now.right,
        alone=judged.alone.right,
        moved=judged.moved.right,
        learnt=judged.learnt.right,
    )
