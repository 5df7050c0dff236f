"""Links, mentions and hashtags in a text, as byte ranges (lexicon app.bsky.richtext.facet). Pure.

Found as the official client finds them (@atproto/api 0.18.21, rich-text/detection; see
tests/fixtures/facets.json), but for bare domains, which stay plain text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from breakwater.domain.text import graphemes, links

_FACET = "app.bsky.richtext.facet"
_MENTION = regex.compile(r"(?:^|[\s(])(@([A-Za-z0-9.-]+)\b)")
_HANDLE = regex.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?",
    regex.IGNORECASE,
)
"""https://atproto.com/specs/handle"""
_HIDDEN = r"\u00AD\u2060\u200A\u200B\u200C\u200D\u20e2"
_TAG = regex.compile(
    rf"(?:^|\s)([#＃](?!\ufe0f)([^\s{_HIDDEN}]*[^\d\s\p{{P}}{_HIDDEN}]+[^\s{_HIDDEN}]*))"
)
_TRAILING = regex.compile(r"\p{P}+$")
_TAG_GRAPHEMES = 64


def mentioned(text: str) -> list[str]:
    """The handles that `text` mentions, lower case, each once, in their order."""
    return list(dict.fromkeys(handle for _, _, handle in _mentions(text)))


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of `text`, in order. dids: handle -> DID; a handle without one stays text."""
    found = [(start, end, _feature("link", uri=text[start:end])) for start, end in _links(text)]
    found += [(start, end, _feature("tag", tag=tag)) for start, end, tag in _tags(text)]
    found += [
        (start, end, _feature("mention", did=dids[handle]))
        for start, end, handle in _mentions(text)
        if handle in dids
    ]
    found.sort(key=lambda one: one[:2])
    return [_facet(text, start, end, feature) for start, end, feature in found]


def in_full(text: str, facets: object) -> str:
    """`text` with each link as its whole address (clients shorten what they show)."""
    raw = text.encode()
    pieces, at = [], 0
    for start, end, uri in sorted(_link_facets(facets)):
        if at <= start < end <= len(raw):
            pieces += [raw[at:start], uri.encode()]
            at = end
    return b"".join([*pieces, raw[at:]]).decode(errors="replace")


def _links(text: str) -> Iterator[tuple[int, int]]:
    """As `domain.text.links`, and with the bracket that closes one inside the address."""
    for start, end in links(text):
        closed = text[end : end + 1] == ")" and "(" in text[start:end]
        yield start, end + 1 if closed else end


def _mentions(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _MENTION.finditer(text):
        if _HANDLE.fullmatch(match[2]):
            yield *match.span(1), match[2].lower()


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _TAG.finditer(text):
        tag = _TRAILING.sub("", match[2])
        if tag and graphemes(tag) <= _TAG_GRAPHEMES:
            yield match.start(1), match.start(2) + len(tag), tag


def _feature(kind: str, **what: str) -> dict[str, str]:
    return {"$type": f"{_FACET}#{kind}", **what}


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    index = {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}
    return {"index": index, "features": [feature]}


def _link_facets(facets: object) -> Iterator[tuple[int, int, str]]:
    for facet in facets if isinstance(facets, list) else []:
        index = facet.get("index") if isinstance(facet, Mapping) else None
        features = facet.get("features") if isinstance(facet, Mapping) else None
        if not isinstance(index, Mapping) or not isinstance(features, list):
            continue
        start, end = index.get("byteStart"), index.get("byteEnd")
        uris = [one.get("uri") for one in features if isinstance(one, Mapping)]
        if isinstance(start, int) and isinstance(end, int) and uris and isinstance(uris[0], str):
            yield start, end, uris[0]
