"""Counting text as networks count it, and folding it for comparison."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256

import regex

_URL = regex.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?')\]]", regex.IGNORECASE)
_REMOTE_MENTION = regex.compile(r"(?<![\w/])@([\w.-]*\w)@[\w.-]+\w")
_GRAPHEME = regex.compile(r"\X")
_PICTORIAL = regex.compile(
    r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]"
)
"""What makes a character an emoji for who counts bytes, however it is shown: rather once too often."""
_WORD = regex.compile(r"\w+")
_COMPARED = 1000
_STRUCK = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ı": "i",
})  # fmt: skip
"""Letters that Unicode does not take apart, as people write them whose keyboard has none."""
_BREAKABLE = regex.compile(r"[^\S\u00a0\u202f]+")

_LIGHT = regex.compile(r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_PICTOGRAM = (
    r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji_Presentation}\ufe0f?"
    r"|\p{Extended_Pictographic}\ufe0f)[\U000e0020-\U000e007f]*"
)
_EMOJI = regex.compile(
    r"\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|"
    rf"(?:{_PICTOGRAM}|\p{{Extended_Pictographic}}(?=\u200d\p{{Extended_Pictographic}}))"
    rf"(?:\u200d(?:{_PICTOGRAM}|\p{{Extended_Pictographic}}))*"
)


class Unit(StrEnum):
    """What a network counts.

    WEIGHTED: letters of alphabets and their punctuation for 1, all other characters (Chinese,
    Japanese, Korean …) for 2, and an emoji for 2, of however many characters it is made.
    """

    GRAPHEMES = "graphemes"
    CODE_POINTS = "code_points"
    UTF16 = "utf16"  # code units: what lies outside of the basic plane (most emoji) counts two
    BYTES = "bytes"
    WEIGHTED = "weighted"
    EMOJI_BYTES = "emoji_bytes"  # code points, but of an emoji its UTF-8 bytes


@dataclass(frozen=True)
class Counting:
    """How one limit is counted.

    url_cost: what a link costs whatever its length (Mastodon: 23), or None for its text.
    short_mentions: of @name@host only @name counts (Mastodon).
    max_bytes: a second limit, on the UTF-8 bytes of the text as it is (Bluesky: 3,000).
    """

    unit: Unit
    limit: int
    url_cost: int | None = None
    short_mentions: bool = False
    max_bytes: int | None = None


def graphemes(text: str) -> int:
    """User-perceived characters (UAX 29 extended grapheme clusters)."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def weight(text: str) -> int:
    """The sum of weights as twitter-text v3 gives them: config/v3.json of
    https://github.com/twitter/twitter-text, read 2026-11-28."""
    rest, emoji = _EMOJI.subn("", text)
    return 2 * emoji + 2 * len(rest) - sum(1 for _ in _LIGHT.finditer(rest))


def count(text: str, by: Counting) -> int:
    """The length of `text` in the units of `by`, after NFC."""
    text = unicodedata.normalize("NFC", text)
    extra = 0
    if by.url_cost is not None:
        text, links = _URL.subn("", text)
        extra += links * by.url_cost
    if by.short_mentions:
        text = _REMOTE_MENTION.sub(r"@\1", text)
    return extra + _units(text, by.unit)


def over(text: str, by: Counting) -> bool:
    """Whether `text` is longer than `by` allows, in its units or in bytes."""
    if count(text, by) > by.limit:
        return True
    return by.max_bytes is not None and len(text.encode()) > by.max_bytes


def links(text: str) -> list[tuple[int, int]]:
    """Where links stand in `text`: (start, end) in code points, in order."""
    return [match.span() for match in _URL.finditer(text)]


def unaccented(text: str) -> str:
    """`text` as it is looked for and grouped: "Łódź" is "lodz", "Œuvre" is "oeuvre". Other scripts
    keep their letters. unaccented(unaccented(text)) is unaccented(text)."""
    if text.isascii():
        return text.lower()
    low = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", low)
    bare = "".join(one for one in apart if not unicodedata.combining(one)).translate(_STRUCK)
    return unicodedata.normalize("NFC", bare)


def folded(text: str) -> str:
    """`text` reduced to what survives a network's rewriting: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def says(shown: str, typed: str, spellings: Mapping[str, str] | None = None) -> bool:
    """Whether `shown`, of a network, is `typed`, of a person, but for white space and spelling.

    spellings: another way to write a word -> how the network shows it, as "@ann@our.host" ->
    "@ann". Letter case of such words does not count.
    """
    return folded(shown) == folded(_respelled(typed, spellings or {}))


def wording(text: str) -> str:
    """The same for two texts that `says` calls equal without spellings, so that one is found by the
    other without reading all; "" of a text without words."""
    words = folded(text)
    return sha256(words.encode(errors="surrogatepass")).hexdigest()[:32] if words else ""


def shared_words(one: str, other: str) -> float:
    """0 to 1: how much of the shorter text the longer one says, word for word and in its order.
    Links and letter case do not count; 0 where one of them has no words. Of long texts the first
    1,000 words."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(first), len(second))


def one_line(text: str) -> str:
    """`text` without line ends and doubled spaces. A space that must not break stays (French)."""
    return _BREAKABLE.sub(" ", text).strip()


def _words(text: str) -> list[str]:
    return _WORD.findall(_URL.sub(" ", folded(text)).casefold())[:_COMPARED]


def storable(text: str) -> str:
    """`text` with U+FFFD for what no database keeps: NUL, and halves of surrogate pairs."""
    return (
        text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def _respelled(text: str, spellings: Mapping[str, str]) -> str:
    if not spellings:
        return text
    known = {word.casefold(): shown for word, shown in spellings.items()}
    words = "|".join(regex.escape(word) for word in sorted(known, key=len, reverse=True))
    whole = regex.compile(rf"(?<![=/\w])(?:{words})(?![\w@]|[.-]\w)", regex.IGNORECASE)
    return whole.sub(lambda found: known.get(found[0].casefold(), found[0]), text)


def _units(text: str, unit: Unit) -> int:
    if unit is Unit.GRAPHEMES:
        return graphemes(text)
    if unit is Unit.BYTES:
        return len(text.encode())
    if unit is Unit.UTF16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if unit is Unit.WEIGHTED:
        return weight(text)
    if unit is Unit.EMOJI_BYTES:
        return _with_emoji_in_bytes(text)
    return len(text)


def _with_emoji_in_bytes(text: str) -> int:
    return sum(
        len(one.encode()) if _PICTORIAL.search(one) else len(one) for one in _GRAPHEME.findall(text)
    )
