"""What addresses and forms name: ids that a row may have, and the click that a form is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from breakwater.core.ids import new_id
from breakwater.web.numbers import number


def uuid(said: object) -> UUID | None:
    """None for what is none."""
    try:
        return UUID(str(said))
    except ValueError:
        return None


def uuids(said: Iterable[str]) -> list[UUID]:
    """Each once, in their order; what is none is left out."""
    return [one for one in dict.fromkeys(map(uuid, said)) if one is not None]


def numbers(said: Iterable[str]) -> list[int]:
    """Each once, in their order; what no row can have is left out."""
    return [one for one in dict.fromkeys(map(number, said)) if one is not None]


def click(typed: Mapping[str, str]) -> UUID:
    """The form's own id, so that the same click counts once."""
    return uuid(typed.get("request", "")) or new_id()
