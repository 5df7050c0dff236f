"""What can be read, changed and deleted."""

import json
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.facebook.edges import Call
from tests.standins.facebook.rows import comments_of, messages, row
from tests.standins.facebook.state import State, Thing, Wrong, paged

if TYPE_CHECKING:
    from tests.standins.facebook.standin import FacebookStandin

METRICS = {
    "page_media_view": 812, "page_total_media_view_unique": 540, "post_media_view": 64,
    "post_total_media_view_unique": 51, "post_clicks": 7,
}  # fmt: skip


def read(
    request: Request, state: State, me: Thing, thing: Thing, edge: str, standin: "FacebookStandin"
) -> Reply:
    fields, origin = request.args.get("fields", ""), standin.origin
    if not edge:
        _worked_on(thing)
        return as_json(row(thing, state, fields, origin))
    if edge == "insights":
        return _insights(request, thing)
    if edge == "blocked":
        wanted = request.args.get("user", "")
        names = [one for one in state.blocked.get(me.id, ()) if one == wanted]
        return as_json({"data": [{"id": one} for one in names]})
    if edge == "subscribed_apps":
        names = [one for one in state.subscribed.get(me.id, "").split(",") if one]
        ours = [{"id": standin.keys()["client_id"], "subscribed_fields": names}] if names else []
        return as_json({"data": ours})
    if edge == "comments":
        found = comments_of(thing.id, state, request.args)
    elif edge == "messages":
        return as_json(paged(messages(thing, state, fields, origin), request.args))
    else:
        found = _listed(request, state, me, edge, standin)
    rows = [row(one, state, fields, origin) for one in found]
    return as_json(paged(rows, request.args))


def several(request: Request, state: State, origin: str) -> Reply:
    """?ids=a,b: one answer of all of them."""
    wanted = request.args["ids"].split(",")
    if lost := [one for one in wanted if one not in state.things]:
        raise Wrong(803, f"Some of the aliases you requested do not exist: {lost}")
    fields = request.args.get("fields", "")
    return as_json({one: row(state.things[one], state, fields, origin) for one in wanted})


def delete(request: Request, state: State, me: Thing, thing: Thing, edge: str) -> Reply:
    if edge == "likes":
        thing.likes.discard(me.id)
    elif edge == "blocked":
        state.blocked.get(me.id, set()).discard(request.args["user"])
    elif edge == "subscribed_apps":
        state.subscribed.pop(me.id, None)
    elif thing.kind == "UnifiedMessage":
        raise Wrong(3, "Application does not have the capability to make this API call.")
    else:
        state.remove(thing)
    return as_json({"success": True})


def update(call: Call) -> dict[str, Any]:
    """What a POST to a thing itself changes."""
    thing = call.target
    for name in ("message", "description"):
        if name in call.fields:
            thing.text = call.text(name)
    if "is_hidden" in call.fields:
        thing.hidden = call.text("is_hidden") == "true"
    if "is_pinned" in call.fields:
        thing.facts["pinned"] = call.text("is_pinned") == "true"
    if "status" in call.fields:
        thing.facts["status"] = call.text("status")
        return {"id": thing.id}
    return {"success": True}


def page_of(rows: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    return paged(rows, request.args)


def _worked_on(thing: Thing) -> None:
    """A video is a step further each time that it is asked for."""
    if thing.kind == "AdVideo" and thing.facts.get("polls"):
        thing.facts["polls"] -= 1


def _listed(
    request: Request, state: State, me: Thing, edge: str, standin: "FacebookStandin"
) -> list[Thing]:
    if edge in ("published_posts", "ads_posts", "tagged"):
        return state.of_kind("PagePost", page=me.id, where=edge)
    if edge == "feed":
        every = state.of_kind("PagePost", page=me.id)
        return [one for one in every if one.where in ("published_posts", "visitor_posts")]
    if edge == "stories":
        return state.of_kind("Stories", page=me.id) if standin.keeps_stories else []
    if edge == "live_videos":
        wanted = json.loads(request.args.get("broadcast_status", "[]"))
        every = state.of_kind("LiveVideo", page=me.id)
        return [one for one in every if not wanted or one.facts["status"] in wanted]
    if edge == "ratings":
        return state.of_kind("Recommendation", page=me.id)
    if edge == "conversations":
        every = state.of_kind("UnifiedThread", page=me.id)
        person = request.args.get("user_id")
        found = [one for one in every if not person or one.by.id == person]
        return sorted(found, key=lambda one: _newest(state, one), reverse=True)
    raise Wrong(100, f"Unknown path components: /{edge}", 0)


def _newest(state: State, thread: Thing) -> float:
    return max(
        (m.at.timestamp() for m in state.of_kind("UnifiedMessage", about=thread.id)), default=0
    )


def _insights(request: Request, thing: Thing) -> Reply:
    names = request.args["metric"].split(",")
    if unknown := [name for name in names if name not in METRICS]:
        raise Wrong(100, f"The value must be a valid insights metric: {unknown}")
    period = request.args.get("period", "day")
    values = [{"value": None, "end_time": "2026-11-27T08:00:00+0000"}] if period == "day" else [{}]
    rows = [
        {
            "name": name,
            "period": period,
            "values": [{**one, "value": METRICS[name]} for one in values],
            "id": f"{thing.id}/insights/{name}/{period}",
        }
        for name in names
    ]
    return as_json({"data": rows})
