"""How it was, from 1 to 5: what people are asked, and what of an answer is a score."""

import re
from datetime import timedelta

LANGUAGES = ("en", "fr")
QUESTIONS = {
    "en": "How was our help? Answer with a number from 1 (bad) to 5 (very good). Thank you!",
    "fr": "Notre aide vous a-t-elle été utile\u00a0? Répondez par un chiffre de 1 (pas du tout) à 5 "
    "(tout à fait). Merci\u00a0!",
}
"""In the words of a workspace that chose none."""
WITHIN = timedelta(days=7)
"""For how long an answer is taken for a score."""

_NUMBER = re.compile(r"\W*([1-5])\s*(?:(?:/|sur|of|out of)\s*(?:5|cinq|five))?\W*", re.IGNORECASE)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
}  # fmt: skip
_STARS = re.compile("[\u2605\u2b50\ufe0f\\s]+")
_LONGEST = 30


def score_in(text: str) -> int | None:
    """1 to 5 where the text is nothing but that, as "4", "5/5", "cinq" or stars; else None."""
    bare = text.strip()
    if not bare or len(bare) > _LONGEST:
        return None
    if _STARS.fullmatch(bare):
        stars = sum(bare.count(one) for one in "\u2605\u2b50")
        return stars if 1 <= stars <= 5 else None
    found = _NUMBER.fullmatch(bare)
    if found:
        return None if bare.startswith(("-", "\u2212")) else int(found.group(1))
    return _WORDS.get(bare.strip(" .!\u00a0").casefold())


def question_in(language: str, chosen: dict[str, str], *, otherwise: str) -> tuple[str, str]:
    """The language and the words of the question: in the person's language where there are some,
    else in the workspace's, else in English. chosen: language -> the workspace's own words."""
    own = {code: words.strip() for code, words in chosen.items() if words.strip()}
    known = QUESTIONS | own
    code = next((one for one in (language, otherwise) if one in known), "en")
    return code, known[code]
