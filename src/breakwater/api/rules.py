"""Rules of an inbox by machines: seen, tried, switched on and off."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.rules import RuleOut, RulesOut, SwitchWish, TriedOut
from breakwater.inbox import automation
from breakwater.inbox.models import Rule
from breakwater.inbox.services import automation_setup as services
from breakwater.people.roles import Right

router = Router(tags=["inbox"])
_RULES = "/w/{slug}/inbox/rules"


@route(router, "GET", _RULES, right=Right.ANSWER, answer=RulesOut)
def rules(call: Call) -> RulesOut:
    """In the order in which they act."""
    return RulesOut(items=[_rule(row) for row in automation.rules_of(call.workspace_id)])


@route(router, "POST", _RULES + "/{rule_id}/try", right=Right.INVITE, answer=TriedOut)
def try_out(call: Call, rule_id: UUID) -> TriedOut:
    """What it would have done in the last 30 days, of the newest 20,000 messages at most. A rule is
    switched on only after it was tried as it is now."""
    tried = services.try_rule(call.access, rule_id, now=call.now)
    return TriedOut(
        since=tried.since, looked=tried.looked, capped=tried.capped, matched=tried.matched,
        busiest=tried.busiest, actions=dict(tried.actions),
        spared={f"{do}:{why}": n for (do, why), n in tried.spared.items()},
        categories={category.value: n for category, n in tried.categories.items()},
    )  # fmt: skip


@route(router, "POST", _RULES + "/{rule_id}/switch", right=Right.INVITE, answer=RuleOut)
def switch(call: Call, rule_id: UUID, wish: SwitchWish) -> RuleOut:
    """On, in the name of the token's person, for what comes from now on; or off."""
    if wish.on:
        row = services.switch_on(call.access, rule_id, revision=wish.revision, now=call.now)
    else:
        row = services.switch_off(call.access, rule_id, now=call.now)
    return _rule(row)


def _rule(row: Rule) -> RuleOut:
    return RuleOut(
        id=row.pk, name=row.name, position=row.position, on=row.on, conditions=row.conditions,
        actions=row.actions, why=row.why, hourly=row.hourly, revision=row.revision,
        tried=row.tried == row.revision, stopped=row.stopped, tripped_at=row.tripped_at,
    )  # fmt: skip
