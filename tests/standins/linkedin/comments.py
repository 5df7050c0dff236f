"""Comments below posts and comments, and likes of either."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.linkedin.replies import refused
from tests.standins.linkedin.state import Comment

if TYPE_CHECKING:
    from tests.standins.linkedin.standin import LinkedInStandin

LONGEST = 1250


class Comments:
    def __init__(self, standin: "LinkedInStandin") -> None:
        self._standin = standin

    def calls(self) -> dict[str, Callable[..., Reply]]:
        return {
            "comments": self._list, "comment": self._write, "one_comment": self._one,
            "edit_comment": self._edit, "remove_comment": self._remove, "react": self._react,
            "reaction": self._reaction, "unreact": self._unreact,
        }  # fmt: skip

    def says(self, about: str, actor: str, text: str, parent: str = "") -> Comment:
        """Somebody comments on the network itself. Comments go by the activity of their post."""
        number = self._standin.world.number()
        if post := self._standin.posts.named(about):
            about = post.activity
        comment = Comment(
            f"urn:li:comment:({about},{number})", number, about, actor, text,
            self._standin.now_ms(), parent,
        )  # fmt: skip
        self._standin.world.comments[number] = comment
        return comment

    def _list(self, request: Request, urn: str) -> Reply:
        everybody = self._standin.world.comments.values()
        if urn.startswith("urn:li:comment:"):
            found = [c for c in everybody if c.parent == urn]
        elif post := self._standin.posts.named(urn):
            found = [c for c in everybody if c.about == post.activity and not c.parent]
        else:
            return refused(404, f"no social actions of {urn}")
        start, count = int(request.args.get("start", 0)), int(request.args.get("count", 10))
        rows = [_shown(comment) for comment in found][start : start + count]
        return as_json({"elements": rows, "paging": {"start": start, "count": count, "links": []}})

    def _write(self, request: Request, urn: str) -> Reply:
        body = request.fields
        if len(body["message"]["text"]) > LONGEST:
            return refused(400, "the comment is too long", wrong="FIELD_LENGTH_TOO_LONG")
        if self._standin.posts.named(body["object"]) is None:
            return refused(404, f"no social actions of {body['object']}")
        comment = self.says(
            body["object"], body["actor"], body["message"]["text"], body.get("parentComment", "")
        )
        for content in body.get("content", ()):
            comment.image = content["entity"]["image"]
        return as_json(_shown(comment), 201, {"x-restli-id": comment.number})

    def _one(self, request: Request, urn: str, number: str) -> Reply:
        del request, urn
        comment = self._standin.world.comments.get(number)
        return as_json(_shown(comment)) if comment else refused(404, "no such comment")

    def _edit(self, request: Request, urn: str, number: str) -> Reply:
        del urn
        comment = self._standin.world.comments.get(number)
        if comment is None or comment.actor != request.args["actor"]:
            return refused(404, "no such comment of yours")
        comment.text = request.fields["patch"]["message"]["$set"]["text"]
        return as_json(_shown(comment))

    def _remove(self, request: Request, urn: str, number: str) -> Reply:
        del request, urn
        there = self._standin.world.comments.pop(number, None)
        return Reply(204) if there else refused(404, "no such comment")

    def _react(self, request: Request) -> Reply:
        key = (request.args["actor"], request.fields["root"])
        if key in self._standin.world.reactions:
            return refused(409, "there is a reaction already")
        self._standin.world.reactions.add(key)
        return as_json({"root": key[1], "reactionType": "LIKE"}, 201)

    def _reaction(self, request: Request, actor: str, entity: str) -> Reply:
        del request
        there = (actor, entity) in self._standin.world.reactions
        return as_json({"reactionType": "LIKE"}) if there else refused(404, "no reaction")

    def _unreact(self, request: Request, actor: str, entity: str) -> Reply:
        del request
        self._standin.world.reactions.discard((actor, entity))
        return Reply(204)


def _shown(comment: Comment) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "actor": comment.actor, "commentUrn": comment.urn, "$URN": comment.urn,
        "created": {"actor": comment.actor, "time": comment.created_ms}, "id": comment.number,
        "message": {"attributes": [], "text": comment.text}, "object": comment.about,
    }  # fmt: skip
    if comment.parent:
        shown["parentComment"] = comment.parent
    if comment.image:
        shown["content"] = [{"type": "IMAGE", "entity": {"image": comment.image}, "url": "https://media.licdn.example/1"}]  # fmt: skip
    return shown
