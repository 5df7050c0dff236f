"""The one page of the harbour that a browser can open, on a socket: a post with its comments."""

from html import escape
from typing import Any


def post_page(
    account: dict[str, Any], post: dict[str, Any], comments: list[dict[str, Any]]
) -> bytes:
    """HTML, without script or style."""
    language = post["language"] or account["options"]["language"]
    pictures = "".join(
        f'<p><img src="/api/pictures/{escape(p["sha256"])}" alt="{escape(p["alt"])}">'
        for p in post["pictures"]
    )
    said = "".join(
        f"<li><strong>{escape(c['author'])}</strong>: {escape(c['text'])}</li>" for c in comments
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        f"<title>{escape(account['handle'])}</title><h1>{escape(account['name'])}</h1>"
        f"<article><pre>{escape(post['text'])}</pre>{pictures}"
        f"<time>{escape(post['created_at'])}</time></article><ul>{said}</ul></html>"
    ).encode()
