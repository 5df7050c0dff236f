"""What may stand in the fields of an incident."""

from collections.abc import Collection

from breakwater.domain.errors import Invalid
from breakwater.domain.text import storable


def words(text: str, field: str, limit: int, *, needed: bool = True) -> str:
    """The text as it is stored. Raises: Invalid "incident_why" or "field_missing"; "far_too_long"."""
    said = storable(text).strip()
    if needed and not said:
        raise Invalid(code="incident_why" if field == "why" else "field_missing", field=field)
    if len(said) > limit:
        raise Invalid(code="far_too_long", field=field, limit=limit)
    return said


def one_of(value: str, allowed: Collection[str], field: str) -> str:
    """Raises: Invalid "incident_value"."""
    if value not in allowed:
        raise Invalid(code="incident_value", field=field)
    return value
