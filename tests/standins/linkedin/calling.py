"""ann's harbour (an organisation) or ann herself, ready to be called from a plain test function."""

from pathlib import Path

from breakwater.networks import linkedin
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.linkedin.standin import CLIENT_ID, CLIENT_SECRET, LinkedInStandin
from tests.standins.linkedin.state import HARBOUR, MEMBER

APP = {
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
    "products": "community",
    "application_id": "221195903",
}


def harbour(standin: LinkedInStandin) -> Calling:
    return _calling(standin, HARBOUR)


def ann(standin: LinkedInStandin) -> Calling:
    return _calling(standin, MEMBER)


def _calling(standin: LinkedInStandin, urn: str) -> Calling:
    account = Account(urn, "harbour-cafe", standin.origin, standin.connected())
    return Calling(linkedin.build(Path()), account, standin.transport(), APP)
