"""Links as markers: a link that only one post of an account carries identifies that post."""

import re

from breakwater.domain.text import links

_PARTS = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#]+)([^?#]*)(\?[^#]*)?", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)$")


def addresses(text: str) -> frozenset[str]:
    """The links of `text` in one spelling each: no scheme, host in small letters, no default port,
    no slash at the end, no fragment. A link that wraps another in its query counts as both."""
    found: set[str] = set()
    for start, end in links(text):
        link = text[start:end]
        found.add(_normal(link))
        found |= {_normal(inner) for inner in _wrapped(link)}
    return frozenset(found - {""})


def _normal(link: str) -> str:
    parts = _PARTS.match(link)
    if parts is None:
        return ""
    host = _DEFAULT_PORT.sub("", parts[1].lower())
    return host + _unescaped(parts[2]).rstrip("/") + (parts[3] or "")


def _wrapped(link: str) -> list[str]:
    """Whole addresses among the values of the query, as redirecting links have them."""
    _, _, query = link.partition("?")
    values = (pair.partition("=")[2] for pair in query.partition("#")[0].split("&"))
    plain = (_unescaped(value) for value in values)
    return [one for one in plain if one.lower().startswith(("http://", "https://"))]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(
        lambda run: bytes.fromhex(run[0].replace("%", "")).decode("utf-8", "replace"), text
    )
