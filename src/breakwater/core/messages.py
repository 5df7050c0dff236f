"""Codes become sentences here, in the language in use. The sentences: core/sentences.py."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from breakwater.core.money import readable as with_money
from breakwater.core.sentences import SENTENCES
from breakwater.core.walls import readable
from breakwater.domain.errors import BreakwaterError, Refused


class _Known(dict[str, object]):
    """Data for a sentence; a value that is not there shows as three dots, never as a fault."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, data: Mapping[str, object] | None = None) -> str:
    """What `code` means, in the language in use, with the values it names filled in.

    A code without a sentence gives an honest general one that names the code.
    """
    counted = SENTENCES.get(f"{code}:counted") if data and "limit" in data else None
    found: str | Promise | None = counted or SENTENCES.get(code)
    if found is None:
        return _("Something went wrong that has no explanation yet (code: %(code)s).") % {
            "code": code
        }
    return str(found) % _Known({**with_money(readable(data or {})), "code": code})


def knows(code: str) -> bool:
    return code in SENTENCES


def say(error: BreakwaterError) -> str:
    """What happened and what to do, for the person who reads. Nothing of `str(error)` is in it."""
    code = error.reason if isinstance(error, Refused) else error.code
    explained = error.data.get("sentences")
    if isinstance(explained, list | tuple) and explained:
        return " ".join(str(one) for one in explained)
    return sentence(code, error.data)
