"""Names of things: urn:li:share:1, urn:li:comment:(urn:li:activity:1,2), and how paths have them."""

import re
from urllib.parse import quote

MEMBER, ORGANISATION = "urn:li:person:", "urn:li:organization:"
_COMMENT = re.compile(r"urn:li:comment:\((?P<about>[^,()]+),(?P<id>[^,()]+)\)")


def path(urn: str) -> str:
    """The URN as one step of a path or one value of a query."""
    return quote(urn, safe="")


def is_comment(urn: str) -> bool:
    return _COMMENT.fullmatch(urn) is not None


def parts(urn: str) -> tuple[str, str]:
    """Of a comment: what it is about (a URN), and its number. Some answers leave out `urn:li:`."""
    found = _COMMENT.fullmatch(urn)
    if found is None:
        return "", urn
    about = found["about"]
    return about if about.startswith("urn:") else f"urn:li:{about}", found["id"]


def comment(about: str, number: str) -> str:
    return f"urn:li:comment:({about},{number})"


def whole(urn: str) -> str:
    """The same comment, always spelt alike."""
    return comment(*parts(urn)) if is_comment(urn) else urn


def public_address(urn: str) -> str:
    """Where people see it (https://learn.microsoft.com/…/shares/posts-api, read 2026-11-28)."""
    about = parts(urn)[0] if is_comment(urn) else urn
    return f"https://www.linkedin.com/feed/update/{about}/"
