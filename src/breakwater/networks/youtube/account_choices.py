"""What a channel offers for an option that is its own: categories, playlists, stream keys."""

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Choice
from breakwater.networks.youtube.calls import Api

_COUNTRY = "US"
"""Whose categories are shown to a channel that names no country."""


async def read(api: Api, option: str) -> tuple[Choice, ...]:
    if option == "category":
        return await _categories(api)
    if option == "playlist":
        return await _titled(api, "playlists")
    if option == "stream":
        return await _titled(api, "liveStreams")
    raise Unsupported(f"nothing to choose from for {option}")


async def _categories(api: Api) -> tuple[Choice, ...]:
    """Those that a video can be put in, of the channel's country."""
    channels = await api.items("channels", part="snippet", mine="true")
    country = next((str(one["snippet"].get("country") or "") for one in channels), "") or _COUNTRY
    rows = await api.items("videoCategories", part="snippet", regionCode=country)
    return tuple(
        Choice(str(row["id"]), str(row["snippet"]["title"]))
        for row in rows
        if row["snippet"].get("assignable")
    )


async def _titled(api: Api, what: str) -> tuple[Choice, ...]:
    found: list[Choice] = []
    async for page in api.pages(what, part="snippet", mine="true", maxResults="50"):
        found += [Choice(str(row["id"]), str(row["snippet"]["title"])) for row in page]
    return tuple(found)
