"""The video service and the chat service, which the server opens doors to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.standins.bluesky.repo import stored
from tests.standins.bluesky.state import Refusal, State

_PAGE = 3


@dataclass
class Videos:
    """can_upload: what the service says of the account today. polls: how often a job is asked for
    before it is done. spoils: the next video cannot be processed."""

    can_upload: bool = True
    polls: int = 0
    spoils: bool = False
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def limits(self) -> dict[str, Any]:
        if self.can_upload:
            return {"canUpload": True, "remainingDailyVideos": 24}
        return {"canUpload": False, "message": "You have reached the daily limit"}

    def upload(self, state: State, did: str, content: bytes) -> dict[str, Any]:
        """What comes out has other bytes than what went in."""
        job = "j" + hashlib.sha256(content).hexdigest()[:16]
        self.jobs.setdefault(job, {
            "blob": stored(state, b"encoded " + content, "video/mp4"), "left": self.polls,
            "failed": self.spoils, "did": did,
        })  # fmt: skip
        self.spoils = False
        return {"jobStatus": {"jobId": job, "did": did, "state": "JOB_STATE_CREATED"}}

    def status(self, job: str) -> dict[str, Any]:
        known = self.jobs.get(job)
        if known is None:
            raise Refusal("InvalidRequest", "no such job")
        base = {"jobId": job, "did": known["did"]}
        if known["failed"]:
            failed = {
                "state": "JOB_STATE_FAILED",
                "error": "encoding_failure",
                "message": "bad codec",
            }
            return {"jobStatus": {**base, **failed}}
        if known["left"]:
            known["left"] -= 1
            return {"jobStatus": {**base, "state": "JOB_STATE_ENCODING", "progress": 40}}
        return {"jobStatus": {**base, "state": "JOB_STATE_COMPLETED", "blob": known["blob"]}}


@dataclass
class Chats:
    """One conversation for each two people. log: what happened, in its order."""

    log: list[dict[str, Any]] = field(default_factory=list)
    open_to: bool = True

    def conversation(self, me: str, members: list[str]) -> dict[str, Any]:
        if not self.open_to:
            raise Refusal("MessagesDisabled", "recipient has disabled incoming messages")
        return {"convo": {"id": self.of(me, members[0]), "members": [], "muted": False}}

    def of(self, one: str, other: str) -> str:
        return "c" + hashlib.sha256(" ".join(sorted((one, other))).encode()).hexdigest()[:12]

    def send(
        self, me: str, convo: str, message: Mapping[str, Any], now: datetime
    ) -> dict[str, Any]:
        view = {
            "$type": "chat.bsky.convo.defs#messageView", "id": f"m{len(self.log):08d}",
            "rev": f"r{len(self.log):08d}", "text": message["text"], "sender": {"did": me},
            "sentAt": now.isoformat(),
        }  # fmt: skip
        self.log.append({
            "$type": "chat.bsky.convo.defs#logCreateMessage", "rev": view["rev"], "convoId": convo,
            "message": view,
        })  # fmt: skip
        return view

    def messages(self, convo: str, cursor: str, limit: int) -> dict[str, Any]:
        """Newest first."""
        views = [row["message"] for row in reversed(self.log) if row["convoId"] == convo]
        rest = [view for view in views if not cursor or view["rev"] < cursor]
        page = rest[: min(limit, _PAGE)]
        more = {"cursor": page[-1]["rev"]} if len(rest) > len(page) else {}
        return {"messages": page, **more}

    def logged(self, cursor: str) -> dict[str, Any]:
        """Oldest first, from the cursor on."""
        rest = [row for row in self.log if row["rev"] > cursor]
        page = rest[:_PAGE]
        return {"logs": page, "cursor": page[-1]["rev"] if page else cursor}
