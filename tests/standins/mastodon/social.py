"""The API of what comes and of what is done to others: notifications, conversations, deeds."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.mastodon import entities, shapes
from tests.standins.mastodon.api import not_found, problem
from tests.standins.mastodon.state import Person, Report, State, Status

_PINS = 5


def edit_status(request: Request, state: State, person: Person, origin: str) -> Reply:
    """Media that are not named are taken away, as on a real one."""
    post, fields = state.statuses.get(_part(request, 4)), request.fields
    if post is None or post.person is not person:
        return not_found()
    media = tuple(state.media[one] for one in fields.get("media_ids", []) if one in state.media)
    if why := problem(fields, media):
        return as_json({"error": f"Validation failed: {why}"}, 422)
    post.edits.append(post.text)
    post.text, post.media = fields.get("status", "").strip(), media
    post.warning, post.sensitive = fields.get("spoiler_text", ""), bool(fields.get("sensitive"))
    post.language = fields.get("language", post.language)
    for one in fields.get("media_attributes", []):
        state.media[one["id"]].description = one.get("description")
    state.happened.append(("status.update", post.id))
    return as_json(shapes.status(post, origin, state, person))


def favourite(request: Request, state: State, person: Person, origin: str) -> Reply:
    post = state.statuses.get(_part(request, 4))
    if post is None or not shapes.may_see(post, person, origin, state):
        return not_found()
    change = post.favourites.discard if _part(request, 5) == "unfavourite" else post.favourites.add
    change(person.id)
    return as_json(shapes.status(post, origin, state, person))


def pin(request: Request, state: State, person: Person, origin: str) -> Reply:
    """Own posts alone, five at most (StatusPinValidator); one that is pinned stays so."""
    post = state.statuses.get(_part(request, 4))
    if post is None or not shapes.may_see(post, person, origin, state):
        return not_found()
    if _part(request, 5) == "unpin":
        post.pinned = False
        return as_json(shapes.status(post, origin, state, person))
    if post.person is not person:
        return as_json({"error": "Validation failed: Someone else's post cannot be pinned"}, 422)
    others = [one for one in state.statuses.values() if one.pinned and one.person is person]
    if not post.pinned and len(others) >= _PINS:
        return as_json(
            {"error": "Validation failed: You have already pinned the maximum number"}, 422
        )
    post.pinned = True
    return as_json(shapes.status(post, origin, state, person))


def revoke_quote(request: Request, state: State, person: Person, origin: str) -> Reply:
    """A quote that was revoked stays one (RevokeQuoteService): a second time changes nothing."""
    own, quoting = state.statuses.get(_part(request, 4)), state.statuses.get(_part(request, 6))
    if own is None or quoting is None or own.person is not person:
        return not_found()
    if own.id not in (quoting.quoting, quoting.revoked):
        return not_found()
    quoting.quoting, quoting.revoked = None, own.id
    return as_json(shapes.status(quoting, origin, state, person))


def notifications(request: Request, state: State, person: Person, origin: str) -> Reply:
    """Newest first; `min_id`: the page right after it."""
    types = [value for name, value in parse_qsl(request.query) if name == "types[]"]
    mine = [
        one
        for one in state.notifications
        if one.to == person.id and one.status in state.statuses and (not types or one.type in types)
    ]
    page = _page(mine, lambda one: one.id, request)
    return as_json([entities.notification(one, origin, state) for one in page])


def conversations(request: Request, state: State, person: Person, origin: str) -> Reply:
    threads: dict[str, list[Status]] = {}
    for post in sorted(state.statuses.values(), key=lambda one: int(one.id)):
        if post.visibility == "direct" and shapes.may_see(post, person, origin, state):
            threads.setdefault(_root(post, state), []).append(post)
    page = _page(list(threads.items()), lambda one: one[1][-1].id, request)
    return as_json(
        [entities.conversation(f"7{root}", person, posts, origin, state) for root, posts in page]
    )


def get_account(request: Request, state: State, person: Person, origin: str) -> Reply:
    other = state.by_id(_part(request, 4))
    return as_json(shapes.account(other, origin, state)) if other else not_found()


def relationships(request: Request, state: State, person: Person, origin: str) -> Reply:
    wanted = [value for name, value in parse_qsl(request.query) if name == "id[]"]
    known = [one for one in map(state.by_id, wanted) if one]
    return as_json([entities.relationship(person, one, state) for one in known])


def following(request: Request, state: State, person: Person, origin: str) -> Reply:
    """A page, with a Link to the next. max_id: of the relation, which only the Link tells."""
    pairs = list(enumerate(state.follows))
    mine = [(place, pair) for place, pair in pairs if pair[0] == _part(request, 4)][::-1]
    if max_id := request.args.get("max_id"):
        mine = [(place, pair) for place, pair in mine if place < int(max_id)]
    limit = min(int(request.args.get("limit", "40")), 80)
    page, headers = mine[:limit], {}
    if len(mine) > limit:
        url = f"{origin}{request.path}?limit={limit}&max_id={page[-1][0]}"
        headers = {"link": f'<{url}>; rel="next", <{origin}{request.path}?since_id=1>; rel="prev"'}
    people = [state.by_id(pair[1]) for _, pair in page]
    shown = [shapes.account(one, origin, state) for one in people if one]
    return as_json(shown, headers=headers)


def relate(request: Request, state: State, person: Person, origin: str) -> Reply:
    other, deed = state.by_id(_part(request, 4)), _part(request, 5)
    if other is None:
        return not_found()
    pair = (person.id, other.id)
    if deed == "mute":
        seconds = request.fields.get("duration", 0) if request.body else 0
        state.mutes[pair] = state.now() + seconds if seconds else None
    elif deed == "unmute":
        state.mutes.pop(pair, None)
    elif deed == "block":
        state.blocks.add(pair)
    elif deed == "unblock":
        state.blocks.discard(pair)
    elif deed == "unfollow":
        state.follows = [one for one in state.follows if one != pair]
    return as_json(entities.relationship(person, other, state))


def report(request: Request, state: State, person: Person, origin: str) -> Reply:
    fields = request.fields
    if state.by_id(fields.get("account_id", "")) is None:
        return not_found()
    made = Report(
        str(len(state.reports) + 1), person.id, fields["account_id"],
        tuple(fields.get("status_ids", ())), fields.get("comment", ""),
        fields.get("category", "other"), bool(fields.get("forward")),
    )  # fmt: skip
    state.reports.append(made)
    return as_json(entities.report(made, origin, state))


def stream(request: Request, state: State, person: Person, origin: str) -> Reply:
    """All that has happened so far, and then the end."""
    told = [
        f"event: {event}\ndata: {data}\n\n"
        for event, data in (
            _told(event, key, state, person, origin) for event, key in state.happened
        )
        if data
    ]
    body = ":)\n" + "".join(f"{one}:thump\n" for one in told)
    return Reply(200, body.encode(), {"content-type": "text/event-stream"})


def _told(event: str, key: str, state: State, person: Person, origin: str) -> tuple[str, str]:
    value: dict[str, Any] | None = None
    if event == "delete":
        return event, key
    if event == "notification":
        found = next(one for one in state.notifications if one.id == key)
        if found.to == person.id and found.status in state.statuses:
            value = entities.notification(found, origin, state)
    elif key in state.statuses and shapes.may_see(state.statuses[key], person, origin, state):
        value = shapes.status(state.statuses[key], origin, state, person)
    return event, json.dumps(value, ensure_ascii=False) if value else ""


def _root(post: Status, state: State) -> str:
    while post.in_reply_to in state.statuses and post.in_reply_to:
        post = state.statuses[post.in_reply_to]
    return post.id


def _page(found: list[Any], key: Callable[[Any], str], request: Request) -> list[Any]:
    newest_first = sorted(found, key=lambda one: int(key(one)), reverse=True)
    limit = int(request.args.get("limit", "20"))
    if min_id := request.args.get("min_id"):
        return [one for one in newest_first if int(key(one)) > int(min_id)][-limit:]
    return newest_first[:limit]


def _part(request: Request, place: int) -> str:
    """Of the path, cut at each slash."""
    return request.path.split("/")[place]
