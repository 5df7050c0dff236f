"""Networks that are no company's family."""

import hashlib
import hmac
import json

from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import APP as LINKEDIN_KEYS
from tests.standins.linkedin.state import HARBOUR
from tests.standins.mastodon import MastodonStandin
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import APP as PINTEREST_KEYS
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.standin import APP as TIKTOK_KEYS
from tests.standins.x import XStandin
from tests.standins.x.pushes import signature
from tests.standins.x.standin import APP as X_KEYS
from tests.standins.x.standin import CLIENT_SECRET
from tests.worlds.behind import Behind
from tests.worlds.gate import Gate
from tests.worlds.world import Push, World

STRANGER = "urn:li:person:EveB_9z"


class Mastodon(World):
    slug = "mastodon"
    renews = False

    def opened(self) -> Gate:
        self.standin = MastodonStandin()

        def moved(origin: str) -> None:
            self.standin.origin = origin

        return Gate(self.standin.answer, moved)

    def typed(self) -> str:
        return self.gate.origin

    def violations(self) -> list[str]:
        return self.standin.violations

    def public(self) -> list[str]:
        return [one.text for one in self.standin.statuses if one.person.username == "harbour"]

    def says(self, about: str, text: str) -> None:
        self.standin.post("bob", f"@harbour {text}", in_reply_to=about)

    def expire(self) -> None:
        self.standin.revoke_tokens()


class X(Behind):
    slug = "x"
    standin: XStandin

    def opened(self) -> Gate:
        return self.before(XStandin())

    def keys(self) -> dict[str, str]:
        return dict(X_KEYS)

    def public(self) -> list[str]:
        return [one.text for one in self.standin.published()]

    def says(self, about: str, text: str) -> None:
        self.standin.says("ann", f"@harbour {text}", reply_to=about)

    def pushes(self, about: str, text: str) -> Push:
        made = self.standin.says("ann", f"@harbour {text}", reply_to=about)
        harbour = self.standin.person("harbour")
        body = self.standin.pushes.of_post("post.mention.create", made, harbour)
        return {"x-twitter-webhooks-signature-oauth2": signature(CLIENT_SECRET, body)}, body

    def hidden(self) -> list[str]:
        with self.standin.lock:
            return [one.text for one in self.standin.state.posts.values() if one.hidden]

    def expire(self) -> None:
        self.standin.door.expire_all()


class LinkedIn(Behind):
    """Posts as an organisation."""

    slug = "linkedin"
    account = HARBOUR
    redirect = "https://desk.example/channels/linkedin/back"
    standin: LinkedInStandin

    def opened(self) -> Gate:
        return self.before(LinkedInStandin())

    def keys(self) -> dict[str, str]:
        return dict(LINKEDIN_KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            world = self.standin.world
            said = [one.text for one in world.comments.values() if one.actor == HARBOUR]
            return [one.body["commentary"] for one in world.posts.values()] + said

    def says(self, about: str, text: str) -> None:
        with self.standin.lock:
            self.standin.comments.says(about, STRANGER, text)

    def pushes(self, about: str, text: str) -> Push:
        with self.standin.lock:
            made = self.standin.comments.says(about, STRANGER, text)
        told = {"owner": STRANGER, "text": text, "entity": made.urn, "object": made.about}
        row = {
            "action": "COMMENT", "organizationalEntity": HARBOUR, "subscriber": STRANGER,
            "lastModifiedAt": made.created_ms, "notificationId": 1,
            "sourcePost": made.about, "generatedActivity": made.urn,
            "decoratedSourcePost": {"owner": HARBOUR, "entity": about, "text": ""},
            "decoratedGeneratedActivity": {"comment": told},
        }  # fmt: skip
        said = {"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": [row]}
        body = json.dumps(said).encode()
        secret = LINKEDIN_KEYS["client_secret"].encode()
        seal = hmac.new(secret, b"hmacsha256=" + body, hashlib.sha256).hexdigest()
        return {"x-li-signature": seal}, body

    def expire(self) -> None:
        self.standin.door.expire_all()


class Pinterest(Behind):
    """Nobody can say anything there to a program's hearing."""

    slug = "pinterest"
    redirect = "https://desk.example/channels/pinterest/back"
    standin: PinterestStandin

    def opened(self) -> Gate:
        return self.before(PinterestStandin())

    def keys(self) -> dict[str, str]:
        return dict(PINTEREST_KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            return [str(one.body["description"]) for one in self.standin.pins.values()]

    def expire(self) -> None:
        self.standin.door.expire_all()


class TikTok(Behind):
    """Its pushes say only that there is a video."""

    slug = "tiktok"
    standin: TikTokStandin

    def opened(self) -> Gate:
        gate = self.before(TikTokStandin())
        self.standin.state.posts_a_day = 1000
        return gate

    def keys(self) -> dict[str, str]:
        return dict(TIKTOK_KEYS)

    def public(self) -> list[str]:
        return [one.text for one in self.standin.videos]

    def pushes(self, about: str, text: str) -> Push:
        self.standin.post(text)
        content = {"publish_id": f"by-hand-of-{about}", "publish_type": "DIRECT_PUBLISH"}
        return self.standin.push("post.publish.publicly_available", content)

    def minute_passes(self) -> None:
        with self.standin.lock:
            self.standin.state.calls.clear()

    def expire(self) -> None:
        self.standin.door.expire_all()
