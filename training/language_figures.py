"""How well languages are told: on texts and sentences that the model was not trained on."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from breakwater.domain.scoring.languages import FEW, SCORED, languages
from breakwater.domain.scoring.normal import plain
from training.language_texts import own_texts, runs_of, sentences

LEAST_OTHERS = 5


def told(text: str, hint: str | None = None) -> str:
    model = languages()
    return model.told(model.votes(plain(text).split()).sum(axis=0), hint)


def measured(texts: Path, own: Path) -> str:
    """A table: of English and French texts of three words or more, the share refused or taken for
    the other; of sentences of five words or more in others, the share taken for either."""
    lines = [_line(name, rows) for name, rows in sorted(_scored(texts, own).items())]
    lines += [
        _line(f"{name}, first three words", [" ".join(runs_of(row)[:3]) for row in rows])
        for name, rows in sorted(_scored(texts, own).items())
    ]
    tests = [(language, text) for language, use, text in sentences() if use == "test"]
    for language in dict.fromkeys(language for language, _ in tests):
        lines.append(_line(language, [t for name, t in tests if name == language]))
    for many in (None, 8, 5, 4, 3):
        name = f"others, cut to {many} words" if many else "others, whole"
        lines.append(_line(name, [part for _, text in tests for part in _parts(text, many)]))
    return "\n".join(lines) + "\n"


def _parts(text: str, many: int | None) -> list[str]:
    words = runs_of(text)
    if many is None:
        return [text] if len(words) >= LEAST_OTHERS else []
    return [" ".join(words[at : at + many]) for at in range(0, len(words) - many + 1, many)]


def _line(name: str, texts: Iterable[str]) -> str:
    said = Counter(map(told, texts))
    whole = max(1, said.total())
    shares = ", ".join(f"{key} {100 * many / whole:.2f}" for key, many in said.most_common(6))
    scored = 100 * sum(said[key] for key in SCORED) / whole
    return f"{name:35} {whole:6}  scored {scored:6.2f} %: {shares}"


def _scored(texts: Path, own: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    with (texts / "dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["lang"] in SCORED:
                found[f"{row['lang']} {row['src']}"].append(row["text"])
    for language, use, text in own_texts(own):
        if use == "test":
            found[f"{language} own"].append(text)
    return {name: [one for one in rows if len(runs_of(one)) >= FEW] for name, rows in found.items()}
