"""What each connector must pass, for our networks and for third parties'.

Each check is a plain async function of a `Subject`: an AssertionError says in a sentence what is
wrong, a SkipTest why it cannot be asked. They publish: give them an account of a test server or
of the practice network. `plugin` makes a test of each (docs/contributing/connectors.md); or run
them with `@pytest.mark.parametrize("check", CHECKS)`.
"""

from breakwater.networks.conformance.answering import ANSWERING
from breakwater.networks.conformance.arriving import ARRIVING
from breakwater.networks.conformance.between import Between
from breakwater.networks.conformance.declaring import DECLARING
from breakwater.networks.conformance.failing import FAILING
from breakwater.networks.conformance.forms import FORMS
from breakwater.networks.conformance.making import png
from breakwater.networks.conformance.publishing import PUBLISHING
from breakwater.networks.conformance.reading import READING
from breakwater.networks.conformance.showing import SHOWS
from breakwater.networks.conformance.subject import Check, Denied, Said, Server, Subject

__all__ = [
    "CHECKS", "SHOWS", "STORIES", "Between", "Check", "Denied", "Said", "Server", "Subject", "png",
]  # fmt: skip

STORIES: dict[str, tuple[Check, ...]] = {
    "publishing": PUBLISHING,
    "forms": FORMS,
    "reading": READING,
    "answering": ANSWERING,
    "arriving": ARRIVING,
    "failing": FAILING,
    "declaring": DECLARING,
}

CHECKS: tuple[Check, ...] = tuple(check for checks in STORIES.values() for check in checks)

_NAMED = {check.__name__: check for check in CHECKS}


def __getattr__(name: str) -> Check:
    """Each check by its name, in whatever story it is."""
    if name not in _NAMED:
        raise AttributeError(name)
    return _NAMED[name]
