"""The API behind the door: what each node and edge answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.standins.base.containers import Shelf
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.family import error, not_there, paged, picked, split
from tests.standins.instagram import publishing, shapes
from tests.standins.instagram.state import Comment, Message, State


@dataclass(frozen=True)
class Call:
    """One request to a node (id) of the graph."""

    request: Request
    id: str
    state: State
    shelf: Shelf

    @property
    def fields(self) -> str:
        return self.request.args.get("fields", "")

    @property
    def given(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.request.fields.items()}


Handler = Callable[[Call], Reply]


def user(call: Call) -> Reply:
    state = call.state
    row: dict[str, object] = {
        "id": state.me, "username": state.name, "name": "Harbour Café", "followers_count": 1204,
        "biography": "At the quay", "website": "https://harbour.example/",
    }  # fmt: skip
    for name, inside in split(call.fields):
        edge, _, which = name.partition(".")
        wanted = which.partition("(")[2].rstrip(")")
        if edge == "mentioned_media" and wanted in state.posts:
            row[name] = row[edge] = shapes.post(state.posts[wanted], state, inside)
        if edge == "mentioned_comment" and wanted in state.comments:
            row[name] = row[edge] = shapes.comment(state.comments[wanted], state, inside)
    names = ",".join(name.partition(".")[0] for name, _ in split(call.fields))
    return as_json(picked(row, names))


def list_media(call: Call) -> Reply:
    posts = call.state.own(call.shelf.now())
    return paged([shapes.post(one, call.state, call.fields) for one in posts], call.request)


def stories(call: Call) -> Reply:
    posts = call.state.own(call.shelf.now(), stories=True)
    return paged([shapes.post(one, call.state, call.fields) for one in posts], call.request)


def tags(call: Call) -> Reply:
    posts = [one for one in call.state.posts.values() if call.state.name in one.tagged]
    return paged([shapes.post(one, call.state, call.fields) for one in posts], call.request)


def make_media(call: Call) -> Reply:
    return publishing.make(call.given, call.state, call.shelf)


def publish(call: Call) -> Reply:
    return publishing.publish(call.given, call.state, call.shelf)


def publishing_limit(call: Call) -> Reply:
    config = {"quota_total": call.state.quota, "quota_duration": 86400}
    used = call.state.used(call.shelf.now())
    return as_json({"data": [{"quota_usage": used, "config": config}]})


def container(call: Call) -> Reply:
    found = call.shelf.all[call.id]
    state = found.state(call.shelf.now())
    words = f"Error: {found.failure}" if state == "ERROR" else state.title()
    return as_json({"id": found.id, "status_code": state, "status": words})


def read_post(call: Call) -> Reply:
    return as_json(shapes.post(call.state.posts[call.id], call.state, call.fields))


def delete_post(call: Call) -> Reply:
    if not call.state.can_delete:
        return error(10, "Application does not have permission for this action", status=403)
    del call.state.posts[call.id]
    return as_json({"success": True})


def comments(call: Call) -> Reply:
    rows = [c for c in call.state.comments.values() if c.post_id == call.id and not c.parent]
    return paged([shapes.comment(one, call.state, call.fields) for one in rows], call.request)


def comment_on(call: Call) -> Reply:
    return _said(call, call.id, "")


def read_comment(call: Call) -> Reply:
    return as_json(shapes.comment(call.state.comments[call.id], call.state, call.fields))


def hide_comment(call: Call) -> Reply:
    call.state.comments[call.id].hidden = call.given["hide"] == "true"
    return as_json({"success": True})


def delete_comment(call: Call) -> Reply:
    del call.state.comments[call.id]
    return as_json({"success": True})


def replies(call: Call) -> Reply:
    rows = [one for one in call.state.comments.values() if one.parent == call.id]
    return paged([shapes.comment(one, call.state, call.fields) for one in rows], call.request)


def reply_to(call: Call) -> Reply:
    return _said(call, call.state.comments[call.id].post_id, call.id)


def answer_mention(call: Call) -> Reply:
    if call.given["media_id"] not in call.state.posts:
        return not_there(call.given["media_id"])
    return _said(call, call.given["media_id"], call.given.get("comment_id", ""))


def moderate(call: Call) -> Reply:
    people = {one["id"] for one in json.loads(call.given["user_ids"])}
    for action in json.loads(call.given["actions"]):
        blocks = action == "BLOCK_USER"
        call.state.blocked = call.state.blocked | people if blocks else call.state.blocked - people
    return as_json({"success": True})


def insights(call: Call) -> Reply:
    names = call.request.args["metric"].split(",")
    story = call.id in call.state.posts and call.state.posts[call.id].product == "STORY"
    if story and {"saved", "likes"} & set(names):
        return error(
            100, "(#100) The media insights API does not support the metric for this media"
        )
    rows = [
        {"name": name, "period": "lifetime", "values": [{"value": 1000 * (n + 1)}]}
        for n, name in enumerate(names)
    ]
    return as_json({"data": rows})


def account_insights(call: Call) -> Reply:
    names = call.request.args["metric"].split(",")
    rows = [
        {"name": name, "period": "day", "total_value": {"value": 10 * (n + 1)}}
        for n, name in enumerate(names)
    ]
    return as_json({"data": rows})


def send(call: Call) -> Reply:
    person, now = json.loads(call.given["recipient"])["id"], call.shelf.now()
    if not call.state.may_write(person, now):
        return error(10, "This message is sent outside of allowed window.", 2018278)
    body = json.loads(call.given["message"])
    media = body.get("attachment", {}).get("payload", {}).get("url", "")
    made = Message(f"aWdf{call.state.new_id()}", person, True, body.get("text", ""), now, media)
    call.state.messages[made.id] = made
    return as_json({"recipient_id": person, "message_id": made.id})


def conversations(call: Call) -> Reply:
    inside = next((i for n, i in split(call.fields) if n.startswith("messages")), "id")
    wanted = call.request.args.get("user_id")
    people = {m.person for m in call.state.messages.values() if wanted in (None, m.person)}
    rows = []
    for person in sorted(people):
        theirs = [m for m in call.state.messages.values() if m.person == person]
        data = [shapes.message(one, call.state, inside) for one in reversed(theirs)]
        rows.append({"id": f"t_{person}", "messages": {"data": data}})
    return as_json({"data": rows})


def read_message(call: Call) -> Reply:
    return as_json(shapes.message(call.state.messages[call.id], call.state, call.fields))


def subscribed(call: Call) -> Reply:
    ours = {"id": "1234567890", "subscribed_fields": call.state.page_follows}
    return as_json({"data": [ours, {"id": "5", "subscribed_fields": ["ratings"]}]})


def subscribe(call: Call) -> Reply:
    call.state.subscriptions.append(call.given)
    return as_json({"success": True})


def _said(call: Call, post_id: str, parent: str) -> Reply:
    state = call.state
    text = call.given.get("message", "")
    made = Comment(state.new_id(), post_id, state.name, text, call.shelf.now(), parent)
    state.comments[made.id] = made
    return as_json({"id": made.id})
