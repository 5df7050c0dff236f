"""Things as Facebook writes them: only the fields that were asked for."""

import re
from datetime import datetime
from typing import Any

from tests.standins.facebook.described import split
from tests.standins.facebook.state import Somebody, State, Thing, paged

LIMIT = re.compile(r"limit\((\d+)\)")
ORDER = "order(reverse_chronological)"


def time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def row(thing: Thing, state: State, asked: str, origin: str) -> dict[str, Any]:
    """asked: `fields` of the request; without it the id alone."""
    whole = _WHOLE[thing.kind](thing, state, origin)
    found = {"id": thing.id} if thing.kind not in ("Stories", "Recommendation") else {}
    for name, head, below in split(asked) if asked else ():
        if name == "comments":
            found[name] = _comments(thing, state, head, below, origin)
        elif name == "messages":
            found[name] = paged(messages(thing, state, below, origin), {"limit": _limit(head)})
        elif (value := whole.get(name)) is not None:
            found[name] = value
    return found


def messages(thread: Thing, state: State, asked: str, origin: str) -> list[dict[str, Any]]:
    own = state.of_kind("UnifiedMessage", about=thread.id)
    return [row(one, state, asked, origin) for one in own]


def comments_of(about: str, state: State, args: dict[str, str]) -> list[Thing]:
    """Those below a post, or below a comment."""
    every = [
        one
        for one in state.of_kind("Comment")
        if one.parent == about or (one.about == about and (args.get("filter") == "stream" or not one.parent))
    ]  # fmt: skip
    return every if args.get("order") == "reverse_chronological" else every[::-1]


def _comments(thing: Thing, state: State, head: str, below: str, origin: str) -> dict[str, Any]:
    args = {"order": "reverse_chronological" if ORDER in head else "", "limit": _limit(head)}
    args["filter"] = "stream" if "filter(stream)" in head else ""
    every = comments_of(thing.id, state, args)
    if "summary" in head:
        return {"data": [], "summary": {"total_count": len(every)}}
    return paged([row(one, state, below, origin) for one in every], args)


def _limit(head: str) -> str:
    found = LIMIT.search(head)
    return found[1] if found else "25"


def _who(one: Somebody) -> dict[str, str]:
    return {"id": one.id, "name": one.name}


def _page(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    return dict(thing.facts)


def _post(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    photos = [state.things[one] for one in thing.facts.get("photos", ()) if one in state.things]
    shown = [
        {
            "media_type": "photo",
            "media": {"image": {"src": f"{origin}/media/{one.id}", "height": 1, "width": 1}},
            "target": {"id": one.id},
            "url": f"https://www.facebook.com/photo/{one.id}",
        }
        for one in photos
    ]
    if len(shown) > 1:
        shown = [{"media_type": "album", "subattachments": {"data": shown}}]
    if video := thing.facts.get("video"):
        shown = [{"media_type": "video", "target": {"id": video}, "url": f"{origin}/v/{video}"}]
    if thing.facts.get("link") and not shown:
        shown = [{"media_type": "link", "url": thing.facts["link"]}]
    return {
        "message": thing.text or None,
        "created_time": time(thing.at),
        "permalink_url": f"https://www.facebook.com/{thing.id}",
        "from": _who(thing.by),
        "attachments": {"data": shown} if shown else None,
        "reactions": {"data": [], "summary": {"total_count": len(thing.likes)}},
        "shares": thing.facts.get("shares"),
        "is_hidden": thing.hidden,
    }


def _comment(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    photo = thing.facts.get("photo")
    src = {"media": {"image": {"src": f"{origin}/media/{photo}"}}, "type": "photo"}
    return {
        "message": thing.text,
        "created_time": time(thing.at),
        "permalink_url": f"https://www.facebook.com/{thing.about}?comment_id={thing.id}",
        "from": _who(thing.by),
        "parent": {"id": thing.parent} if thing.parent else None,
        "attachment": src if photo else None,
        "is_hidden": thing.hidden,
        "user_likes": bool(thing.likes),
    }


def _photo(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    return {"alt_text_custom": thing.facts.get("alt"), "page_story_id": thing.about or None}


def _video(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    whole = len(thing.data) >= thing.facts.get("size", 1)
    out = thing.published and not thing.facts.get("polls")
    phase = "ready" if out else "processing" if thing.published else "uploading"
    if whole and not thing.published:
        phase = "upload_complete"
    return {
        "description": thing.text or None,
        "title": thing.title or None,
        "created_time": time(thing.at),
        "permalink_url": f"/reel/{thing.id}/",
        "post_id": thing.about.partition("_")[2] if out else None,
        "published": out,
        "views": thing.facts.get("views", 0),
        "likes": {"data": [], "summary": {"total_count": len(thing.likes)}},
        "status": {
            "video_status": thing.facts.get("failed") or phase,
            "uploading_phase": {
                "status": "complete" if whole else "in_progress",
                "bytes_transferred": len(thing.data),
            },
            "publishing_phase": {"status": "complete" if out else "not_started"},
        },
    }


def _live(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    return {
        "title": thing.title,
        "description": thing.text or None,
        "creation_time": time(thing.at),
        "permalink_url": f"/{thing.page}/videos/{thing.id}/",
        "status": thing.facts["status"],
    }


def _story(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    return {
        "post_id": thing.id,
        "media_id": thing.facts["media"],
        "media_type": thing.facts["type"],
        "status": "published",
        "creation_time": str(int(thing.at.timestamp())),
        "url": f"https://www.facebook.com/stories/{thing.id}",
    }


def _thread(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    page = state.things[thing.page]
    people = [_who(thing.by), {"id": page.id, "name": page.by.name}]
    young = state.of_kind("UnifiedMessage", about=thing.id)
    return {
        "participants": {"data": people},
        "updated_time": time(young[0].at if young else thing.at),
    }


def _message(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    picture = thing.facts.get("picture")
    shown = {
        "data": [{"id": "1", "image_data": {"url": f"{origin}/media/{picture}"}}],
        "paging": {"next": "https://graph.facebook.com/v25.0/x?access_token=SECRET"},
    }
    return {
        "message": thing.text,
        "created_time": time(thing.at),
        "from": _who(thing.by),
        "to": {"data": [_who(thing.facts["to"])]},
        "attachments": shown if picture else None,
    }


def _review(thing: Thing, state: State, origin: str) -> dict[str, Any]:
    stars = thing.facts.get("stars")
    return {
        "created_time": time(thing.at),
        "has_rating": stars is not None,
        "rating": stars,
        "has_review": bool(thing.text),
        "review_text": thing.text or None,
        "recommendation_type": thing.facts["recommends"],
        "reviewer": _who(thing.by),
        "open_graph_story": {"id": thing.id},
    }


_WHOLE = {
    "Page": _page,
    "PagePost": _post,
    "Comment": _comment,
    "Photo": _photo,
    "AdVideo": _video,
    "LiveVideo": _live,
    "Stories": _story,
    "UnifiedThread": _thread,
    "UnifiedMessage": _message,
    "Recommendation": _review,
}
