"""How an organisation shows itself.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/
organization-lookup-api, read 2026-11-29, and the Postman collection for localizedWebsite; the shapes
of localizedDescription and logoV2 are from memory, not checked. To somebody who does not administer
the organisation LinkedIn shows less of it: what is not there is unknown, not empty.
"""

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Account, Profile
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api
from breakwater.networks.wire import given, told


async def read(api: Api, account: Account) -> Profile:
    """picture: the URN of the logo, which is another for another picture; addresses are signed."""
    if not account.remote_id.startswith(urns.ORGANISATION):
        raise Unsupported("profiles are read of organisations")
    page = await api.get(f"/rest/organizations/{account.remote_id.rpartition(':')[2]}")
    logo = page.get("logoV2")
    shown = logo if isinstance(logo, dict) else {}
    return Profile(
        told(page, "localizedName"),
        given(page, "vanityName"),
        bio=given(page, "localizedDescription"),
        link=given(page, "localizedWebsite"),
        picture=given(shown, "cropped") or given(shown, "original"),
    )
