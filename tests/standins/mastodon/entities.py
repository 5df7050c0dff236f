"""Entities of what comes and of what is done, in the shape of the recorded ones."""

import copy
from typing import Any

from tests.standins.mastodon import shapes
from tests.standins.mastodon.recorded import recorded
from tests.standins.mastodon.state import Notification, Person, Report, State, Status


def _first(name: str) -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(recorded(name)["response"]["body"][0])
    return found


def notification(one: Notification, origin: str, state: State) -> dict[str, Any]:
    post = state.statuses[one.status]
    return _first("notifications") | {
        "id": one.id,
        "type": one.type,
        "created_at": shapes.shown(one.created_at),
        "group_key": f"ungrouped-{one.id}",
        "account": shapes.account(post.person, origin, state),
        "status": _unpinnable(post, origin, state, state.by_id(one.to)),
    }


def conversation(
    number: str, person: Person, posts: list[Status], origin: str, state: State
) -> dict[str, Any]:
    """posts: of the conversation, oldest first."""
    names = {name for post in posts for name in shapes.named(post.text, origin, state)}
    people = {post.person.username for post in posts} | names
    others = [state.people[name] for name in sorted(people - {person.username})]
    return _first("conversations") | {
        "id": number,
        "accounts": [shapes.account(one, origin, state) for one in others],
        "last_status": _unpinnable(posts[-1], origin, state, person),
    }


def relationship(person: Person, other: Person, state: State) -> dict[str, Any]:
    pair = (person.id, other.id)
    until = state.mutes.get(pair, 0.0)
    return _first("relationships") | {
        "id": other.id,
        "following": pair in state.follows,
        "blocking": pair in state.blocks,
        "muting": until is None or until > state.now(),
    }


def report(one: Report, origin: str, state: State) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(recorded("report")["response"]["body"])
    about = state.by_id(one.about)
    return made | {
        "id": one.id,
        "category": one.category,
        "comment": one.comment,
        "forwarded": one.forward,
        "created_at": shapes.shown(state.moment()),
        "status_ids": list(one.statuses),
        "target_account": shapes.account(about, origin, state) if about else None,
    }


def _unpinnable(post: Status, origin: str, state: State, person: Person | None) -> dict[str, Any]:
    """A status that the reader could not pin: another's, or a message."""
    made = shapes.status(post, origin, state, person)
    del made["pinned"]
    return made
