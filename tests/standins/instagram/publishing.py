"""Making containers and publishing one, with the refusals of the real network."""

import json
from typing import Any

from tests.standins.base.containers import Container, Shelf
from tests.standins.base.exchange import Reply, as_json
from tests.standins.base.family import error
from tests.standins.base.fetching import fetched
from tests.standins.instagram.state import Post, State

_UNKNOWN_BUILDER = "Media builder with creation id = {} not found"


def make(fields: dict[str, str], state: State, shelf: Shelf) -> Reply:
    asked = {k: v for k, v in fields.items() if k not in ("access_token", "appsecret_proof")}
    if problem := _problem(asked, state, shelf):
        return problem
    return as_json({"id": shelf.make(state.me, asked).id})


def publish(fields: dict[str, str], state: State, shelf: Shelf) -> Reply:
    now = shelf.now()
    found = shelf.of(state.me, fields.get("creation_id", ""))
    if found is None or found.post_id:
        return error(24, _UNKNOWN_BUILDER.format(fields.get("creation_id")), 2207008)
    if found.state(now) == "EXPIRED":
        return error(-2, "The media you are trying to access has expired.", 2207020)
    if found.state(now) != "FINISHED":
        return error(9007, "Media ID is not available", 2207027)
    if state.used(now) >= state.quota:
        return error(9, "Application request limit reached", 2207042)
    made = _post(found, state, shelf)
    state.posts[made.id] = made
    state.published.append(now)
    for one in _with_children(found, shelf):
        one.post_id = made.id
    return as_json({"id": made.id})


def _problem(asked: dict[str, str], state: State, shelf: Shelf) -> Reply | None:
    if len(asked.get("caption", "")) > 2200:
        return error(36004, "The caption was too long.", 2207010)
    if asked.get("media_type") == "CAROUSEL":
        children = asked.get("children", "").split(",")
        found = [shelf.of(state.me, one) for one in children]
        if not 2 <= len(children) <= 10:
            return error(100, "Your post has too little or too many attachments.", 2207028)
        if any(one is None or one.state(shelf.now()) != "FINISHED" for one in found):
            return error(100, "Param children is not a list of finished containers", 2207028)
        return None
    url = asked.get("image_url") or asked.get("video_url") or ""
    if not fetched(url):
        return error(9004, "The media could not be fetched from this URI", 2207052)
    if "alt_text" in asked and asked.get("media_type") in ("REELS", "STORIES", "VIDEO"):
        return error(100, "alt_text is not supported for this media")
    return _bad_tags(asked)


def _bad_tags(asked: dict[str, str]) -> Reply | None:
    for tag in json.loads(asked.get("user_tags", "[]")):
        if "image_url" in asked and asked.get("media_type") != "STORIES" and "x" not in tag:
            return error(100, "user_tags of a picture need x and y")
        if tag["username"] == "nobody":
            return error(110, "Cannot tag this user", 2207018)
    return None


def _post(found: Container, state: State, shelf: Shelf) -> Post:
    parts = [one.fields for one in _with_children(found, shelf)]
    media = tuple(_medium(one) for one in parts if "image_url" in one or "video_url" in one)
    product = {"REELS": "REELS", "STORIES": "STORY"}.get(found.fields.get("media_type", ""), "FEED")
    caption = found.fields.get("caption", "").strip()
    return Post(state.new_id(), state.me, caption, shelf.now(), product, media)


def _medium(fields: dict[str, Any]) -> tuple[str, str, str]:
    is_video = "video_url" in fields
    url = fields["video_url"] if is_video else fields["image_url"]
    return url, fields.get("alt_text", ""), "VIDEO" if is_video else "IMAGE"


def _with_children(found: Container, shelf: Shelf) -> list[Container]:
    children = found.fields.get("children", "")
    return [found, *(shelf.all[one] for one in children.split(",") if one)]
