"""What the stand-in shows, in the shape of the description (or, on demand, of before)."""

import hashlib
import html
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.standins.base.exchange import Reply, as_json
from tests.standins.x.state import Media, Message, Person, Post, State
from tests.standins.x.weighing import links, weight

_OLD = {
    "referenced_posts": "referenced_tweets",
    "edit_history_post_ids": "edit_history_tweet_ids",
    "note_post": "note_tweet",
    "posts": "tweets",
    "repost_count": "retweet_count",
    "post_count": "tweet_count",
}
"""The names of fields that live answers still had in July 2026 (docs: event-payloads)."""


_ALWAYS = {
    "post": ("id", "text", "edit_history_post_ids"),
    "user": ("id", "name", "username"),
    "media": ("media_key", "type"),
    "dm_event": ("id", "text", "event_type"),
}
_EXPANDED = {"attachments.media_keys": "attachments"}


def stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def answer(value: Any, state: State, status: int = 200) -> Reply:
    return as_json(_older(value) if state.old_names else value, status)


def problem(kind: str, detail: str, status: int, **more: Any) -> Reply:
    """kind: last word of the type; "" for about:blank."""
    url = f"https://api.x.com/2/problems/{kind}" if kind else "about:blank"
    title = kind.replace("-", " ").title() or {403: "Forbidden", 401: "Unauthorized"}.get(
        status, ""
    )
    return as_json(
        {"title": title, "detail": detail, "type": url, "status": status, **more}, status
    )


def missing(number: str, kind: str = "post") -> dict[str, Any]:
    """The error beside a 200 that has no data."""
    return {
        "errors": [
            {
                "title": "Not Found Error",
                "detail": f"Could not find {kind} with id: [{number}].",
                "type": "https://api.x.com/2/problems/resource-not-found",
                "resource_type": kind,
                "resource_id": number,
                "parameter": "id",
                "value": number,
            }
        ]
    }


def page(rows: list[dict[str, Any]], token: str, beside: Mapping[str, Any]) -> dict[str, Any]:
    """A page as lists come: no `data` where there is none, ids only of what has ids."""
    meta: dict[str, Any] = {"result_count": len(rows)}
    if rows:
        meta |= {"newest_id": rows[0]["id"], "oldest_id": rows[-1]["id"]}
    if token:
        meta["next_token"] = token
    body: dict[str, Any] = {"meta": meta}
    if rows:
        body["data"] = rows
        body |= {"includes": dict(beside)} if beside else {}
    return body


def user(person: Person) -> dict[str, Any]:
    """What somebody has not filled in is left out."""
    short = {"url": "https://t.co/h4rb0ur", "expanded_url": person.link, "start": 0, "end": 20}
    filled: dict[str, Any] = {
        "description": person.description,
        "url": short["url"] if person.link else "",
        "entities": {"url": {"urls": [short]}} if person.link else {},
    }
    return {
        **{name: value for name, value in filled.items() if value},
        "id": person.id,
        "username": person.username,
        "name": person.name,
        "profile_image_url": f"https://pbs.example/{person.username}.jpg",
        "subscription_type": person.subscription,
        "public_metrics": {
            "followers_count": person.followers,
            "following_count": 3,
            "post_count": 12,
            "listed_count": 0,
        },
    }


def medium(item: Media) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "media_key": item.key,
        "type": "photo" if item.mime.startswith("image/") else "video",
        "width": 8,
        "height": 8,
    }
    if item.alt:
        shown["alt_text"] = item.alt
    name = "url" if item.mime.startswith("image/") else "preview_image_url"
    return {**shown, name: f"https://pbs.example/media/{item.id}"}


