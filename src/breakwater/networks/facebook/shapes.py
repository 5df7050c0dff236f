"""What Facebook's JSON is in our words: posts, comments, messages, reviews.

Facebook's own names of fields are those of its published description (Page, PagePost, Comment,
AdVideo, LiveVideo, UnifiedThread, Recommendation).
"""

from collections.abc import Mapping
from typing import Any

from breakwater.networks.base import Arrived, Author, Comment, Seen, SeenMedium, What
from breakwater.networks.facebook.calls import inner, listed, moment

_ATTACHED = "media_type,media,target,url"
POST = (
    "id,message,created_time,permalink_url,from,"
    f"attachments{{{_ATTACHED},subattachments.limit(20){{{_ATTACHED}}}}}"
)
COMMENT = "id,from,message,created_time,permalink_url,parent{id},attachment"
VIDEO = "id,description,created_time,permalink_url,post_id,status,published"
LIVE = "id,title,description,creation_time,permalink_url,status"
MESSAGE = "id,message,from,to,created_time,attachments"
REVIEW = (
    "created_time,has_rating,rating,has_review,review_text,recommendation_type,"
    "reviewer,open_graph_story"
)

Row = Mapping[str, Any]


def post(row: Row, alts: Mapping[str, str] | None = None) -> Seen:
    """A post. alts: id of a picture -> its alt text, where it was asked for."""
    return Seen(
        remote_id=str(row.get("id") or ""),
        url=str(row.get("permalink_url") or ""),
        text=str(row.get("message") or ""),
        created_at=moment(row.get("created_time")),
        media=tuple(_medium(one, alts or {}) for one in attached(row)),
    )


def comment(row: Row) -> Seen:
    picture = inner(row, "attachment", "media", "image", "src")
    return Seen(
        remote_id=str(row.get("id") or ""),
        url=str(row.get("permalink_url") or ""),
        text=str(row.get("message") or ""),
        created_at=moment(row.get("created_time")),
        media=(SeenMedium(str(picture)),) if picture else (),
    )


def short_comment(row: Row) -> Comment:
    return Comment(
        remote_id=str(row.get("id") or ""),
        author=str(inner(row, "from", "name") or ""),
        text=str(row.get("message") or ""),
        created_at=moment(row.get("created_time")),
    )


def message(row: Row) -> Seen:
    return Seen(
        remote_id=str(row.get("id") or ""),
        url="",
        text=str(row.get("message") or ""),
        created_at=moment(row.get("created_time")),
        media=_pictures(row),
    )


def video(row: Row, page_id: str) -> Seen:
    """A video or reel, under the id of its post once Facebook tells it."""
    post_id = str(row.get("post_id") or "")
    if post_id and "_" not in post_id:
        post_id = f"{page_id}_{post_id}"
    return Seen(
        remote_id=post_id or f"video:{row.get('id')}",
        url=_whole(row.get("permalink_url")),
        text=str(row.get("description") or ""),
        created_at=moment(row.get("created_time")),
        media=(SeenMedium(_whole(row.get("permalink_url"))),),
    )


def live(row: Row) -> Seen:
    return Seen(
        remote_id=f"live:{row.get('id')}",
        url=_whole(row.get("permalink_url")),
        text=str(row.get("description") or ""),
        created_at=moment(row.get("creation_time")),
    )


def attached(row: Row) -> list[dict[str, Any]]:
    """The pictures and videos of a post, those of an album one by one. A link's card is none."""
    media: list[dict[str, Any]] = []
    for one in listed(row, "attachments", "data"):
        below = listed(one, "subattachments", "data")
        media += below or [one]
    return [one for one in media if one.get("media_type") in ("photo", "video")]


def came_post(row: Row, page_id: str, what: What = What.POST) -> Arrived:
    author = person(row.get("from"))
    return Arrived(
        what=what,
        remote_id=str(row.get("id") or ""),
        at=moment(row.get("created_time")),
        author=author,
        text=str(row.get("message") or ""),
        url=str(row.get("permalink_url") or ""),
        media=tuple(_medium(one, {}) for one in attached(row)),
        own=author.remote_id == page_id,
        raw=bare(row),
    )


def came_comment(row: Row, about: str, page_id: str, *, ad: bool = False) -> Arrived:
    """about: the post below which it stands."""
    author = person(row.get("from"))
    parent = str(inner(row, "parent", "id") or "")
    seen = comment(row)
    return Arrived(
        what=What.COMMENT,
        remote_id=seen.remote_id,
        at=seen.created_at,
        author=author,
        text=seen.text,
        url=seen.url,
        about=about,
        parent=parent or about,
        thread=parent or seen.remote_id,
        media=seen.media,
        own=author.remote_id == page_id,
        ad=ad,
        raw=bare(row),
    )


def came_message(row: Row, page_id: str) -> Arrived:
    """Its conversation is named by the person: that is also whom an answer goes to."""
    author = person(row.get("from"))
    own = author.remote_id == page_id
    others = [str(one.get("id")) for one in listed(row, "to", "data")]
    return Arrived(
        what=What.MESSAGE,
        remote_id=str(row.get("id") or ""),
        at=moment(row.get("created_time")),
        author=author,
        text=str(row.get("message") or ""),
        thread=next(iter(others), "") if own else author.remote_id,
        media=_pictures(row),
        own=own,
        raw=bare(row),
    )


def came_review(row: Row) -> Arrived:
    """A recommendation. Its id is that of its story, below which an answer goes."""
    author = person(row.get("reviewer"))
    at = moment(row.get("created_time"))
    story = str(inner(row, "open_graph_story", "id") or "")
    stars = row.get("rating") if row.get("has_rating") else None
    return Arrived(
        what=What.REVIEW,
        remote_id=story or f"review:{author.remote_id}:{int(at.timestamp())}",
        at=at,
        author=author,
        text=str(row.get("review_text") or ""),
        rating=stars if isinstance(stars, int) and 1 <= stars <= 5 else None,
        raw=bare(row),
    )


def bare(row: Row) -> dict[str, Any]:
    """What is kept of a row: all but the addresses of next pages, which carry our token."""
    return {name: _bare(value) for name, value in row.items() if name != "paging"}


def person(value: object) -> Author:
    """Who it is; Facebook leaves it out where the app may not know."""
    row = value if isinstance(value, dict) else {}
    return Author(remote_id=str(row.get("id") or ""), name=str(row.get("name") or ""))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return bare(value)
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _medium(row: Row, alts: Mapping[str, str]) -> SeenMedium:
    url = inner(row, "media", "image", "src") or row.get("url") or ""
    return SeenMedium(str(url), alts.get(str(inner(row, "target", "id")), ""))


def _pictures(row: Row) -> tuple[SeenMedium, ...]:
    urls = [inner(one, "image_data", "url") for one in listed(row, "attachments", "data")]
    return tuple(SeenMedium(str(url)) for url in urls if url)


def _whole(url: object) -> str:
    """Videos come with a path only."""
    text = str(url or "")
    return f"https://www.facebook.com{text}" if text.startswith("/") else text
