"""Direct messages between two people."""

from collections.abc import Callable
from datetime import datetime

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.x import shapes
from tests.standins.x.state import Message, Person, State

_TOKEN = "page-of-messages-after-"


class Mail:
    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self._state = state
        self._now = now

    def send_dm(self, request: Request, me: Person, where: str) -> Reply:
        ids = [one["media_id"] for one in request.fields.get("attachments", ())]
        media = [self._state.media[one] for one in ids if one in self._state.media]
        if len(media) != len(ids) or any(not m.category.startswith("dm_") for m in media):
            return shapes.problem("invalid-request", "Invalid attachment", 400)
        made = self.add(me, self._conversation(me, where), request.fields.get("text", ""))
        made.media = tuple(media)
        data = {"dm_conversation_id": made.conversation, "dm_event_id": made.id}
        return as_json({"data": data}, 201)

    def add(self, sender: Person, conversation: str, text: str) -> Message:
        number = self._state.new_id(self._now())
        made = Message(number, sender, conversation, text, self._now())
        self._state.messages[number] = made
        return made

    def between(self, one: Person, other: Person) -> str:
        return "-".join(sorted((one.id, other.id), key=int))

    def dm_events(self, request: Request, me: Person) -> Reply:
        mine = [one for one in self._newest() if me.id in one.conversation.split("-")]
        return self._page(mine, request)

    def conversation(self, request: Request, me: Person, where: str) -> Reply:
        wanted = self._conversation(me, where)
        return self._page([one for one in self._newest() if one.conversation == wanted], request)

    def dm_event(self, request: Request, me: Person, number: str) -> Reply:
        found = self._state.messages.get(number)
        if found is None:
            return as_json(shapes.missing(number, "dm_event"))
        return as_json({"data": shapes.asked_for(shapes.message(found), request.args, "dm_event")})

    def delete_dm(self, request: Request, me: Person, number: str) -> Reply:
        if self._state.messages.pop(number, None) is None:
            return shapes.problem(
                "resource-not-found", "no such event", 404, resource_type="dm_event"
            )
        return as_json({"data": {"deleted": True}})

    def _conversation(self, me: Person, where: str) -> str:
        other = self._state.person(where.removeprefix("with/"))
        return self.between(me, other) if where.startswith("with/") and other else where

    def _newest(self) -> list[Message]:
        return sorted(self._state.messages.values(), key=lambda one: int(one.id), reverse=True)

    def _page(self, found: list[Message], request: Request) -> Reply:
        args = request.args
        start = int(args.get("pagination_token", "0").removeprefix(_TOKEN))
        size = int(args.get("max_results", "100"))
        chosen = found[start : start + size]
        meta: dict[str, object] = {"result_count": len(chosen)}
        if start + size < len(found):
            meta["next_token"] = f"{_TOKEN}{start + size}"
        rows = [shapes.asked_for(shapes.message(one), args, "dm_event") for one in chosen]
        people = {one.sender.id: one.sender for one in chosen}
        users = [shapes.asked_for(shapes.user(one), args, "user") for one in people.values()]
        body: dict[str, object] = {"meta": meta}
        if rows:
            body |= {"data": rows, "includes": {"users": users}}
        return as_json(body)
