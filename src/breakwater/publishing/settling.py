"""Who says what becomes of a delivery that did not leave, or may have left."""

from breakwater.delivery import selectors
from breakwater.delivery.models import Delivery
from breakwater.networks.base import Deed
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def settling_takes(row: Delivery) -> tuple[Right, ...]:
    """The rights that it takes: of what is said to people those that ordering it took, of posts the
    one to plan. One query for a change of something that is out, none otherwise."""
    if not selectors.of_talking(row):
        return (Right.SCHEDULE,)
    if row.deed == Deed.REMOVE:
        return (Right.ANSWER, Right.TAKE_DOWN)
    return (Right.ANSWER,)


def may_settle(access: Access, row: Delivery) -> bool:
    return all(access.may(right) for right in settling_takes(row))


def need_settling(access: Access, row: Delivery) -> None:
    """Raises: Forbidden."""
    for right in settling_takes(row):
        checks.may(access, right)
