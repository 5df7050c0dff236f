"""What may stand in the fields of a person or a workspace, and who may do a thing at all."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from breakwater.domain import walltime
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.people.models import Language, Policy
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access

THEMES = ("auto", "light", "dark", "calm")
_NAME_MAX = 100


def email(text: str) -> str:
    """The address in lower case. Raises: Invalid("bad_email")."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(code="bad_email", field="email") from error
    return address


def name(text: str, field: str = "name") -> str:
    """On one line, 1-100 characters. Raises: Invalid with name_empty or name_too_long."""
    line = " ".join(text.split())
    if not line:
        raise Invalid(code="name_empty", field=field)
    if len(line) > _NAME_MAX:
        raise Invalid(code="name_too_long", field=field, limit=_NAME_MAX)
    return line


def zone(text: str) -> str:
    walltime.zone(text)
    return text


def language(text: str) -> str:
    return _one_of(text, Language.values, "language")


def theme(text: str) -> str:
    return _one_of(text, THEMES, "theme")


def role(text: str) -> str:
    return _one_of(text, Role.values, "role")


def policy(text: str) -> str:
    return _one_of(text, Policy.values, "policy")


def may(by: Access, right: Right) -> None:
    """Raises: Forbidden. (Pages ask `access` before; a service does not trust that they did.)"""
    if not by.may(right):
        raise Forbidden(right=right.value, role=by.role)


def may_touch_role(by: Access, *roles: str) -> None:
    """Only an owner makes or unmakes owners. Raises: Forbidden("owner_by_owner")."""
    if Role.OWNER in roles and by.role != Role.OWNER:
        raise Forbidden(code="owner_by_owner", right=Right.INVITE.value, role=by.role)


def _one_of(text: str, allowed: list[str] | tuple[str, ...], field: str) -> str:
    if text not in allowed:
        raise Invalid(code=f"unknown_{field}", field=field)
    return text
