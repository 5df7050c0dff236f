"""How people type: openings, closings, emoji, missing signs, capitals, short forms and slips."""

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

_GREETINGS = ("hello", "hi", "dear", "good ", "bonjour", "bonsoir", "coucou", "@", "«", '"', "[")
_ENDS = '.!?…»"'
_SHORT = {
    "en": {
        "you": "u", "are": "r", "your": "ur", "because": "cuz", "please": "pls", "people": "ppl",
        "though": "tho", "thanks": "thx", "going": "goin", "with": "w/", "what": "wat",
        "tomorrow": "tmrw", "about": "abt", "really": "rly", "nobody": "no1",
    },
    "fr": {
        "vous": "vs", "que": "ke", "quand": "qd", "toujours": "tjs", "beaucoup": "bcp",
        "pourquoi": "pk", "merci": "mrc", "parce": "pcq", "quoi": "koi", "avec": "avc",
        "pour": "pr", "dans": "ds", "tout": "tt", "tous": "ts", "être": "etre", "moi": "moa",
    },
}  # fmt: skip
_WHOLE = {
    "en": (("I am", "im"), ("I'm", "im"), ("do not", "dont"), ("cannot", "cant"), ("going to", "gonna")),
    "fr": (("c'est", "c"), ("C'est", "c"), ("je suis", "chui"), ("Je suis", "jsuis"), ("il y a", "ya"), ("Il y a", "Ya")),
}  # fmt: skip


class Typist:
    """Types sentences of one language. names: words, in small letters, that keep their capital.
    tables: open_any, open_neg, close_neu, emoji_pos and so on."""

    def __init__(
        self, code: str, tables: Mapping[str, Sequence[str]], names: AbstractSet[str]
    ) -> None:
        self.code = code
        self.tables = tables
        self.names = names

    def typed(self, rng: random.Random, text: str, labels: AbstractSet[str], *, plain: bool) -> str:
        """The text as somebody might have typed it. The labels stay true of it."""
        feeling = next(name for name in ("neg", "neu", "pos") if name in labels)
        tone = "toxic" if "toxic" in labels else feeling
        if not plain:
            text = self._opened(rng, text, feeling)
            if not labels & {"question", "request"} and rng.random() < 0.1:
                text = _closed(text, rng.choice(self.tables[f"close_{tone}"]))
        text = _signs(rng, self.code, text)
        text = _spelt(rng, self.code, text)
        text = _cased(rng, text)
        if not plain and rng.random() < 0.13:
            text += " " + rng.choice(self.tables[f"emoji_{feeling}"]) * rng.choice((1, 1, 1, 2, 3))
        return text

    def _opened(self, rng: random.Random, text: str, feeling: str) -> str:
        if rng.random() > 0.2 or text.lower().startswith(_GREETINGS):
            return text
        opening = rng.choice([*self.tables["open_any"], *self.tables[f"open_{feeling}"]])
        first = re.split(r"[ ,']", text, maxsplit=1)[0]
        if not opening.endswith(".") and first.lower() not in self.names and not first.isupper():
            text = text[0].lower() + text[1:]
        return f"{opening} {text}"


def _closed(text: str, closing: str) -> str:
    return f"{text}{'' if text[-1] in _ENDS else '.'} {closing}"


def _signs(rng: random.Random, code: str, text: str) -> str:
    text = _ending(rng, code, text)
    if code == "fr" and rng.random() < 0.4:
        text = re.sub(r" ([?!:;])", r"\1", text)
    if code == "fr" and rng.random() < 0.5:
        text = re.sub(r"« (.*?) »", r'"\1"', text)
    if rng.random() < 0.08:
        text = text.replace(",", "")
    return text


def _ending(rng: random.Random, code: str, text: str) -> str:
    if text.endswith("?"):
        return text + (rng.choice(("?", "??", "!")) if rng.random() < 0.15 else "")
    if not text.endswith("."):
        return text
    kinds = (".", "", " !" if code == "fr" else "!", "!!!", "...")
    return text[:-1] + rng.choices(kinds, (46, 33, 12, 4, 5))[0]


def _spelt(rng: random.Random, code: str, text: str) -> str:
    if rng.random() < 0.1:
        for long, short in _WHOLE[code]:
            text = text.replace(long, short)
        text = re.sub(r"\w+", lambda m: _SHORT[code].get(m[0], m[0]), text)
    if rng.random() < 0.06:
        text = re.sub(r"(?<=\w)'(?=\w)", rng.choice(("", " ")), text)
    if code == "fr" and rng.random() < 0.14:
        text = "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        )
        text = unicodedata.normalize("NFC", text)
    if rng.random() < 0.09:
        text = _slip(rng, text)
    return text


def _slip(rng: random.Random, text: str) -> str:
    """One long word with two letters swapped, one left out or one doubled."""
    words = list(re.finditer(r"[^\W\d_]{6,}", text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + text[at] + text[at:]


def _cased(rng: random.Random, text: str) -> str:
    draw = rng.random()
    if draw < 0.2:
        return text.lower()
    if draw < 0.235:
        return text.upper()
    return text
