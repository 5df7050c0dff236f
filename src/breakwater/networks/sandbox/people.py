"""The people of the harbour, who comment on everything. Harmless, and the same each time."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Remark:
    """A comment of a resident. after: how long after the post."""

    number: int
    author: str
    text: str
    after: timedelta


_AFTER = (timedelta(0), timedelta(seconds=40), timedelta(seconds=200))

REMARKS = len(_AFTER)
"""How many residents say something about each post."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Lighthouse Lou",
        "The harbour cat",
        "Ferry Captain Fen",
        "Gull on pole six",
        "Rope maker Ria",
        "Night watch Noor",
        "Pilot Perle",
    ),
    "fr": (
        "Lou du phare",
        "Le chat du port",
        "Fen, capitaine du bac",
        "La mouette du poteau six",
        "Ria la cordière",
        "Noor, veilleuse de nuit",
        "Perle, pilote du port",
    ),
}

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "I read this aloud to the boats. The small one nodded.",
        "Lovely. Is there also a version with fish?",
        "Printed it and hung it next to the tide table.",
        "I was about to say the same, only slower.",
        "The fog has read it too and is thinking it over.",
        "Seven out of seven buoys agree.",
        "I came for the crumbs and stayed for the news.",
        "Will this be here after high tide as well?",
        "My parrot now says the second sentence. All day.",
        "Signed, sealed and slightly salty.",
    ),
    "fr": (
        "Je l’ai lu à voix haute aux bateaux. Le petit a hoché la proue.",
        "Très joli. Existe-t-il une version avec du poisson ?",
        "Imprimé et accroché à côté de l’horaire des marées.",
        "J’allais dire la même chose, mais plus lentement.",
        "Le brouillard l’a lu aussi et y réfléchit.",
        "Sept bouées sur sept sont d’accord.",
        "Ici pour les miettes, et finalement aussi pour les nouvelles.",
        "Est-ce que ce sera encore là après la marée haute ?",
        "Mon perroquet répète la deuxième phrase. Toute la journée.",
        "Lu, approuvé et légèrement salé.",
    ),
}

STRANGER = {"en": "A passing sailor", "fr": "Un marin de passage"}


def remarks(post: str, language: str) -> tuple[Remark, ...]:
    """What the residents say about a post: always the same for the same post id."""
    tongue = language if language in _TEXTS else "en"
    names, texts = _NAMES[tongue], _TEXTS[tongue]
    seed = hashlib.sha256(post.encode()).digest()
    return tuple(
        Remark(
            number,
            names[(seed[0] + 2 * number) % len(names)],
            texts[(seed[1] + 3 * number) % len(texts)],
            after,
        )
        for number, after in enumerate(_AFTER)
    )


_PERSON = re.compile(r"p[0-9a-f]{12}")


def person_of(name: str) -> str:
    """The id of whoever has that name."""
    return "p" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]


def is_person(thing: str) -> bool:
    return _PERSON.fullmatch(thing) is not None


def residents(language: str) -> tuple[str, ...]:
    """Those who live here, by name: whom a new account follows."""
    return _NAMES[language if language in _NAMES else "en"]


def stranger(language: str) -> str:
    return STRANGER.get(language, STRANGER["en"])
