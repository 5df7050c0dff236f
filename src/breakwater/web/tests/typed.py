"""What a browser sends while somebody writes, and what was kept of it."""

from typing import Any

from breakwater.publishing.content import Content, parse
from breakwater.publishing.models import Post
from breakwater.web.tests.drafts import ZONE

TYPED = {"X-Autosave": "true", "HX-Request": "true"}


def form(**changes: Any) -> dict[str, Any]:
    return {"text": "Fog.", "language": "en", "zone": ZONE, "wall": "", "revision": "1", **changes}


def edit(post: Post) -> str:
    return f"/w/harbour/posts/{post.pk}/edit/"


def saved(post: Post) -> Content:
    post.refresh_from_db()
    return parse(post.draft)
