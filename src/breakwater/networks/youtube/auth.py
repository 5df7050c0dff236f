"""Signing in to YouTube: Google's door; the consent page also asks which channel it is for."""

from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import (
    Account,
    Candidate,
    Limits,
    Secrets,
    VideoLimits,
    Who,
)
from breakwater.networks.google_door import GoogleDoor
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.manifest import KIND_CHANNEL, LIMITS, LONG_VIDEO_S, MANIFEST


class YouTubeAuth(GoogleDoor):
    """See `base.Auth`."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        super().__init__(client, app or {}, MANIFEST)

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """The channel that was chosen on the consent page (each has a sign-in of its own)."""
        nobody = Account(remote_id="", handle="", origin=origin, secrets=secrets)
        channels = await self._channels(nobody)
        return tuple(Candidate(_who(one), secrets, KIND_CHANNEL) for one in channels)

    async def who(self, account: Account) -> Who:
        """The channel, and whether its videos may be longer than 15 minutes."""
        channels = await self._channels(account)
        wanted = [one for one in channels if account.remote_id in ("", one.get("id"))]
        if not wanted:
            raise Refused(
                "wrong_account", f"the sign-in is of {[one.get('id') for one in channels]}"
            )
        return _who(wanted[0])

    async def _channels(self, account: Account) -> list[dict[str, Any]]:
        api = Api(self._client, account, _uncounted)
        found = await api.items("channels", part="id,snippet,status", mine="true")
        if not found:
            raise Refused("signup_needed", "this Google account has no channel")
        return found


async def _uncounted(call: str) -> None:
    """Signing in is rare; the door has no counter."""
    del call


def _who(channel: dict[str, Any]) -> Who:
    remote_id, snippet = channel.get("id"), channel.get("snippet") or {}
    if not isinstance(remote_id, str) or not remote_id:
        raise TryLater(f"no channel in the answer: {sorted(channel)}")
    title = str(snippet.get("title") or remote_id)
    return Who(
        remote_id=remote_id,
        handle=str(snippet.get("customUrl") or title),
        name=title,
        url=f"https://www.youtube.com/channel/{remote_id}",
        limits=_limits((channel.get("status") or {}).get("longUploadsStatus")),
    )


def _limits(long_uploads: object) -> Limits | None:
    """15 minutes where the channel was not verified by telephone; None: nothing was said."""
    if long_uploads not in ("allowed", "eligible", "disallowed"):
        return None
    most = LIMITS.video.most_s if LIMITS.video and long_uploads == "allowed" else LONG_VIDEO_S
    video = (
        VideoLimits(LIMITS.video.most_bytes, LIMITS.video.types, most_s=most)
        if LIMITS.video
        else None
    )
    return Limits(**{**vars(LIMITS), "video": video})
