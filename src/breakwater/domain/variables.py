"""Places in a saved answer that are filled for each conversation: {name}, {order} … Words alone: a
value is put in as it stands, is never read again, and nothing is ever computed."""

import re
from collections.abc import Iterable, Mapping

from breakwater.domain.text import one_line

NAMES = ("name", "order", "shop", "agent", "brand", "post")
"""Of whom is answered, their order, the shop in question, who answers, for which brand, and the
address of our post."""

LONGEST = 200
"""Characters of a value; a name may be longer than an answer."""

_ORDER = re.compile(
    r"(?:\border|\bcommande|\bn\s?[°º]|\bno\.|#)[^\w\n]{0,4}(?:(?:number|no|numéro|n)\b[^\w\n]{0,4})?"
    r"([0-9]{4,14})\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\{([a-z_]{1,20})\}")
_BRACES = str.maketrans("{}", "()")


def places(text: str) -> tuple[str, ...]:
    """The names in braces that stand in `text`, each once, in order."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def unknown(text: str) -> tuple[str, ...]:
    """Those that are none of NAMES."""
    return tuple(one for one in places(text) if one not in NAMES)


def shown(names: Iterable[str]) -> str:
    """As they are written in a text: {name}, {order}."""
    return ", ".join(f"{{{one}}}" for one in names)


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each place filled that has a value; the others stay, as gaps to be filled by hand."""
    return _PLACE.sub(lambda found: _said(values.get(found[1], "")) or found[0], text)


def order_in(text: str) -> str:
    """The number of an order that the words name; "" where they name none, or several."""
    found = set(_ORDER.findall(text))
    return str(found.pop()) if len(found) == 1 else ""


def _said(value: str) -> str:
    """On one line, and without braces, which would look like another place."""
    return one_line(value).translate(_BRACES)[:LONGEST]
