"""The three networks of one company."""

from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.standin import ANN
from tests.standins.facebook.state import Thing
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import APP as INSTAGRAM_KEYS
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import APP as THREADS_KEYS
from tests.worlds.behind import Behind
from tests.worlds.gate import Gate
from tests.worlds.world import Push


class Facebook(Behind):
    slug = "facebook"
    renews = False
    standin: FacebookStandin

    def opened(self) -> Gate:
        gate = self.before(FacebookStandin())
        self.account = self.standin.page.id
        self.redirect = "https://desk.example/channels/oauth/back"
        return gate

    def keys(self) -> dict[str, str]:
        return self.standin.keys()

    def public(self) -> list[str]:
        page = self.standin.page.by
        said = [one for one in self.standin.of("Comment") if one.by == page]
        return [one.text for one in [*self.standin.posts, *said]]

    def says(self, about: str, text: str) -> None:
        self._said(about, text)

    def pushes(self, about: str, text: str) -> Push:
        made = self._said(about, text)
        value = {
            "item": "comment", "verb": "add", "post_id": about, "parent_id": about,
            "comment_id": made.id, "message": text, "created_time": int(made.at.timestamp()),
            "from": {"id": ANN.id, "name": ANN.name},
        }  # fmt: skip
        return self.standin.push({"field": "feed", "value": value})

    def hidden(self) -> list[str]:
        return [one.text for one in self.standin.of("Comment") if one.hidden]

    def expire(self) -> None:
        self.standin.revoke_tokens()

    def _said(self, about: str, text: str) -> Thing:
        with self.standin.lock:
            return self.standin.comment(about, text)


class Instagram(Behind):
    slug = "instagram"
    renews = False
    standin: InstagramStandin

    def opened(self) -> Gate:
        return self.before(InstagramStandin())

    def keys(self) -> dict[str, str]:
        return dict(INSTAGRAM_KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            state = self.standin.state
            posts = [one.caption for one in state.own(self.standin.now())]
            return posts + [one.text for one in state.comments.values() if one.by == state.name]

    def says(self, about: str, text: str) -> None:
        self._said(about, text)

    def pushes(self, about: str, text: str) -> Push:
        made = self._said(about, text)
        value = {
            "id": made, "text": text, "from": {"id": "4242", "username": "eve"},
            "media": {"id": about, "media_product_type": "FEED"},
        }  # fmt: skip
        return self.standin.push({"field": "comments", "value": value})

    def hidden(self) -> list[str]:
        return [one.text for one in self.standin.state.comments.values() if one.hidden]

    def expire(self) -> None:
        with self.standin.lock:
            self.standin.state.page_token = f"{self.standin.state.page_token}-2"
            self.standin.door.expire_all()

    def _said(self, about: str, text: str) -> str:
        with self.standin.lock:
            return self.standin.write(text, by="eve", post=self.standin.state.posts[about])


class Threads(Behind):
    slug = "threads"
    standin: ThreadsStandin

    def opened(self) -> Gate:
        return self.before(ThreadsStandin())

    def keys(self) -> dict[str, str]:
        return dict(THREADS_KEYS)

    def public(self) -> list[str]:
        with self.standin.lock:
            state = self.standin.state
            return [one.text for one in state.posts.values() if one.by == state.name]

    def says(self, about: str, text: str) -> None:
        with self.standin.lock:
            self.standin.post(text, by="eve", above=about)

    def pushes(self, about: str, text: str) -> Push:
        with self.standin.lock:
            return self.standin.push("replies", self.standin.post(text, by="eve", above=about))

    def hidden(self) -> list[str]:
        return [one.text for one in self.standin.state.posts.values() if one.hidden]

    def expire(self) -> None:
        with self.standin.lock:
            self.standin.door.expire_all()
