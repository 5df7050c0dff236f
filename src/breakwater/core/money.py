"""Money as people read it. It is kept and counted in whole millionths of a US dollar."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MICROS = 1_000_000
_CENTS, _MICROS = 2, 6
_SUFFIX = "_micros"


def dollars(micros: int) -> str:
    """$0.20, $0.015, $1,250.00."""
    return _("$%(amount)s") % {"amount": amount(micros)}


def amount(micros: int) -> str:
    """The number alone: with cents, and with more places only where they say something."""
    places = _MICROS
    while places > _CENTS and micros % 10 ** (_MICROS - places + 1) == 0:
        places -= 1
    return str(number_format(Decimal(micros) / MICROS, decimal_pos=places, force_grouping=True))


def readable(data: Mapping[str, object]) -> dict[str, object]:
    """`data` of a sentence; for each "<name>_micros" there is "<name>" too, as people read it. What
    is no whole number stays as it is."""
    named = {
        name.removesuffix(_SUFFIX): dollars(value) if isinstance(value, int) else value
        for name, value in data.items()
        if name.endswith(_SUFFIX)
    }
    return {**data, **named}
