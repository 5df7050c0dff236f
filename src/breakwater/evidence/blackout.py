"""Which words of a package are of third parties, and the same package without them. Pure.

What is not known to be ours is blacked out: a network may name a person anywhere in an answer. Known
are the post, the profile and the figures of our own account, and what the desk itself wrote.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

MARK = "█████"
NAMES, HANDLES, AVATARS, ADDRESSES, TEXTS = "names", "handles", "avatars", "addresses", "texts"
KINDS = (NAMES, HANDLES, AVATARS, ADDRESSES, TEXTS)
WORDS = "words"
_SHORTEST = 3
"""Shorter names are blacked out where they stand alone, and not inside our own words."""
_SMALL = 10_000
"""A larger number may be somebody's id."""
_A_PART = 2
"""So many spaces at least are in what is taken for a part of our own text."""
_BY_KEY = (
    (AVATARS, re.compile(r"avatar|picture|photo|image|icon|banner|thumb|header", re.IGNORECASE)),
    (ADDRESSES, re.compile(r"ur[li]|link|href|mail|phone|website|location|address", re.IGNORECASE)),
    (
        HANDLES,
        re.compile(
            r"handle|user_?name|acct|screen|nick|login|^did$|(^|_)ids?$|Id$|cid", re.IGNORECASE
        ),
    ),
    (NAMES, re.compile(r"name|author|owner|creator|^from$", re.IGNORECASE)),
)
_LEADS = re.compile(r"(https?|mailto|tel|at|did|acct):", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"\$?type|kind|object|visibility|language|lang|mime(_?type)?|metric", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z./#_-]{0,60}")
_KEY = re.compile(r"[A-Za-z_@$][A-Za-z_$:@]{0,40}\d{0,2}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.,]+\s*(Z|[+-]\d\d:?\d\d)?)?")
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)[^>]*>")
_MENTION = re.compile(r"(?<![\w/])[@＠]\w[\w.@-]*\w|(?<![\w/])[@＠]\w")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\w)(\+|0)\d[\d ().\u00a0/-]{6,}\d(?!\w)")


