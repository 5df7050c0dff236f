"""A pytest plugin: one fixture gives a test for each check.

    pytest_plugins = ["breakwater.networks.conformance.plugin"]     # conftest.py at the root

    @pytest.fixture
    def conformance_subject(...):                                   # in any test file
        return Subject.of(network, client, account)

Beside the fixture stands a class `Conformance` from then on. The fixture gives a `Subject`, or a
function that opens one as an async context manager, for a client that lives in the loop of the
check. It is asked for by name and not registered for every session: this package is installed
where other tests run, which it should not slow down or change.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from breakwater.networks.conformance import STORIES
from breakwater.networks.conformance.subject import Check, Subject

FIXTURE = "conformance_subject"

Given = Subject | Callable[[], AbstractAsyncContextManager[Subject]]


def pytest_pycollect_makeitem(collector: Any, name: str, obj: object) -> pytest.Class | None:
    """A file that has the fixture has the class too."""
    del obj
    if name != FIXTURE or not isinstance(collector, pytest.Module):
        return None
    collector.obj.Conformance = Conformance  # pytest takes a class from its module, by name
    suite: pytest.Class = pytest.Class.from_parent(collector, name="Conformance")
    return suite


async def passes(check: Check, given: Given) -> None:
    """The check, asked of a subject that is there or is opened for it."""
    if isinstance(given, Subject):
        await check(given)
        return
    async with given() as subject:
        await check(subject)


def _test(check: Check) -> Callable[[object, Given], None]:
    def test(self: object, conformance_subject: Given) -> None:
        del self
        asyncio.run(passes(check, conformance_subject))

    test.__name__ = test.__qualname__ = f"test_{check.__name__}"
    test.__doc__ = check.__doc__
    return test


Conformance = type(
    "Conformance",
    (),
    {f"test_{check.__name__}": _test(check) for checks in STORIES.values() for check in checks},
)
