"""A group in figures: "412 people, 3 languages, 9 threats", and which messages are exceptions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakwater.domain.grouping.coordination import Sign, signs
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.labels import Abusive, label
from breakwater.domain.grouping.messages import Kept
from breakwater.domain.scoring.scores import Band, Head

EXAMPLES = 3
EXCEPTIONS = (Head.THREAT, Head.QUESTION, Head.REQUEST, Head.CRISIS)
"""What must not be answered with the rest of its group, without being looked at."""


@dataclass(frozen=True, slots=True)
class Summary:
    """languages, bands, heads: messages of each; unscored ones are "und", None, and in no head.
    exceptions: ids by head, the oldest first. examples: ids of different texts, the most common
    first, those that may be shown (clear) before others."""

    group: str
    label: str
    people: int
    messages: int
    languages: Mapping[str, int]
    bands: Mapping[Band | None, int]
    heads: Mapping[Head, int]
    exceptions: Mapping[Head, tuple[str, ...]]
    examples: tuple[str, ...]
    signs: tuple[Sign, ...]


def summary(groups: Groups, group: str, language: str, is_abusive: Abusive) -> Summary:
    """Raises: KeyError for a group that is not there."""
    if group not in groups.places.members:
        raise KeyError(group)
    kept = groups.messages(group)
    return Summary(
        group=group,
        label=label(groups, group, language, is_abusive),
        people=len({one.author for one in kept}),
        messages=len(kept),
        languages=Counter(one.language for one in kept),
        bands=Counter(one.band for one in kept),
        heads=Counter(head for one in kept for head in one.heads),
        exceptions=_exceptions(kept),
        examples=_examples(groups, kept),
        signs=signs(kept),
    )


def summaries(
    groups: Groups, language: str, is_abusive: Abusive, *, at_least: int = 2
) -> list[Summary]:
    """The groups of `at_least` messages, the one with the most people first."""
    found = (summary(groups, group, language, is_abusive) for group in groups.places.members)
    large = [one for one in found if one.messages >= at_least]
    return sorted(large, key=lambda one: (-one.people, -one.messages, one.group))


def _exceptions(kept: Sequence[Kept]) -> dict[Head, tuple[str, ...]]:
    found = {head: tuple(one.id for one in kept if head in one.heads) for head in EXCEPTIONS}
    return {head: ids for head, ids in found.items() if ids}


def _examples(groups: Groups, kept: Sequence[Kept]) -> tuple[str, ...]:
    """One of each family of variants."""
    common = Counter(one.text for one in kept)
    ordered = sorted(kept, key=lambda one: (one.band not in (None, Band.CLEAR), -common[one.text]))
    first: dict[int, str] = {}
    for one in ordered:
        if one.text is not None:
            first.setdefault(groups.families.of[one.text], one.id)
    return tuple(first.values())[:EXAMPLES]
