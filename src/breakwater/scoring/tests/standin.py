"""A real server on 127.0.0.1 that speaks like a moderation and a chat service, or misbehaves."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Reply = tuple[int, Any]
"""Status, and what is sent as JSON; a str or bytes as it stands."""


@dataclass
class StandIn:
    """reply: what it answers to (path, question). asked: all questions with their keys, in order."""

    reply: Callable[[str, dict[str, Any]], Reply]
    port: int = 0
    asked: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.origin}/v1"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def standing_in(reply: Callable[[str, dict[str, Any]], Reply]) -> AsyncIterator[StandIn]:
    server = StandIn(reply)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                named = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                sent = {name.lower(): value for name, value in named.items()}
                question = json.loads(await reader.readexactly(int(sent["content-length"])))
                path = head.split(" ", 2)[1]
                server.asked.append((path, question, sent.get("authorization", "")))
                status, said = server.reply(path, question)
                if status == 0:
                    await asyncio.sleep(60)
                body = said if isinstance(said, bytes) else json.dumps(said).encode()
                extra = "".join(f"{name}: {value}\r\n" for name, value in server.headers.items())
                lines = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
                writer.write(lines.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


def rated(**chances: float) -> Reply:
    """What a chat service says that rates as it was asked; 0 for what is not named."""
    kinds = ("abusive", "insult", "threat", "identity_hate", "sexual")
    return spoken(json.dumps({kind: chances.get(kind, 0) for kind in kinds}))


def spoken(content: Any, finish: str = "stop") -> Reply:
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return 200, {"choices": [choice]}


def moderated(*scores: dict[str, Any]) -> Reply:
    return 200, {"results": [{"flagged": True, "category_scores": one} for one in scores]}
