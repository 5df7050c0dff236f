"""The API behind the door: containers, posts, conversations, figures."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import regex

from tests.standins.base.containers import Container, Shelf
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.family import error, not_there, paged, picked, written
from tests.standins.base.fetching import fetched
from tests.standins.threads.state import DAY, Post, State


@dataclass(frozen=True)
class Call:
    """One request. id: of the node in its path, "" for our own account."""

    request: Request
    id: str
    state: State
    shelf: Shelf

    @property
    def given(self) -> dict[str, str]:
        asked = {**self.request.args}
        if self.request.method == "POST":
            asked |= {name: str(value) for name, value in self.request.fields.items()}
        return {name: value for name, value in asked.items() if name != "access_token"}

    def shown(self, one: Post) -> dict[str, Any]:
        return shape(one, self.state, self.given.get("fields", "id"))


Handler = Callable[[Call], Reply]


def me(call: Call) -> Reply:
    row = {"id": call.state.me, "username": call.state.name, "name": "Harbour Café"}
    row["threads_biography"] = "At the quay"
    return as_json(picked(row, call.given.get("fields", "id")))


def make(call: Call) -> Reply:
    asked = call.given
    if problem := _problem(asked, call):
        return problem
    return as_json({"id": call.shelf.make(call.state.me, asked).id})


def publish(call: Call) -> Reply:
    now, state = call.shelf.now(), call.state
    found = call.shelf.of(state.me, call.given.get("creation_id", ""))
    if found is None or found.post_id:
        return error(24, "The requested resource does not exist", 4279009)
    if found.state(now) != "FINISHED":
        return error(24, "The requested resource does not exist", 4279009)
    is_reply = "reply_to_id" in found.fields
    most = state.replies_a_day if is_reply else state.posts_a_day
    if state.used(now, replies=is_reply) >= most:
        return error(9, "Application request limit reached", 2207042)
    made = _post(found, call)
    state.posts[made.id] = made
    state.published.append((now, is_reply))
    for one in _with_children(found, call.shelf):
        one.post_id = made.id
    return as_json({"id": made.id})


def container(call: Call) -> Reply:
    found = call.shelf.all[call.id]
    state = found.state(call.shelf.now())
    row = {"id": found.id, "status": state}
    return as_json({**row, "error_message": found.failure} if state == "ERROR" else row)


def limits(call: Call) -> Reply:
    now, state = call.shelf.now(), call.state
    row: dict[str, Any] = {
        "quota_usage": state.used(now, replies=False),
        "config": {"quota_total": state.posts_a_day, "quota_duration": 86400},
        "reply_quota_usage": state.used(now, replies=True),
        "reply_config": {"quota_total": state.replies_a_day, "quota_duration": 86400},
    }
    names = call.given["fields"].split(",")
    return as_json({"data": [{name: row[name] for name in names}]})


def own_posts(call: Call) -> Reply:
    return paged([call.shown(one) for one in call.state.own(replies=False)], call.request)


def own_replies(call: Call) -> Reply:
    return paged([call.shown(one) for one in call.state.own(replies=True)], call.request)


def mentions(call: Call) -> Reply:
    name = f"@{call.state.name}"
    found = [p for p in call.state.posts.values() if name in p.text and p.by != call.state.name]
    return paged([call.shown(one) for one in reversed(found)], call.request)


def conversation(call: Call) -> Reply:
    return paged([call.shown(one) for one in call.state.below(call.id)], call.request)


def read(call: Call) -> Reply:
    return as_json(call.shown(call.state.posts[call.id]))


def read_child(call: Call) -> Reply:
    parent = call.state.posts[call.id[:-2]]
    url, alt, kind = parent.media[int(call.id[-2:])]
    row = {"id": call.id, "media_url": url, "alt_text": alt or None, "media_type": kind}
    return as_json(picked(row, call.given["fields"]))


def delete(call: Call) -> Reply:
    now, state = call.shelf.now(), call.state
    if sum(now - at < DAY for at in state.deleted) >= 100:
        return error(9, "Application request limit reached", 2207042)
    if state.posts[call.id].by != state.name:
        return error(10, "Application does not have permission for this action", status=403)
    del state.posts[call.id]
    state.deleted.append(now)
    return as_json({"success": True, "deleted_id": call.id})


def manage_reply(call: Call) -> Reply:
    one = call.state.posts[call.id]
    if one.above != one.root:
        return error(100, "(#100) Only top-level replies can be hidden")
    one.hidden = call.given["hide"] == "true"
    return as_json({"success": True})


def insights(call: Call) -> Reply:
    names = call.given["metric"].split(",")
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(names, 1):
        is_daily = name == "views" and not call.id
        days = [{"value": 7}, {"value": 10 * number}]
        one = {"values": days if is_daily else [{"value": 10 * number}]}
        rows.append({"name": name, **(one if call.id or is_daily else _total(10 * number))})
    return as_json({"data": rows})


def shape(one: Post, state: State, fields: str) -> dict[str, Any]:
    several = len(one.media) > 1
    children = [{"id": f"{one.id}{number:02}"} for number in range(len(one.media))]
    row: dict[str, Any] = {
        "id": one.id,
        "media_type": _media_type(one),
        "media_url": one.media[0][0] if one.media else None,
        "alt_text": (one.media[0][1] or None) if len(one.media) == 1 else None,
        "permalink": f"https://www.threads.com/@{one.by}/post/{one.id[-6:]}",
        "username": one.by,
        "text": one.text or None,
        "timestamp": written(one.at),
        "children": {"data": children} if several else None,
        "is_quote_post": bool(one.quotes),
        "has_replies": any(other.above == one.id for other in state.posts.values()),
        "is_reply_owned_by_me": one.by == state.name,
        "root_post": {"id": one.root} if one.root else None,
        "replied_to": {"id": one.above} if one.above else None,
        "hide_status": "HIDDEN" if one.hidden else "NOT_HUSHED",
    }
    return picked(row, fields)


def _total(value: int) -> dict[str, Any]:
    return {"total_value": {"value": value}}


def _media_type(one: Post) -> str:
    if one.repost:
        return "REPOST_FACADE"
    if len(one.media) > 1:
        return "CAROUSEL_ALBUM"
    return one.media[0][2] if one.media else "TEXT_POST"


def _problem(asked: dict[str, str], call: Call) -> Reply | None:
    text = asked.get("text", "")
    if length(text) > 500:
        return error(100, "(#100) Param text must be at most 500 characters long.")
    if len(set(regex.findall(r"https?://\S+", text))) > 5:
        return as_json({"error": {"code": "THREADS_API__LINK_LIMIT_EXCEEDED"}}, 400)
    if (above := asked.get("reply_to_id")) and above not in call.state.posts:
        return not_there(above)
    kind = asked.get("media_type")
    if kind == "TEXT":
        said = bool(text.strip()) or "link_attachment" in asked
        polled = len(json.loads(asked.get("poll_attachment", "{}"))) != 1
        return None if said and polled else error(100, "(#100) The parameter text is required.")
    if kind == "CAROUSEL":
        return _bad_children(asked, call)
    url = asked.get("image_url" if kind == "IMAGE" else "video_url", "")
    return None if fetched(url) else error(9004, "The media could not be fetched from this URI")


def _bad_children(asked: dict[str, str], call: Call) -> Reply | None:
    children = asked.get("children", "").split(",")
    found = [call.shelf.of(call.state.me, one) for one in children]
    finished = all(one is not None and one.state(call.shelf.now()) == "FINISHED" for one in found)
    if not 2 <= len(children) <= 20 or not finished:
        return error(100, "(#100) A carousel has 2 to 20 finished children")
    return None


def length(text: str) -> int:
    """500 characters, of an emoji the bytes (docs/threads/posts)."""
    emoji = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]")
    clusters = regex.findall(r"\X", text)
    return sum(len(one.encode()) if emoji.search(one) else len(one) for one in clusters)


def _post(found: Container, call: Call) -> Post:
    asked = found.fields
    parts = [one.fields for one in _with_children(found, call.shelf)]
    media = tuple(
        (one.get("image_url") or one["video_url"], one.get("alt_text", ""), one["media_type"])
        for one in parts
        if "image_url" in one or "video_url" in one
    )
    above = asked.get("reply_to_id", "")
    root = (call.state.posts[above].root or above) if above else ""
    return Post(
        call.state.new_id(), call.state.name, asked.get("text", "").strip(), call.shelf.now(),
        media, above, root, quotes=asked.get("quote_post_id", ""), asked=asked,
    )  # fmt: skip


def _with_children(found: Container, shelf: Shelf) -> list[Container]:
    children = found.fields.get("children", "")
    return [found, *(shelf.all[one] for one in children.split(",") if one)]
