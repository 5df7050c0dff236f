"""The Page of the stand-in, ready to be called."""

from pathlib import Path
from typing import Any

from breakwater.networks import facebook
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.facebook.standin import FacebookStandin


def calling(standin: FacebookStandin, **changes: Any) -> Calling:
    """As the Page, with the administrator's keys. secrets: others than a good token's."""
    secrets = changes.pop("secrets", None) or standin.connected()
    account = Account(standin.page.id, "harbourcafe", standin.origin, secrets)
    return Calling(
        facebook.build(Path()), account, standin.transport(), app=standin.keys(), **changes
    )
