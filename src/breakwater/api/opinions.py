"""Whom a workspace asks for a second opinion, within which bounds."""

from django.utils.translation import gettext
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.opinions import OpinionOut, OpinionWish, PluginFieldOut, PluginOut
from breakwater.core.messages import sentence
from breakwater.people.roles import Right
from breakwater.scorers.base import Plugin
from breakwater.scoring.installed import plugins
from breakwater.scoring.services.setups import Wish, set_up, switch_off
from breakwater.scoring.standing import standing_of

router = Router(tags=["scoring"])
_HERE = "/w/{slug}/scoring/opinion"


@route(router, "GET", _HERE, right=Right.INVITE, answer=OpinionOut)
def opinion(call: Call) -> OpinionOut:
    """Who is asked, what was asked today, and which plug-ins are installed."""
    found = standing_of(call.workspace_id, now=call.now)
    there = [_plugin(one) for one in plugins().values()]
    setup = found.setup
    if setup is None:
        return OpinionOut(on=False, plugins=there)
    return OpinionOut(
        on=True,
        scorer=setup.scorer,
        values=dict(found.values),
        low=setup.low,
        high=setup.high,
        daily_calls=setup.daily,
        most=setup.most,
        micros_per_1k=setup.micros,
        calls_today=found.calls,
        texts_today=found.texts,
        micros_today=found.micros,
        waiting=found.waiting,
        trouble=setup.trouble,
        message=sentence(setup.trouble) if setup.trouble else "",
        asked_again_at=setup.next_at if setup.trouble else None,
        plugins=there,
    )


@route(router, "PUT", _HERE, right=Right.INVITE, answer=OpinionOut)
def save(call: Call, wish: OpinionWish) -> OpinionOut:
    """From now on this plug-in is asked for what the model is unsure of."""
    wanted = Wish(
        scorer=wish.scorer,
        values=wish.values,
        low=wish.low,
        high=wish.high,
        daily=wish.daily_calls,
        micros=wish.micros_per_1k,
        most=wish.most,
    )
    set_up(call.access, wanted, now=call.now)
    return opinion(call)


@route(router, "DELETE", _HERE, right=Right.INVITE, status=204)
def remove(call: Call) -> None:
    """Nobody is asked any more; the address and the key are forgotten."""
    switch_off(call.access, now=call.now)


def _plugin(one: Plugin) -> PluginOut:
    return PluginOut(
        id=one.id,
        name=gettext(one.name),
        version=one.version,
        needs_network=one.needs_network,
        languages=sorted(one.languages),
        most=one.most,
        fields=[
            PluginFieldOut(
                name=part.name,
                label=gettext(part.label),
                secret=part.secret,
                needed=part.needed,
            )
            for part in one.fields
        ],
    )
