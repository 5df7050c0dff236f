"""The two networks of another company."""

import hashlib
import hmac

from tests.standins.google.standin import KEYS
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.standin import PLACE
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.state import OWN
from tests.worlds.behind import Behind
from tests.worlds.gate import Gate
from tests.worlds.world import Push


class YouTube(Behind):
    """Its pushes say only that there is a film: of those that were uploaded by hand, too."""

    slug = "youtube"
    standin: YouTubeStandin

    def opened(self) -> Gate:
        return self.before(YouTubeStandin())

    def keys(self) -> dict[str, str]:
        return dict(KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            state = self.standin.state
            said = [one.text for one in state.said.values() if one.author == OWN]
            return [str(one.snippet.get("description")) for one in state.public] + said

    def says(self, about: str, text: str) -> None:
        with self.standin.lock:
            self.standin.eve_says(text, about)

    def pushes(self, about: str, text: str) -> Push:
        with self.standin.lock:
            film = self.standin.film(text)
            secret = self.standin.state.hub[-1]["hub.secret"]
        feed = (
            '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"><entry>'
            f"<yt:videoId>{film.id}</yt:videoId><yt:channelId>{OWN}</yt:channelId></entry></feed>"
        ).encode()
        seal = hmac.new(secret.encode(), feed, hashlib.sha1).hexdigest()
        return {"x-hub-signature": f"sha1={seal}", "content-type": "application/atom+xml"}, feed

    def hidden(self) -> list[str]:
        with self.standin.lock:
            said = self.standin.state.said.values()
            return [one.text for one in said if one.status != "published"]

    def expire(self) -> None:
        self.standin.door.expire_all()


class GoogleBusiness(Behind):
    """It has reviews in place of comments, and pushes nothing."""

    slug = "googlebusiness"
    standin: BusinessStandin

    def opened(self) -> Gate:
        gate = self.before(BusinessStandin())
        self.account = PLACE
        return gate

    def keys(self) -> dict[str, str]:
        return dict(KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            replies = [one["reviewReply"]["comment"] for one in self.standin.reviews.values()
                       if "reviewReply" in one]  # fmt: skip
            return [str(one["summary"]) for one in self.standin.posts.values()] + replies

    def says(self, about: str, text: str) -> None:
        with self.standin.lock:
            self.standin.review("TWO", text)

    def expire(self) -> None:
        self.standin.door.expire_all()
