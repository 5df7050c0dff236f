"""Days and moments as the language in use writes them: everything that a person reads goes through `dated`."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

_MONTH = re.compile(r"(?<![:\d])(\d{1,2}) ([^\W\d])")
"""A day, which are no minutes, and the first letter of its month."""


def dated(at: date, form: str = "DATE_FORMAT") -> str:
    """A day or a moment, on the wall that it has. form: the name of a format, or its letters as of Django's `date` filter.

    Of French, Django knows neither the first of a month, « 1er décembre », nor that short months are small, too: « 2 déc ».
    """
    said = str(date_format(at, form))
    return _MONTH.sub(_french, said, count=1) if (get_language() or "").startswith("fr") else said


def _french(found: re.Match[str]) -> str:
    day = "1er" if found[1] == "1" else found[1]
    return f"{day} {found[2].lower()}"
