"""Groups as plain values that JSON can hold, and back, so that they outlive a restart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from breakwater.domain.grouping.burst import Term
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Kept
from breakwater.domain.grouping.nearness import Signature
from breakwater.domain.grouping.reading import Reading
from breakwater.domain.scoring.scores import Band, Head

VERSION = 1


def saved(groups: Groups) -> dict[str, Any]:
    """All that is needed to go on. It holds no text; ids, authors and single words it does."""
    return {
        "version": VERSION,
        "limit": groups.limit,
        "own": sorted(groups.own),
        "affirmed": {head.value: chance for head, chance in groups.affirmed.items()},
        "texts": [_text(groups, text, family) for text, family in groups.families.of.items()],
        "kept": [_kept(one) for one in groups.kept.values()],
        "subjects": dict(groups.decisions.burst.subject_of),
    }


def restored(state: Mapping[str, Any]) -> Groups:
    """The groups of `saved`, which go on as if nothing had been. Topics stay as they were read.

    Raises: ValueError for the state of another version; KeyError, TypeError for a damaged one.
    """
    if state["version"] != VERSION:
        raise ValueError(f"groups of version {state['version']}, not {VERSION}")
    affirmed = {Head(head): chance for head, chance in state["affirmed"].items()}
    groups = Groups(own=state["own"], limit=state["limit"], affirmed=affirmed)
    families: dict[int, int] = {}
    signatures: list[tuple[int, Signature]] = []
    for entry in state["texts"]:
        text = int(entry["text"], 16)
        families[text] = int(entry["family"], 16)
        if entry["signature"]:
            raw = np.frombuffer(bytes.fromhex(entry["signature"]), dtype="<u4")
            signatures.append((text, raw.astype(np.uint32)))
        groups.decisions.add(text, _reading(entry))
    groups.families.restore(families, signatures)
    groups.decisions.burst.restore(state["subjects"])
    groups.put_back(_message(entry) for entry in state["kept"])
    return groups


def _text(groups: Groups, text: int, family: int) -> dict[str, Any]:
    reading = groups.decisions.readings[text]
    signature = groups.families.signature(text)
    return {
        "text": f"{text:x}",
        "family": f"{family:x}",
        "signature": "" if signature is None else signature.astype("<u4").tobytes().hex(),
        "strong": list(reading.strong),
        "weak": list(reading.weak),
        "reactions": list(reading.reactions),
        "terms": [[term.word, term.name, term.shown] for term in reading.terms],
    }


def _reading(entry: Mapping[str, Any]) -> Reading:
    terms = tuple(Term(*term) for term in entry["terms"])
    return Reading(tuple(entry["strong"]), tuple(entry["weak"]), tuple(entry["reactions"]), terms)


def _kept(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "author": kept.author,
        "at": kept.at.isoformat(),
        "text": None if kept.text is None else f"{kept.text:x}",
        "language": kept.language,
        "band": kept.band,
        "heads": sorted(kept.heads),
        "since": kept.author_since and kept.author_since.isoformat(),
    }


def _message(entry: Mapping[str, Any]) -> Kept:
    return Kept(
        id=entry["id"],
        author=entry["author"],
        at=datetime.fromisoformat(entry["at"]),
        text=None if entry["text"] is None else int(entry["text"], 16),
        language=entry["language"],
        band=Band(entry["band"]) if entry["band"] else None,
        heads=frozenset(Head(head) for head in entry["heads"]),
        author_since=datetime.fromisoformat(entry["since"]) if entry["since"] else None,
    )
