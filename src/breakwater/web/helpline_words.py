"""Countries whose numbers come with Breakwater, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTRIES: Mapping[str, str | Promise] = {
    "FR": _("France"),
    "BE": _("Belgium"),
    "CH": _("Switzerland"),
    "CA": _("Canada"),
    "GB": _("United Kingdom"),
    "US": _("United States"),
    "IE": _("Ireland"),
}


def country_name(code: str) -> str | Promise:
    """The code itself where there is no word for it."""
    return COUNTRIES.get(code, code)
