"""What a group is called, in its reader's language, without a word of abuse."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from importlib import resources

from breakwater.domain.grouping.deciding import WORD, label_of
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.placing import COPIES
from breakwater.domain.grouping.things import things
from breakwater.domain.scoring.normal import bare, plain

MOST = 2
"""Words of a label that are taken from the messages."""
OTHER = {"en": "other subject", "fr": "autre sujet"}
SAME = {"en": "the same message", "fr": "un même message"}
_SHORTEST = 3

Abusive = Callable[[str], bool]
"""Whether a word, as it was written, must not be shown."""


def label(groups: Groups, group: str, language: str, is_abusive: Abusive) -> str:
    """The topic; or up to MOST words that its messages share, names and products among them; or
    that it is one message; or, where nothing neutral is left, "other subject".

    language: "en" or "fr"; English for any other. Each word that comes from a message passed
    `is_abusive` and the list of offending.txt; what topics are called is our own.
    """
    said = label_of(group, language)
    if group.startswith(WORD):
        said = _taken(groups, group.removeprefix(WORD), language, is_abusive)
    if group.startswith(COPIES):
        said = SAME.get(language, SAME["en"])
    return said or OTHER.get(language, OTHER["en"])


def neutral(word: str, is_abusive: Abusive) -> bool:
    """Whether `word` may stand in a label, however it is disguised."""
    seen = plain(word)
    views = {seen, bare(seen)}
    return not any(is_abusive(one) for one in (word, *views)) and not any(map(_offends, views))


def hashed(entry: str) -> str:
    """How offending.txt keeps an entry: a word, or with "*" at its end what words begin with."""
    return blake2b(entry.encode(), digest_size=6).hexdigest()


def _taken(groups: Groups, subject: str, language: str, is_abusive: Abusive) -> str:
    """The neutral words that most messages of a subject share; "" when there are none."""
    burst = groups.decisions.burst
    found: list[tuple[str, str]] = []
    for anchor in burst.anchors(subject):
        names = things().names.get(anchor)
        forms = Counter(term.shown for term in burst.postings[anchor].values())
        shown = names.get(language, names["en"]) if names else _commonest(forms)
        if all(neutral(word, is_abusive) for word in (anchor, *shown.split())):
            found.append((anchor, shown))
    if len(found) < MOST:
        return "".join(shown for _, shown in found)
    return _two(groups, *found[:MOST])


def _two(groups: Groups, one: tuple[str, str], two: tuple[str, str]) -> str:
    """In the order in which they are mostly said; without a comma when they are said together."""
    burst = groups.decisions.burst
    steps: Counter[int] = Counter()
    for text in burst.postings[one[0]].keys() & burst.postings[two[0]].keys():
        words = [term.word for term in burst.terms[text]]
        steps[words.index(two[0]) - words.index(one[0])] += 1
    first, last = (one, two) if sum(step * n for step, n in steps.items()) > 0 else (two, one)
    mostly = max(steps, key=lambda step: (steps[step], step), default=0)
    return f"{first[1]}{' ' if abs(mostly) == 1 else ', '}{last[1]}"


def _commonest(forms: Counter[str]) -> str:
    """As it is mostly written; SHOUTING only where nobody writes it otherwise."""
    return max(forms, key=lambda form: (not form.isupper(), forms[form], form))


@lru_cache(maxsize=20_000)
def _offends(word: str) -> bool:
    entries = _offending()
    starts = (word[:size] + "*" for size in range(_SHORTEST, len(word) + 1))
    return hashed(word) in entries or any(hashed(one) in entries for one in starts)


@lru_cache(maxsize=1)
def _offending() -> frozenset[str]:
    text = resources.files(__package__).joinpath("offending.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