class Blackout:
    """Goes over all parts of a package twice: once to learn what is blacked out, once to do it.

    kinds: of KINDS, those that go. words: further ones, wherever they stand. own: strings and
    numbers of our own account. gone: (part, kind) -> how often. values: what went, by kind.
    """

    def __init__(self, kinds: Iterable[str], words: Iterable[str], own: Iterable[Any]) -> None:
        self.kinds = frozenset(kinds)
        self.words = frozenset(one for one in words if one.strip())
        self.gone: Counter[tuple[str, str]] = Counter()
        self.values: dict[str, set[str]] = {}
        told = list(own)
        self._own = {normal(one) for one in told if isinstance(one, str)} - {""}
        self._own |= {one.lstrip("@") for one in self._own}
        self._numbers = {one for one in told if not isinstance(one, str)}
        self._within: re.Pattern[str] | None = None

    def begin(self) -> None:
        """A new round: what was learned is kept, and looked for inside our own words, too."""
        self.gone.clear()
        persons = set[str]().union(
            *(self.values.get(kind, set()) for kind in KINDS if kind != TEXTS)
        )
        bounded = {one.strip("@") for one in persons if len(one.strip("@")) >= _SHORTEST}
        parts = [rf"(?<![\w@])@?{re.escape(one)}(?!\w)" for one in _longest(bounded)]
        parts = [re.escape(one) for one in _longest(self.words)] + parts
        self._within = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def tree(self, value: Any, where: str, key: str = "") -> Any:
        """Plain JSON, in which each value is known to be ours, or blacked out."""
        if isinstance(value, Mapping):
            return {
                self._key(str(name), number, where): self.tree(one, where, str(name))
                for number, (name, one) in enumerate(value.items())
            }
        if isinstance(value, list | tuple):
            return [self.tree(one, where, key) for one in value]
        if isinstance(value, str):
            return self._leaf(value, where, key)
        if isinstance(value, bool) or value is None or value in self._numbers:
            return value
        if isinstance(value, int | float) and abs(value) < _SMALL:
            return value
        return self._out(str(value), HANDLES, where) if HANDLES in self.kinds else value

    def ours(self, text: str, where: str) -> str:
        """Words of ours, without what they say of others."""
        if self.plain_own(text):
            return text
        return self._within_ours(text, where)

    def page(self, data: bytes, where: str) -> bytes:
        """Of a page of the network, our own words; of the others not even how they were set."""
        reader = _Words()
        reader.feed(data.decode(errors="replace"))
        reader.close()
        said: list[str] = []
        for text in reader.found:
            mine = normal(text) in self._own or self._is_part_of_ours(normal(text))
            shown = self._within_ours(text, where) if mine else self._out(text, TEXTS, where)
            if shown != MARK or said[-1:] != [MARK]:
                said.append(shown)
        body = "".join(f"<p>{html.escape(one)}</p>\n" for one in said)
        return f'<!doctype html>\n<meta charset="utf-8">\n{body}'.encode()

    def url(self, address: str, where: str) -> str:
        """An address that was asked: host and ways stay, and what may name somebody goes."""
        if self.plain_own(address):
            return address
        parts = urlsplit(address)
        ways = [quote(self._way(unquote(one), where), safe="@:,") for one in parts.path.split("/")]
        asked = [(name, self._asked(one, where)) for name, one in parse_qsl(parts.query, True)]
        return urlunsplit((parts.scheme, parts.netloc, "/".join(ways), urlencode(asked), ""))

    def plain_own(self, text: str) -> bool:
        """Whether it is an id, a name or an address of ours as it stands: a single word."""
        if re.search(r"[\s<]", text) or normal(text) not in self._own:
            return False
        return not any(one.casefold() in text.casefold() for one in self.words)

    def note(self, where: str, kind: str) -> None:
        self.gone[where, kind] += 1

    def _is_part_of_ours(self, words: str) -> bool:
        """A page cuts our text where a link or a mention stands in it."""
        return words.count(" ") >= _A_PART and any(words in one for one in self._own)

    def _way(self, text: str, where: str) -> str:
        known = set[str]().union(*self.values.values())
        if text in known or text.lstrip("@") in known:
            return self._out(text, HANDLES, where)
        return self.ours(text, where)

    def _asked(self, text: str, where: str) -> str:
        if normal(text) in self._own or re.fullmatch(r"[A-Za-z_.,{}()]{0,900}|\d{1,4}", text):
            return self._way(text, where)
        return self._out(text, HANDLES, where)

    def _key(self, name: str, number: int, where: str) -> str:
        known = any(name in self.values.get(kind, ()) for kind in KINDS if kind != TEXTS)
        if normal(name) in self._own or (_KEY.fullmatch(name) and not known):
            return name
        return f"{self._out(name, HANDLES, where)} {number}"

    def _leaf(self, value: str, where: str, key: str) -> str:
        if self.plain_own(value):
            return value
        if normal(value) in self._own:
            return self._within_ours(_TAG.sub(r"<\1>", value), where)
        if not value or _MOMENT.fullmatch(value):
            return value
        if _STRUCTURE.fullmatch(key) and _TOKEN.fullmatch(value):
            return self._within_ours(value, where)
        kind = _kind(value, key)
        return (
            self._out(value, kind, where) if kind in self.kinds else self._within_ours(value, where)
        )

    def _within_ours(self, text: str, where: str) -> str:
        if self._within:
            text = self._within.sub(lambda found: self._met(found, where), text)
        if ADDRESSES in self.kinds:
            for one in (_MAIL, _PHONE):
                text = one.sub(lambda found: self._if_not_ours(found, ADDRESSES, where), text)
        if HANDLES in self.kinds:
            text = _MENTION.sub(lambda found: self._if_not_ours(found, HANDLES, where), text)
        return text

    def _met(self, found: "re.Match[str]", where: str) -> str:
        low = found[0].lower().strip("@")
        known = ((kind, self.values.get(kind, ())) for kind in KINDS if kind != TEXTS)
        kinds = (kind for kind, of in known if low in {one.lower().strip("@") for one in of})
        self.note(where, next(kinds, WORDS))
        return MARK

    def _if_not_ours(self, found: "re.Match[str]", kind: str, where: str) -> str:
        if normal(found[0]).lstrip("@") in self._own:
            return found[0]
        return self._out(found[0], kind, where)

    def _out(self, value: str, kind: str, where: str) -> str:
        if value != MARK:
            self.values.setdefault(kind, set()).add(value)
            self.note(where, kind)
        return MARK


def normal(text: str) -> str:
    """As two spellings of the same words are compared: no tags, no entities, single spaces."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split()).casefold()


def leaves(value: Any) -> Iterable[Any]:
    """Every string and number in plain JSON."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)
    elif value is not None and not isinstance(value, bool):
        yield value


def as_tree(data: bytes) -> Any:
    """The JSON that these bytes are; None where they are none."""
    if data.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(data)
    except ValueError:
        return None


def _kind(value: str, key: str) -> str:
    if value[:1] in "@＠":
        return HANDLES
    named = next((kind for kind, found in _BY_KEY if found.search(key)), "")
    return named or (ADDRESSES if _LEADS.match(value) else TEXTS)


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda one: (-len(one), one))


class _Words(HTMLParser):
    """The words of a page: neither its scripts nor its styles, nor what stands in its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self.found.append(data.strip())
