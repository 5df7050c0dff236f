"""What a statement about an incident has to say, what it may not claim, and who signs it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakwater.domain.decisions import Line
from breakwater.domain.sources import OWN, PRACTICE, STUDY

HOLDING, APOLOGY, EXPLANATION = "holding", "apology", "explanation"
KINDS = (HOLDING, APOLOGY, EXPLANATION)

PARTS = ("what", "who", "when_where", "how", "changes")
"""In the order in which they are read. The formula of an apology (domain.sources "formula")."""
NEXT = "next"  # of a holding line: when the next word comes
OF_KIND: Mapping[str, tuple[str, ...]] = {
    HOLDING: ("what", NEXT),
    APOLOGY: PARTS,
    EXPLANATION: PARTS,
}
NEEDED: Mapping[str, frozenset[str]] = {
    HOLDING: frozenset({"what", NEXT}),
    APOLOGY: frozenset(PARTS),
    EXPLANATION: frozenset({"what", "when_where", "how"}),
}

_HACK = {
    "en": r"hack\w*|break-?in|broke(n)? into|compromis\w+|hijack\w*|intru(der|sion)s?|breach\w*|stole\w*",
    "fr": r"hack\w*|pirat\w+|compromis\w*|intrus\w*|usurp\w+|d[ée]tourn\w+|vol[ée]s?|effraction",
}
_HACKS = {
    language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for language, words in _HACK.items()
}
_BLANK = re.compile(r"\n[ \t]*\n")
_MANNER = re.compile(
    r"\bif (anyone|anybody) (was|were|is) offended\b|\bsi (quelqu.un|certains) .{0,12}offens",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """A statement as typed. parts: of OF_KIND[kind], missing ones are empty. claims_hack: whoever
    writes it means to say that somebody broke in. proof: how many sealed captures, or other facts, show it."""

    kind: str
    parts: Mapping[str, str]
    language: str
    claims_hack: bool = False
    proof: int = 0


@dataclass(frozen=True)
class Finding:
    """stop: it cannot be submitted. part: where, "" for the whole. data: for the sentence."""

    code: str
    part: str = ""
    stop: bool = True
    data: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Signer:
    """who: "author" (without a name) or "higher". lines: why, with their sources."""

    who: str
    lines: tuple[Line, ...]


def check(words: Words) -> tuple[Finding, ...]:
    """What is missing, and what is claimed without proof. Empty: nothing stands in its way.
    Raises: KeyError for a kind that there is not."""
    missing = [
        Finding("statement_part", part)
        for part in OF_KIND[words.kind]
        if part in NEEDED[words.kind] and not words.parts.get(part, "").strip()
    ]
    return (*missing, *_claims(words), *_manner(words.kind, text_of(words)))


def check_text(kind: str, texts: Sequence[str], *, proved: bool) -> tuple[Finding, ...]:
    """What is wrong with a statement once it is one text, or a thread of several, that somebody edited:
    fewer paragraphs than its kind has things to say, or a break-in that nothing shows. kind: "" where
    it is not known; then nothing is counted."""
    said = "\n\n".join(texts)
    needed, found = len(NEEDED.get(kind, ())), len(paragraphs(texts))
    short = (
        Finding("statement_short", data={"n": str(found), "needed": str(needed)}),
    )  # fmt: skip
    claims = hack_words(said)
    unproved = (Finding("statement_claims", data={"words": ", ".join(claims[:5])}),)
    return (
        *(short if found < needed else ()),
        *(unproved if claims and not proved else ()),
        *_manner(kind, said),
    )


def paragraphs(texts: Sequence[str]) -> tuple[str, ...]:
    blocks = (block.strip() for text in texts for block in _BLANK.split(text))
    return tuple(block for block in blocks if block)


def short_of(texts: Sequence[str]) -> str:
    """What an answer to one person takes over of a statement as it was approved: what happened, and what
    changes or when the next word comes."""
    blocks = paragraphs(texts)
    return "\n\n".join(blocks if len(blocks) < 3 else (blocks[0], blocks[-1]))


def text_of(words: Words) -> str:
    """The parts that are said, a paragraph each."""
    said = (words.parts.get(part, "").strip() for part in OF_KIND[words.kind])
    return "\n\n".join(one for one in said if one)


def hack_words(text: str) -> tuple[str, ...]:
    """The words that say that somebody broke in, in either language: people mix them."""
    found = [match.group(0) for rule in _HACKS.values() for match in rule.finditer(text)]
    return tuple(dict.fromkeys(found))


def signer(*, author_willing: bool | None, ours: bool) -> Signer:
    """Who says it. Whoever made the mistake, only if they want to, and then without their name;
    otherwise somebody above them. ours: somebody here made it, so that there is an author."""
    if ours and author_willing:
        return Signer("author", (_AUTHOR, _UNNAMED))
    return Signer("higher", (_HIGHER, _SERIOUS, _UNNAMED) if ours else (_HIGHER, _SERIOUS))


def promises(words: Words) -> tuple[str, ...]:
    """What changes, a line each: those become tasks with a day."""
    lines = words.parts.get("changes", "").splitlines()
    said = (line.strip().lstrip("-*•· ").strip() for line in lines)
    return tuple(line for line in said if line)


_AUTHOR = Line("author_willing", "article", PRACTICE)
_HIGHER = Line("somebody_higher", "article", PRACTICE)
_SERIOUS = Line("higher_is_serious", "theses", STUDY)
_UNNAMED = Line("author_unnamed", "breakwater", OWN)


def _claims(words: Words) -> tuple[Finding, ...]:
    said = hack_words(text_of(words))
    if not said and not words.claims_hack:
        return ()
    if words.proof:
        return ()
    return (Finding("statement_unproved", data={"words": ", ".join(said[:5])}),)


def _manner(kind: str, text: str) -> tuple[Finding, ...]:
    """What reads as no apology at all."""
    if kind == APOLOGY and _MANNER.search(text):
        return (Finding("statement_if_offended", stop=False),)
    return ()
