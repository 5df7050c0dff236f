"""Say what each text of standard input does to its reader, as JSON lines. Needs no database.

Each line is a text; with --json, an object with "text" and, if you like, "language" and "id". The
words and thresholds of a workspace are not known here: it is the embedded model alone that answers.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from breakwater.config.terminal import complain, say
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import Item, Score

_BATCH = 256
_DIGITS = 4
Wish = tuple[dict[str, Any], Item]
"""What its answer repeats, and the text."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help='each line is {"text": "…"}')
    parser.add_argument("--explain", action="store_true", help="say which characters speak for it")
    parser.add_argument(
        "--language", default="", help="the language of texts that are too short to tell, as in fr"
    )


def run(options: argparse.Namespace) -> int:
    """1 when a line was no text: the others are answered all the same."""
    size = 1 if sys.stdin.isatty() else _BATCH
    wishes = (_wish(at, line, options) for at, line in enumerate(sys.stdin.buffer, 1))
    whole = True
    for batch in _batches(wishes, size):
        known = [wish for wish in batch if wish is not None]
        for line in _answers(known, explain=options.explain):
            say(line)
        whole = whole and len(known) == len(batch)
    return 0 if whole else 1


def _answers(wishes: Sequence[Wish], *, explain: bool) -> Iterator[str]:
    model = embedded()
    items = [item for _, item in wishes]
    scores = [model.explain(item) for item in items] if explain else model.score(items)
    for (said, _), score in zip(wishes, scores, strict=True):
        yield json.dumps({**said, **_shown(score, explain=explain)})


def _wish(number: int, line: bytes, options: argparse.Namespace) -> Wish | None:
    """None, and a sentence, for what is no text."""
    text = line.decode("utf-8", "replace").rstrip("\r\n")
    if not options.json:
        return {"line": number}, Item(text, options.language)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        complain(f'Line {number} is no JSON object with a "text". It was left out.')
        return None
    own = {"id": given["id"]} if isinstance(given.get("id"), str | int) else {}
    language = given.get("language") or options.language
    return {"line": number, **own}, Item(given["text"], str(language))


def _shown(score: Score, *, explain: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "band": score.band,
        "language": score.language,
        "chances": {head: round(chance, _DIGITS) for head, chance in score.chances.items()},
        "abstained": score.abstained,
        "model": score.model,
    }
    if explain:
        shown["spans"] = [
            {"start": one.start, "end": one.end, "head": one.head, "weight": round(one.weight, 2)}
            for one in score.spans
        ]
    return shown


def _batches(wishes: Iterable[Wish | None], size: int) -> Iterator[list[Wish | None]]:
    source = iter(wishes)
    while batch := list(islice(source, size)):
        yield batch
