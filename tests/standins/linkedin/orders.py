"""What the checks of networks/conformance can tell this stand-in to do."""

import hashlib
import hmac
import json

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.linkedin.standin import CLIENT_SECRET, LinkedInStandin
from tests.standins.linkedin.state import HARBOUR

BEN = "urn:li:person:Ben_1"


def orders(standin: LinkedInStandin) -> Server:
    return told(
        standin, "POST", "/rest/posts",
        expire_tokens=standin.door.expire_all,
        stranger_comments=lambda post, text: Said(standin.comments.says(post, BEN, text).urn, BEN),
        stranger_mentions=lambda text: Said(_mentioned(standin, text), BEN),
        pushes=lambda: _pushed(standin),
    )  # fmt: skip


def _mentioned(standin: LinkedInStandin, text: str) -> str:
    """A notification that has the post's words with it. Gives the post's URN."""
    urn = f"urn:li:share:{standin.world.number()}"
    standin.world.notifications.append({
        "notificationId": int(standin.world.number()), "organizationalEntity": HARBOUR,
        "action": "SHARE_MENTION", "sourcePost": urn, "generatedActivity": urn,
        "lastModifiedAt": standin.now_ms(), "subscriber": BEN,
        "decoratedGeneratedActivity": {"share": {"entity": urn, "owner": BEN, "text": text}},
    })  # fmt: skip
    return urn


def _pushed(standin: LinkedInStandin) -> tuple[dict[str, str], bytes]:
    """The newest notification, signed."""
    _mentioned(standin, "At the harbour")
    rows = standin.world.notifications[-1:]
    said = {"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": rows}
    body = json.dumps(said).encode()
    seal = hmac.new(CLIENT_SECRET.encode(), b"hmacsha256=" + body, hashlib.sha256).hexdigest()
    return {"x-li-signature": seal}, body