def post(item: Post) -> dict[str, Any]:
    text, entities = _shortened(item)
    shown: dict[str, Any] = {
        "id": item.id,
        "text": text,
        "created_at": stamp(item.created_at),
        "author_id": item.author.id,
        "conversation_id": item.conversation,
        "edit_history_post_ids": [*item.history, item.id],
        "public_metrics": {
            "repost_count": 2, "reply_count": 3, "like_count": 5, "quote_count": 1,
            "bookmark_count": 4, "impression_count": 900,
        },
        "non_public_metrics": {"impression_count": 900, "url_link_clicks": 6},
    }  # fmt: skip
    if entities:
        shown["entities"] = {"urls": entities}
    if weight(item.text) > 280:
        shown["note_post"] = {"text": text, "entities": {"urls": entities}}
        shown["text"] = text[:270] + "…"
    if item.media:
        shown["attachments"] = {"media_keys": [one.key for one in item.media]}
    kinds = {"replied_to": item.reply_to, "quoted": item.quotes, "retweeted": item.repeats}
    references = [{"type": kind, "id": number} for kind, number in kinds.items() if number]
    return {**shown, **({"referenced_posts": references} if references else {})}


def asked_for(shown: dict[str, Any], args: Mapping[str, str], kind: str) -> dict[str, Any]:
    """Of an object only what X gives without being asked, or was asked. kind: post, user …"""
    wanted = {*_ALWAYS[kind], *args.get(f"{kind}.fields", "").split(",")}
    wanted |= {_EXPANDED.get(one, one) for one in args.get("expansions", "").split(",")}
    return {name: value for name, value in shown.items() if name in wanted}


def message(item: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": item.id,
        "event_type": "MessageCreate",
        "text": html.escape(item.text, quote=False),
        "sender_id": item.sender.id,
        "dm_conversation_id": item.conversation,
        "created_at": stamp(item.created_at),
    }
    if item.media:
        shown["attachments"] = {"media_keys": [one.key for one in item.media]}
    return shown


def includes(posts: Iterable[Post], state: State, args: Mapping[str, str]) -> dict[str, Any]:
    """What stands beside posts, as far as it was asked: authors, media, posts they refer to."""
    shown, expansions = list(posts), args.get("expansions", "").split(",")
    wanted = {number for one in shown for number in (one.reply_to, one.quotes)} - {""}
    others = [state.posts[number] for number in sorted(wanted) if number in state.posts]
    people = {one.author.id: one.author for one in (*shown, *others)}
    found: dict[str, list[dict[str, Any]]] = {}
    if "author_id" in expansions:
        found["users"] = [asked_for(user(one), args, "user") for one in people.values()]
    if "attachments.media_keys" in expansions:
        found["media"] = [
            asked_for(medium(item), args, "media") for one in shown for item in one.media
        ]
    if "referenced_posts" in expansions:
        found["posts"] = [asked_for(post(one), args, "post") for one in others]
    return {name: rows for name, rows in found.items() if rows}


def _shortened(item: Post) -> tuple[str, list[dict[str, Any]]]:
    """Links as t.co, "&" as an entity, a link to its media at the end."""
    text, entities = html.escape(item.text, quote=False), []
    found = [(link, link) for link in links(item.text)]
    for place, (link, full) in enumerate(found):
        short = f"https://t.co/{hashlib.sha256(f'{full}{place}'.encode()).hexdigest()[:10]}"
        text = text.replace(html.escape(link, quote=False), short, 1)
        entities.append(_link(short, full))
    if item.media:
        own = f"https://x.com/{item.author.username}/status/{item.id}/photo/1"
        short = f"https://t.co/{hashlib.sha256(own.encode()).hexdigest()[:10]}"
        text = f"{text} {short}".strip()
        entities += [{**_link(short, own), "media_key": one.key} for one in item.media]
    return text, entities


def _link(short: str, full: str) -> dict[str, Any]:
    return {"start": 0, "end": 23, "url": short, "expanded_url": full, "display_url": full[8:30]}


def _older(value: Any) -> Any:
    if isinstance(value, list):
        return [_older(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {_OLD.get(name, name): _older(one) for name, one in value.items()}
