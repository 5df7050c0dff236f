"""Asks a real server each question whose answer the fast tests rely on, and keeps the answers."""

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.peers.pds import ANSWER_S, Pds, Person, expired, start_pds

ANSWERS = Path(__file__).parent / "fixtures" / "answers.json"
RKEY = "3mzzzzzzzzz22"
OTHER_RKEY = "3mzzzzzzzzz23"
NOBODY = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
NO_BLOB = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f466"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd"
    "0000000f49444154789c63e4129163606000000126003e63f860590000000049454e44ae426082"
)
"""Two pixels wide, one high. The server looks at no more than the first bytes."""
_HEADERS = ("date", "retry-after", "ratelimit-limit", "ratelimit-reset")


def record(pds: Pds, ann: Person, bob: Person) -> dict[str, dict[str, Any]]:
    """name -> {"status", "headers", "body"}: what ann is answered in a life of her session."""
    return {
        name: {
            "status": answer.status_code,
            "headers": {key: answer.headers[key] for key in _HEADERS if key in answer.headers},
            "body": _unsigned(answer.json()) if answer.content else None,
        }
        for name, answer in _life(pds, ann, bob)
    }


def throttled(pds: Pds) -> httpx.Response:
    """The refusal of the 31st sign-in in five minutes. pds: one that counts."""
    login = {"identifier": "nobody.test", "password": "wrong"}
    url = f"{pds.origin}/xrpc/com.atproto.server.createSession"
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: httpx.post(url, json=login, timeout=ANSWER_S), range(31))
        return next(answer for answer in answers if answer.status_code == 429)


@dataclass
class _Asker:
    """Asks as ann. token: her access token, once she has signed in."""

    pds: Pds
    ann: Person
    token: str = ""

    def get(self, method: str, token: str = "", **params: str) -> httpx.Response:
        return httpx.get(self._url(method), params=params, headers=_bearer(token), timeout=ANSWER_S)

    def post(self, method: str, token: str = "", **payload: Any) -> httpx.Response:
        return httpx.post(self._url(method), json=payload, headers=_bearer(token), timeout=ANSWER_S)

    def bare(self, method: str, token: str) -> httpx.Response:
        return httpx.post(self._url(method), headers=_bearer(token), timeout=ANSWER_S)

    def upload(self, content: bytes) -> httpx.Response:
        headers = _bearer(self.token) | {"Content-Type": "image/png"}
        url = self._url("repo.uploadBlob")
        return httpx.post(url, content=content, headers=headers, timeout=ANSWER_S)

    def login(self, password: str) -> httpx.Response:
        return self.post("server.createSession", identifier=self.ann.handle, password=password)

    def put(self, place: dict[str, str], **changes: Any) -> httpx.Response:
        record = {
            "$type": "app.bsky.feed.post",
            "text": "Ahoy",
            "createdAt": "2026-01-01T00:00:00.000Z",
            **changes,
        }
        return self.post("repo.putRecord", self.token, **place, swapRecord=None, record=record)

    def _url(self, method: str) -> str:
        return f"{self.pds.origin}/xrpc/com.atproto.{method}"


Named = Iterator[tuple[str, httpx.Response]]


def _life(pds: Pds, ann: Person, bob: Person) -> Named:
    asker = _Asker(pds, ann)
    session = asker.login(ann.app_password)
    asker.token, refresh = session.json()["accessJwt"], session.json()["refreshJwt"]
    place = {"repo": ann.did, "collection": "app.bsky.feed.post", "rkey": RKEY}
    yield "session", session
    yield from _signing_in(asker)
    yield from _publishing(asker, place)
    yield from _refusals(asker, place, bob)
    yield from _ending(asker, place, refresh)


def _signing_in(asker: _Asker) -> Named:
    yield "session_main", asker.login(asker.ann.password)
    yield "wrong_password", asker.login("wrong")
    yield "who", asker.get("server.getSession", asker.token)
    yield "expired", asker.get("server.getSession", expired(asker.token))
    yield "bad_token", asker.get("server.getSession", "junk")
    yield "no_token", asker.get("server.getSession")


def _publishing(asker: _Asker, place: dict[str, str]) -> Named:
    upload = asker.upload(PNG)
    images = [{"alt": "Two pixels", "image": upload.json()["blob"]}]
    embed = {"$type": "app.bsky.embed.images", "images": images}
    yield "uploaded", upload
    yield "put", asker.put(place, embed=embed)
    yield "put_same", asker.put(place, embed=embed)
    yield "put_other", asker.put(place, text="Other")
    yield "get", asker.get("repo.getRecord", **place)
    where = {"repo": place["repo"], "collection": place["collection"]}
    yield "listed", asker.get("repo.listRecords", **where)
    for image, name in (
        ({"ref": {"$link": NO_BLOB}}, "put_blob_gone"),
        ({"size": 2_000_001}, "put_blob_big"),
    ):
        changed = [{"alt": "", "image": images[0]["image"] | image}]
        yield name, asker.put(place | {"rkey": OTHER_RKEY}, embed=embed | {"images": changed})
    yield "deleted", asker.post("repo.deleteRecord", asker.token, **place)
    yield "deleted_again", asker.post("repo.deleteRecord", asker.token, **place)
    yield "absent", asker.get("repo.getRecord", **place)


def _refusals(asker: _Asker, place: dict[str, str], bob: Person) -> Named:
    yield "put_foreign", asker.put(place | {"repo": bob.did})
    yield "elsewhere", asker.get("repo.getRecord", **place | {"repo": NOBODY})
    yield "put_too_long", asker.put(place, text="x" * 301)
    yield "put_too_many_bytes", asker.put(place, text=FAMILY * 170)
    yield "upload_too_big", asker.upload(bytes(6_000_000))
    yield "resolved", asker.get("identity.resolveHandle", handle=bob.handle)
    yield "unresolved", asker.get("identity.resolveHandle", handle="nobody.test")


def _ending(asker: _Asker, place: dict[str, str], refresh: str) -> Named:
    yield "refreshed", asker.bare("server.refreshSession", refresh)
    yield "closed", asker.bare("server.deleteSession", refresh)
    yield "refresh_revoked", asker.bare("server.refreshSession", refresh)
    asker.ann.take_down()
    yield "put_taken_down", asker.put(place)
    yield "who_taken_down", asker.get("server.getSession", asker.token)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _unsigned(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    return {
        key: f"{value.rpartition('.')[0]}.signature" if key.endswith("Jwt") else value
        for key, value in body.items()
    }


@contextmanager
def _server(**environment: str) -> Iterator[Pds]:
    with (
        tempfile.TemporaryDirectory() as home,
        start_pds(Path(home), environment=environment) as pds,
    ):
        yield pds


def main() -> None:
    """answers.json is what the server says now."""
    with _server() as pds:
        answers = record(pds, pds.account("ann"), pds.account("bob"))
    with _server(PDS_RATE_LIMITS_ENABLED="true") as pds:
        answer = throttled(pds)
    headers = {key: answer.headers[key] for key in _HEADERS if key in answer.headers}
    answers["throttled"] = {"status": answer.status_code, "headers": headers, "body": answer.json()}
    ANSWERS.write_text(json.dumps(answers, indent=1) + "\n")


if __name__ == "__main__":
    main()
