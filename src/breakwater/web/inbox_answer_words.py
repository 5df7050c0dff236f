"""One's own words, looked at by a friend: pointed out, never held."""

from django.utils.translation import gettext as _now

from breakwater.inbox.services.drafting import Temper
from breakwater.web.inbox_words import kinds


def calm_words(found: Temper) -> str:
    """A calm sentence that names why; "" for words that are fine. What is said of it stays between
    the page and its reader."""
    if not found.kinds:
        return ""
    named = kinds(found.kinds)
    if not found.words:
        return _now(
            "Read it once more before it leaves: it may be read as %(kinds)s. You decide."
        ) % {"kinds": named}
    words = ", ".join(_now("“%(word)s”") % {"word": one} for one in found.words)
    return _now(
        "Read it once more before it leaves: it may be read as %(kinds)s, because of %(words)s. "
        "You decide."
    ) % {"kinds": named, "words": words}
