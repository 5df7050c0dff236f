"""What Google's hub pushes: Atom entries of new and changed videos, and of deleted ones.

Signed with HMAC-SHA1 (X-Hub-Signature), which is what this hub offers (from memory, not checked, as
is the form of deleted entries); they carry no time of the push. Read with expressions, not with an XML parser: none of ours is safe with a stranger's.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

from breakwater.domain.errors import Refused
from breakwater.networks.base import Arrived, Author, Echo, Pushed, Secrets, Source, What
from breakwater.networks.google import moment
from breakwater.networks.youtube.hub import MARK, mark_of, secret_of

_TOPIC = re.compile(
    r"https://www\.youtube\.com/(?:xml/)?feeds/videos\.xml\?channel_id=(UC[A-Za-z0-9_-]{22})"
)
_ENTRY = re.compile(r"<entry>(.*?)</entry>", re.DOTALL)
_CHANNEL = re.compile(r"<yt:channelId>(UC[A-Za-z0-9_-]{22})</yt:channelId>")
_DELETED = re.compile(
    r'<at:deleted-entry\s[^>]*?ref="yt:video:([A-Za-z0-9_-]{11})"[^>]*?'
    r'when="([^"]{10,40})"[^>]*>(.*?)</at:deleted-entry>',
    re.DOTALL,
)
_BY = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})")
_CHALLENGE_MOST = 500


class YouTubeHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        """The hub asks whether we want the feed of a channel, at the address that we gave it for
        just this feed. That somebody wants to end it is never true: subscriptions run out."""
        topic, text = query.get("hub.topic", ""), query.get("hub.challenge", "")
        wanted = _TOPIC.fullmatch(topic)
        ours = hmac.compare_digest(mark_of(app, topic).encode(), query.get(MARK, "").encode())
        if query.get("hub.mode") != "subscribe" or not wanted or not text or not ours:
            raise Refused("hook_refused", "not a subscription of ours")
        return Echo(text[:_CHALLENGE_MOST], about=wanted[1])

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        del now  # the hub signs no time
        kind, _, given = headers.get("x-hub-signature", "").partition("=")
        wanted = hmac.new(secret_of(app).encode(), body, hashlib.sha1).hexdigest()
        if kind != "sha1" or not hmac.compare_digest(wanted.encode(), given.encode()):
            raise Refused("hook_refused", "the signature is not that of our subscription")

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        """A changed channel is looked at; a deleted video is gone at once."""
        del headers
        text = body.decode("utf-8", "replace")
        changed = [found[1] for one in _ENTRY.findall(text) if (found := _CHANNEL.search(one))]
        looks = [Pushed(one, look=(Source.OWN_POSTS,)) for one in dict.fromkeys(changed)]
        return (
            *looks,
            *(_gone(*found) for found in _DELETED.findall(text) if _BY.search(found[2])),
        )


def _gone(video: str, when: str, rest: str) -> Pushed:
    by = _BY.search(rest)
    channel = by[1] if by else ""
    try:
        at = moment(when)
    except ValueError as error:
        raise Refused("hook_refused", f"no time: {when!r}") from error
    return Pushed(channel, arrived=(Arrived(What.GONE, video, at, Author(channel), own=True),))
