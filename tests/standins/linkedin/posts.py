"""Posts: made once, refused twice, cut where the text has a bare reserved character."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.linkedin.little import stored
from tests.standins.linkedin.replies import duplicate, refused
from tests.standins.linkedin.state import MEMBER, Post

if TYPE_CHECKING:
    from tests.standins.linkedin.standin import LinkedInStandin

LONGEST = 3000


class Posts:
    """ghosts: so many of the next posts are refused as duplicates of posts that are not there."""

    def __init__(self, standin: "LinkedInStandin") -> None:
        self._standin = standin
        self.ghosts = 0
        self._authors: dict[str, str] = {}

    def calls(self) -> dict[str, Callable[..., Reply]]:
        return {
            "publish": self._publish, "own_posts": self._own_posts, "post": self._post,
            "edit": self._edit, "delete": self._delete,
        }  # fmt: skip

    def by(self, author: str) -> list[Post]:
        """Newest first."""
        own = [p for p in self._standin.world.posts.values() if p.author == author]
        return sorted(own, key=lambda post: (post.created_ms, post.urn), reverse=True)

    def named(self, urn: str) -> Post | None:
        """By its own name, or by that of its activity, which its comments go by."""
        posts = self._standin.world.posts
        return posts.get(urn) or next((p for p in posts.values() if p.activity == urn), None)

    def author_of(self, path: str) -> str:
        """Whom the post in a path belongs to or belonged to, or ""."""
        found = re.search(r"urn:li:(?:share|ugcPost|activity):\d+", path)
        return self._authors.get(found[0], "") if found else ""

    def _publish(self, request: Request) -> Reply:
        body, world = request.fields, self._standin.world
        author = body["author"]
        if author != MEMBER and author not in world.roles:
            return refused(403, "author is not yours", "ACCESS_DENIED")
        if wrong := self._unready(body):
            return wrong
        if self.ghosts:
            self.ghosts -= 1
            ghost = f"urn:li:share:{world.number()}"
            self._authors[ghost] = author
            return duplicate(ghost)
        for post in self.by(author):
            same = post.body.get("content") == body.get("content")
            if same and post.body["commentary"] == body["commentary"]:
                return duplicate(post.urn)
        kind = "ugcPost" if "poll" in body.get("content", {}) else "share"
        urn = f"urn:li:{kind}:{world.number()}"
        self._authors[urn] = author
        text = stored(body["commentary"])[:LONGEST]
        activity = f"urn:li:activity:{world.number()}"
        world.posts[urn] = Post(urn, author, text, body, self._standin.now_ms(), activity)
        self._authors[activity] = author
        return Reply(201, headers={"x-restli-id": urn, "x-linkedin-id": urn})

    def _own_posts(self, request: Request) -> Reply:
        start, count = int(request.args.get("start", 0)), int(request.args.get("count", 10))
        rows = [self._shown(post) for post in self.by(request.args["author"])]
        return as_json(
            {"elements": rows[start : start + count], "paging": {"start": start, "count": count, "links": []}}
        )  # fmt: skip

    def _post(self, request: Request, urn: str) -> Reply:
        del request
        post = self._standin.world.posts.get(urn)
        return as_json(self._shown(post)) if post else refused(404, f"Could not find post {urn}")

    def _edit(self, request: Request, urn: str) -> Reply:
        post = self._standin.world.posts.get(urn)
        if post is None:
            return refused(404, f"Could not find post {urn}")
        post.body["commentary"] = request.fields["patch"]["$set"]["commentary"]
        post.commentary = stored(post.body["commentary"])[:LONGEST]
        return Reply(204)

    def _delete(self, request: Request, urn: str) -> Reply:
        """Idempotent: 204 the second time too."""
        del request
        self._standin.world.posts.pop(urn, None)
        return Reply(204)

    def _unready(self, body: dict[str, Any]) -> Reply | None:
        for urn in set(
            re.findall(r"urn:li:(?:image|video|document):\w+", str(body.get("content")))
        ):
            asset = self._standin.world.assets.get(urn)
            if asset is None or asset.owner != body["author"]:
                return refused(422, f"{urn} is not there", wrong="MEDIA_ASSET_NOT_FOUND")
            if self._standin.uploads.status(asset) == "WAITING_UPLOAD":
                return refused(422, f"{urn} is not uploaded", wrong="MEDIA_ASSET_WAITING_UPLOAD")
        return None

    def _shown(self, post: Post) -> dict[str, Any]:
        shown = {
            "id": post.urn, "author": post.author, "commentary": post.commentary,
            "visibility": post.body["visibility"], "createdAt": post.created_ms,
            "publishedAt": post.created_ms, "lastModifiedAt": post.created_ms,
            "lifecycleState": post.state, "distribution": post.body["distribution"],
            "isReshareDisabledByAuthor": post.body.get("isReshareDisabledByAuthor", False),
        }  # fmt: skip
        if "content" in post.body:
            shown["content"] = post.body["content"]
        return shown
