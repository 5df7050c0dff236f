"""Posts: made, edited, shown, searched, deleted, hidden."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.x import shapes
from tests.standins.x.state import EPOCH_MS, Media, Person, Post, State
from tests.standins.x.weighing import weight

Made = Post | Reply
_EDITABLE, _EDITS = timedelta(hours=1), 5
_NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to."
)


class Posts:
    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self._state = state
        self._now = now

    def create(self, request: Request, me: Person) -> Reply:
        """The post, or the first reason against it."""
        fields, old = request.fields, None
        if options := fields.get("edit_options"):
            old = self._state.posts.get(options["previous_post_id"])
            if refused := self._not_editable(old, me):
                return refused
        media = self._media(fields, me)
        if isinstance(media, Reply):
            return media
        if refused := self._problem(fields, media, me):
            return refused
        made = self.add(
            me, str(fields.get("text", "")), media=media,
            reply_to=(fields.get("reply") or {}).get("in_reply_to_tweet_id", ""),
            quotes=fields.get("quote_tweet_id", ""),
        )  # fmt: skip
        made.body = fields
        if old is not None:
            del self._state.posts[old.id]
            made.history, made.media = (*old.history, old.id), old.media
        history = [*made.history, made.id]
        data = {"id": made.id, "text": made.text, "edit_history_post_ids": history}
        return shapes.answer({"data": data}, self._state, 201)

    def add(
        self, author: Person, text: str, *, media: tuple[Media, ...] = (), reply_to: str = "",
        quotes: str = "", repeats: str = "",
    ) -> Post:  # fmt: skip
        number, answered = self._state.new_id(self._now()), self._state.posts.get(reply_to)
        made = Post(number, author, text, self._now(), media, reply_to, quotes, repeats=repeats)
        made.conversation = answered.conversation if answered else number
        self._state.posts[number] = made
        return made

    def lookup(self, request: Request, me: Person, number: str) -> Reply:
        post = self._state.latest(number)
        if post is None:
            return as_json(shapes.missing(number))
        shown = shapes.asked_for(self.shown(post), request.args, "post")
        beside = shapes.includes([post], self._state, request.args)
        body = {"data": shown, **({"includes": beside} if beside else {})}
        return shapes.answer(body, self._state)

    def delete(self, request: Request, me: Person, number: str) -> Reply:
        post = self._state.latest(number)
        if post is None:
            return shapes.problem(
                "resource-not-found", "no such post", 404, resource_type="post", resource_id=number
            )
        if post.author is not me:
            return shapes.problem("", "You are not allowed to delete this Post.", 403)
        del self._state.posts[post.id]
        self._state.gone |= {number, post.id, *post.history}
        return as_json({"data": {"deleted": True}})

    def hide(self, request: Request, me: Person, number: str) -> Reply:
        post = self._state.posts.get(number)
        if post is None:
            return shapes.problem("resource-not-found", "no such post", 404, resource_type="post")
        begun = self._state.posts.get(post.conversation)
        if not post.reply_to or begun is None or begun.author is not me:
            return shapes.problem("", "You can only hide replies in your own conversations.", 403)
        post.hidden = bool(request.fields["hidden"])
        return as_json({"data": {"hidden": post.hidden}})

    def own_posts(self, request: Request, me: Person, number: str) -> Reply:
        person = self._state.person(number)
        excluded = request.args.get("exclude", "").split(",")
        posts = [
            post
            for post in (self._state.own(person) if person else [])
            if not (post.repeats and "retweets" in excluded)
            and not (post.reply_to and "replies" in excluded)
        ]
        return self._page(posts, request)

    def mentions(self, request: Request, me: Person, number: str) -> Reply:
        person = self._state.person(number)
        posts = [post for post in self._newest() if person and self._names(post, person)]
        return self._page(posts, request)

    def search(self, request: Request, me: Person) -> Reply:
        """Only the words that the connector uses: conversation_id: joined by OR, and -from:"""
        query, week = request.args["query"], self._now() - timedelta(days=7)
        if len(query) > 512:
            return shapes.problem("invalid-request", "the query is too long", 400)
        since = request.args.get("since_id", "")
        if since and _made(since) < week:
            return shapes.problem("invalid-request", "'since_id' must be of the last 7 days", 400)
        wanted = set(re.findall(r"conversation_id:(\d+)", query))
        excluded = set(re.findall(r"-from:(\w+)", query))
        posts = [
            post
            for post in self._newest()
            if post.conversation in wanted
            and post.author.username not in excluded
            and post.created_at >= week
        ]
        return self._page(posts, request)

    def shown(self, post: Post) -> dict[str, Any]:
        answered = self._state.posts.get(post.reply_to)
        more = {"in_reply_to_user_id": answered.author.id} if answered else {}
        return {**shapes.post(post), **more}

    def page(self, posts: list[Post], request: Request) -> Reply:
        return self._page(posts, request)

    def _page(self, posts: Iterable[Post], request: Request) -> Reply:
        args = request.args
        since, until = int(args.get("since_id", 0)), int(args.get("until_id", 1 << 63))
        found = [post for post in posts if since < int(post.id) < until]
        if begin := args.get("start_time"):
            found = [post for post in found if post.created_at >= datetime.fromisoformat(begin)]
        start, size = int(args.get("pagination_token", 0)), int(args.get("max_results", 10))
        chosen = found[start : start + size]
        rows = [shapes.asked_for(self.shown(post), args, "post") for post in chosen]
        token = str(start + size) if start + size < len(found) else ""
        beside = shapes.includes(chosen, self._state, args)
        return shapes.answer(shapes.page(rows, token, beside), self._state)

    def _newest(self) -> list[Post]:
        return sorted(self._state.posts.values(), key=lambda post: int(post.id), reverse=True)

    def _names(self, post: Post, person: Person) -> bool:
        answered = self._state.posts.get(post.reply_to)
        named = f"@{person.username}" in post.text or (answered and answered.author is person)
        return bool(named) and post.author is not person

    def _media(self, fields: dict[str, Any], me: Person) -> tuple[Media, ...] | Reply:
        ids = (fields.get("media") or {}).get("media_ids", [])
        found = [self._state.media.get(one) for one in ids]
        usable = tuple(one for one in found if one and one.owner is me and one.ended)
        ready = [one for one in usable if not one.polls_left and not one.failed]
        kinds = {one.category for one in usable}
        if len(ready) != len(ids) or not kinds <= {"tweet_image", "tweet_gif", "tweet_video"}:
            wrong = {
                "parameters": {"media.media_ids": ids},
                "message": "Your media IDs are invalid.",
            }
            detail = "One or more parameters to your request was invalid."
            return shapes.problem("invalid-request", detail, 400, errors=[wrong])
        if len(usable) > 1 and kinds != {"tweet_image"}:
            return shapes.problem("", "Photos, one GIF or one video.", 400)
        return usable

    def _problem(
        self, fields: dict[str, Any], media: tuple[Media, ...], me: Person
    ) -> Reply | None:
        text = fields.get("text", "")
        limit = 25_000 if me.subscription in ("Premium", "PremiumPlus") else 280
        if not text.strip() and not media:
            return shapes.problem("invalid-request", "text or media are needed", 400)
        if weight(text) > limit:
            return shapes.problem("", "Your Tweet text is too long.", 403)
        if len(re.findall(r"(?<!\w)\$[A-Za-z]{1,6}\b", text)) > 1 and not self._state.enterprise:
            return shapes.problem("", "Posts are limited to 1 cashtag.", 403)
        if fields.get("quote_tweet_id") and not self._state.enterprise:
            return shapes.problem(
                "client-forbidden", "Quoting needs another plan.", 403, reason="plan"
            )
        if self._not_summoned((fields.get("reply") or {}).get("in_reply_to_tweet_id", ""), me):
            return shapes.problem("", _NOT_SUMMONED, 403)
        if not media and not fields.get("poll") and self._state.duplicate(me, text, self._now()):
            said = "You are not allowed to create a Tweet with duplicate content."
            return shapes.problem("", said, 403)
        return None

    def _not_summoned(self, reply_to: str, me: Person) -> bool:
        if not reply_to or self._state.enterprise:
            return False
        answered = self._state.posts.get(reply_to)
        if answered is None or answered.author is me:
            return False
        quoted = self._state.posts.get(answered.quotes)
        return not self._names(answered, me) and not (quoted and quoted.author is me)

    def _not_editable(self, old: Post | None, me: Person) -> Reply | None:
        if old is None or old.author is not me:
            return shapes.problem("", "This post cannot be edited.", 403)
        spent = len(old.history) >= _EDITS or self._now() - old.created_at > _EDITABLE
        if spent or old.body.get("poll"):
            return shapes.problem("", "This post is no longer editable by its author.", 403)
        return None


def _made(number: str) -> datetime:
    return datetime.fromtimestamp(((int(number) >> 22) + EPOCH_MS) / 1000, UTC)
