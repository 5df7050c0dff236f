"""`post.html`: a page of our own that shows what was kept, without script and without the network."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from breakwater.evidence.taken import Taken, ending

_PAGE = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; "
    "media-src 'self'\">\n<title>{}</title>\n</head>\n<body>\n<h1>{}</h1>\n<p>{}</p>\n"
    "<blockquote>{}</blockquote>\n{}\n<dl>{}</dl>\n{}</body>\n</html>\n"
)
_NOTE = (
    "Drawn by Breakwater from what the network's interface answered. It is not a picture of the "
    "network's own page; that page, as it was sent to anybody, is in the web archive beside this."
)


_COPY = "A copy: what is of others was blacked out. The manifest beside this says what, and why. "


def page(taken: Taken, *, url: str, who: str, copy: bool = False) -> bytes:
    """who: the account, as we know it. Every word of the network is escaped. copy: and what is of
    others was blacked out."""
    post = taken.post or {}
    facts = {
        "Address": url,
        "Account": who,
        "Written, as the network says": post.get("created_at", ""),
        "Taken from": taken.began.isoformat(),
        "Taken until": taken.ended.isoformat(),
    }
    told = format_html_join("", "<dt>{}</dt><dd>{}</dd>\n", facts.items())
    words = post.get("text", "") or "(no text)"
    return format_html(
        _PAGE, f"Kept: {who}", f"What {who} showed", (_COPY if copy else "") + _NOTE, words, _media(taken), told,
        _comments(taken.comments),
    ).encode()  # fmt: skip


def _media(taken: Taken) -> SafeString:
    shown = [
        (f"{one.name}{ending(one.mime)}", one.name, one.mime, len(one.data)) for one in taken.media
    ]
    return format_html_join("", '<p><a href="{}">{}</a> ({}, {} bytes)</p>\n', shown)


def _comments(comments: list[dict[str, Any]]) -> SafeString:
    rows = [(str(one.get("author", "")), str(one.get("text", ""))) for one in comments]
    if not rows:
        return SafeString("")
    items = format_html_join("", "<li>{}: {}</li>\n", rows)
    return format_html("<h2>Comments that were read</h2>\n<ul>{}</ul>\n", items)
