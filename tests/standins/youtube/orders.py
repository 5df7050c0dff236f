"""What the checks of networks/conformance can tell this stand-in to do."""

import hashlib
import hmac

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.youtube.standin import YouTubeStandin
from tests.standins.youtube.state import OWN, SOMEBODY

_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom">
 <entry><id>yt:video:{video}</id><yt:videoId>{video}</yt:videoId>
 <yt:channelId>{channel}</yt:channelId><title>{title}</title></entry></feed>"""


def orders(standin: YouTubeStandin) -> Server:
    return told(
        standin, "PUT", "/youtube/v3/videos",
        expire_tokens=standin.door.expire_all,
        stranger_comments=lambda post, text: Said(standin.eve_says(text, post).id, SOMEBODY),
        pushes=lambda: _pushed(standin),
    )  # fmt: skip


def _pushed(standin: YouTubeStandin) -> tuple[dict[str, str], bytes]:
    """What the hub sends of a new film, signed with what it was asked with."""
    film = standin.film("Fresh mussels")
    body = _FEED.format(video=film.id, channel=OWN, title=film.snippet["title"]).encode()
    secret = standin.state.hub[-1]["hub.secret"]
    return {
        "x-hub-signature": f"sha1={hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()}"
    }, body
