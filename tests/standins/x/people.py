"""People: who am I, how do we stand, likes, mutes, follows."""

from collections.abc import Callable
from datetime import datetime

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.x import shapes
from tests.standins.x.posts import Posts
from tests.standins.x.state import Person, State


class People:
    def __init__(self, state: State, posts: Posts, now: Callable[[], datetime]) -> None:
        self._state = state
        self._posts = posts
        self._now = now

    def me(self, request: Request, me: Person) -> Reply:
        shown = shapes.asked_for(shapes.user(me), request.args, "user")
        return shapes.answer({"data": shown}, self._state)

    def person(self, request: Request, me: Person, number: str) -> Reply:
        found = self._state.person(number)
        if found is None:
            return as_json(shapes.missing(number, "user"))
        ties = {"muting": self._state.mutes, "following": set(self._state.follows)}
        status = [name for name, pairs in ties.items() if (me.id, number) in pairs]
        shown = {**shapes.user(found), "connection_status": status}
        return as_json({"data": shapes.asked_for(shown, request.args, "user")})

    def like(self, request: Request, me: Person, number: str) -> Reply:
        if not self._state.enterprise:
            return self._other_plan()
        post = request.fields["tweet_id"]
        if post not in self._state.posts:
            return shapes.problem("resource-not-found", "no such post", 404, resource_type="post")
        self._state.likes.add((me.id, post))
        return as_json({"data": {"liked": True}})

    def unlike(self, request: Request, me: Person, number: str, post: str) -> Reply:
        self._state.likes.discard((me.id, post))
        return as_json({"data": {"liked": False}})

    def liked(self, request: Request, me: Person, number: str) -> Reply:
        posts = [self._state.posts[post] for person, post in self._state.likes if person == me.id]
        return self._posts.page(sorted(posts, key=lambda one: one.id, reverse=True), request)

    def mute(self, request: Request, me: Person, number: str) -> Reply:
        self._state.mutes.add((me.id, request.fields["target_user_id"]))
        return as_json({"data": {"muting": True}})

    def unmute(self, request: Request, me: Person, number: str, other: str) -> Reply:
        self._state.mutes.discard((me.id, other))
        return as_json({"data": {"muting": False}})

    def following(self, request: Request, me: Person, number: str) -> Reply:
        followed = [self._state.person(b) for a, b in self._state.follows if a == number]
        start = int(request.args.get("pagination_token", "0").removeprefix("page-after-the-"))
        size = int(request.args["max_results"])
        rows = [
            shapes.asked_for(shapes.user(one), request.args, "user")
            for one in followed[start : start + size]
            if one
        ]
        meta: dict[str, object] = {"result_count": len(rows)}
        if start + size < len(followed):
            meta["next_token"] = f"page-after-the-{start + size}"
        return as_json({"data": rows, "meta": meta})

    def unfollow(self, request: Request, me: Person, number: str, other: str) -> Reply:
        self._state.follows = [pair for pair in self._state.follows if pair != (me.id, other)]
        return as_json({"data": {"following": False}})

    def _other_plan(self) -> Reply:
        detail = "Your client app is not configured with the appropriate access for this endpoint."
        return shapes.problem("client-forbidden", detail, 403, reason="client-not-enrolled")
