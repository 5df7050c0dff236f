"""The JSON that Instagram shows of what the stand-in knows."""

from typing import Any

from tests.standins.base.family import picked, split, written
from tests.standins.instagram.state import Comment, Message, Post, State


def post(one: Post, state: State, fields: str) -> dict[str, Any]:
    urls = [{"id": f"{one.id}{n}", "media_url": url, "alt_text": alt or None}
            for n, (url, alt, _) in enumerate(one.media)]  # fmt: skip
    single = len(urls) == 1
    row: dict[str, Any] = {
        "id": one.id,
        "caption": one.caption or None,
        "media_type": _media_type(one),
        "media_product_type": one.product,
        "permalink": f"https://www.instagram.com/p/{one.id[-6:]}/",
        "timestamp": written(one.at),
        "username": state.name if one.owner == state.me else one.owner,
        "media_url": urls[0]["media_url"] if urls else None,
        "alt_text": urls[0]["alt_text"] if single else None,
    }
    if len(urls) > 1:
        row["children"] = {"data": [{k: v for k, v in url.items() if v} for url in urls]}
    wanted = {name.partition(".")[0]: inside for name, inside in split(fields)}
    if "comments" in wanted:
        row["comments"] = {"data": [
            comment(c, state, wanted["comments"])
            for c in state.comments.values() if c.post_id == one.id and not c.parent
        ]}  # fmt: skip
    return picked(row, ",".join(wanted))


def comment(one: Comment, state: State, fields: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id,
        "text": one.text,
        "timestamp": written(one.at),
        "username": one.by,
        "from": {"id": state.me if one.by == state.name else f"9{one.by}", "username": one.by},
        "parent_id": one.parent or None,
        "hidden": one.hidden,
    }
    wanted = {name.partition(".")[0]: inside for name, inside in split(fields)}
    answers = [c for c in state.comments.values() if c.parent == one.id]
    if "replies" in wanted and answers:
        row["replies"] = {"data": [comment(c, state, wanted["replies"]) for c in answers]}
    return picked(row, ",".join(wanted))


def message(one: Message, state: State, fields: str) -> dict[str, Any]:
    ours = {"id": state.me, "username": state.name}
    theirs = {"id": one.person, "username": f"person{one.person}"}
    row: dict[str, Any] = {
        "id": one.id,
        "created_time": written(one.at),
        "from": ours if one.ours else theirs,
        "to": {"data": [theirs if one.ours else ours]},
        "message": one.text,
        "attachments": {"data": [{"image_data": {"url": one.media}}]} if one.media else None,
    }
    return picked(row, fields)


def _media_type(one: Post) -> str:
    if len(one.media) > 1:
        return "CAROUSEL_ALBUM"
    return one.media[0][2] if one.media else "IMAGE"
