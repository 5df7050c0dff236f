"""The one page of the harbour that a browser can open, on a socket: a post with its comments."""

from html import escape
from typing import Any


def post_page(
    account: dict[str, Any], post: dict[str, Any], comments: list[dict[str, Any]]
) -> bytes:
    """HTML, without script or style."""
    language = post["language"] or account["options"]["language"]
    media = "".join(
        f'<p><a href="/api/media/{escape(m["sha256"])}">'
        f'<img src="/api/media/{escape(m["sha256"])}" alt="{escape(m["alt"] or m.get("name", ""))}">'
        "</a>"
        for m in post["media"]
    )
    said = "".join(
        f"<li><strong>{escape(c['author'])}</strong>: {escape(c['text'])}</li>"
        for c in comments
        if not c["hidden"]
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        f"<title>{escape(account['handle'])}</title><h1>{escape(account['name'])}</h1>"
        f"<article><pre>{escape(post['text'])}</pre>{media}"
        f"<time>{escape(post['created_at'])}</time></article><ul>{said}</ul></html>"
    ).encode()
