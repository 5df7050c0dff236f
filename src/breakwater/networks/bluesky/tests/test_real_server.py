"""Everything the connector does, against a real AT Protocol server on the loopback."""

import asyncio
import base64
import hashlib
import json
import os
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from PIL import Image
from tests.peers.pds import Pds, Person, expired, start_pds

from breakwater.domain.errors import Reconnect, Refused, TryLater
from breakwater.domain.tid import tid
from breakwater.networks.base import Account, Kit, Look, Medium, Parcel, Sent
from breakwater.networks.bluesky.auth import BlueskyAuth
from breakwater.networks.bluesky.outbound import BlueskyConnector
from breakwater.networks.bluesky.tests.recording import record, throttled
from breakwater.networks.bluesky.tests.world import RECORDED, forget

pytestmark = pytest.mark.slow

T = TypeVar("T")
MADE = datetime(2026, 11, 22, 10, 30, 15, 250_000, tzinfo=UTC)


@dataclass
class Desk:
    """One connected account, as the product would use it."""

    person: Person
    account: Account
    blobs: dict[str, bytes]

    def signing(self, work: Callable[[BlueskyAuth], Awaitable[T]]) -> T:
        return _run(lambda client: work(BlueskyAuth(client)))

    def connected(self, work: Callable[[BlueskyConnector], Awaitable[T]]) -> T:
        return _run(lambda client: work(BlueskyConnector(client, self.account, Kit(self._blob))))

    def send(self, parcel: Parcel) -> Sent:
        async def prepare_and_commit(to: BlueskyConnector) -> Sent:
            return await to.commit(parcel, await to.prepare(parcel, {}, forget))

        return self.connected(prepare_and_commit)

    def posts(self) -> int:
        return len(self.connected(lambda to: to.timeline(100)))

    def picture(self, size: int, alt: str = "Grey noise") -> Medium:
        """A PNG of noise, size x size pixels, kept where the connector reads blobs."""
        noise, file = os.urandom(size * size), BytesIO()
        Image.frombytes("L", (size, size), noise).save(file, "PNG")
        content = file.getvalue()
        sha256 = hashlib.sha256(content).hexdigest()
        self.blobs[sha256] = content
        return Medium(sha256, "image/png", len(content), size, size, alt)

    async def _blob(self, sha256: str) -> bytes:
        return self.blobs[sha256]


def _run(work: Callable[[httpx.AsyncClient], Awaitable[T]]) -> T:
    async def run() -> T:
        async with httpx.AsyncClient(timeout=20) as client:
            return await work(client)

    return asyncio.run(run())


def parcel(text: str, **changes: Any) -> Parcel:
    key = tid(datetime.now(UTC), secrets.randbelow(1024))
    return Parcel(key=key, record_key=key, created_at=MADE, text=text, **changes)


def signed_in(person: Person) -> Desk:
    fields = {"handle": person.handle, "app_password": person.app_password}
    origin = person.pds.origin
    tokens = _run(lambda client: BlueskyAuth(client).sign_in(origin, fields))
    return Desk(person, Account(person.did, person.handle, origin, tokens), {})


@pytest.fixture
def desk(pds_account: Callable[[str], Person]) -> Desk:
    return signed_in(pds_account("ann"))


def test_an_app_password_opens_the_account(desk: Desk) -> None:
    who = desk.signing(lambda auth: auth.who(desk.account))

    assert who.remote_id == desk.person.did
    assert who.handle == desk.person.handle
    assert set(desk.account.secrets) == {"access_token", "refresh_token", "expires_at"}
    assert desk.person.app_password not in desk.account.secrets.values()
    expires = datetime.fromisoformat(desk.account.secrets["expires_at"])
    assert timedelta(minutes=110) < expires - datetime.now(UTC) <= timedelta(hours=2)


@pytest.mark.parametrize(
    ("password", "reason"), [("wrong", "sign_in_refused"), ("", "app_password_needed")]
)
def test_no_other_password_opens_it(desk: Desk, password: str, reason: str) -> None:
    fields = {"handle": desk.person.handle, "app_password": password or desk.person.password}

    with pytest.raises(Refused) as refused:
        desk.signing(lambda auth: auth.sign_in(desk.account.origin, fields))

    assert refused.value.reason == reason


def _name(token: str) -> str:
    """What the server knows a token by; the rest of it changes with the second it was made in."""
    claims = token.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return str(said["jti"])


def test_a_refresh_rotates_and_the_old_token_still_answers_for_a_while(desk: Desk) -> None:
    first = desk.signing(lambda auth: auth.refresh(desk.account))
    again = desk.signing(lambda auth: auth.refresh(desk.account))
    rotated = replace(desk.account, secrets=first)
    second = desk.signing(lambda auth: auth.refresh(rotated))

    old = _name(desk.account.secrets["refresh_token"])
    assert len({old, _name(first["refresh_token"]), _name(second["refresh_token"])}) == 3
    assert _name(again["refresh_token"]) == _name(first["refresh_token"])
    assert desk.signing(lambda auth: auth.who(rotated)).remote_id == desk.person.did


def test_a_revoked_session_asks_to_reconnect(desk: Desk) -> None:
    desk.signing(lambda auth: auth.revoke(desk.account))
    desk.signing(lambda auth: auth.revoke(desk.account))

    with pytest.raises(Reconnect):
        desk.signing(lambda auth: auth.refresh(desk.account))


def test_an_app_password_that_the_person_removed_asks_to_reconnect(desk: Desk) -> None:
    desk.person.revoke_app_password("tests")

    with pytest.raises(Reconnect):
        desk.signing(lambda auth: auth.refresh(desk.account))


def test_an_expired_access_token_asks_for_a_refresh_and_nothing_was_posted(desk: Desk) -> None:
    old = {**desk.account.secrets, "access_token": expired(desk.account.secrets["access_token"])}
    late = replace(desk, account=replace(desk.account, secrets=old))

    with pytest.raises(Reconnect):
        late.send(parcel("Too late"))

    assert desk.posts() == 0


def test_a_suspended_account_asks_to_reconnect(desk: Desk) -> None:
    desk.person.take_down()

    with pytest.raises(Reconnect):
        desk.send(parcel("Anyone?"))
    with pytest.raises(Reconnect):
        desk.signing(lambda auth: auth.who(desk.account))
    with pytest.raises(Refused):
        desk.connected(lambda to: to.read(f"at://{desk.person.did}/app.bsky.feed.post/3l222"))


def test_a_post_with_a_picture_and_facets_is_read_back(
    desk: Desk, pds_account: Callable[[str], Person]
) -> None:
    bob = pds_account("bob")
    text = f"👩‍👩‍👧‍👦 Ahoy @{bob.handle}, see https://example.org/é #mer"
    picture = desk.picture(32, "Grey noise, é")

    sent = desk.send(parcel(text, media=(picture,), language="fr"))
    post = desk.connected(lambda to: to.read(sent.remote_id))

    assert post is not None
    assert (post.text, post.created_at, post.url) == (text, MADE, sent.url)
    assert [(one.alt, one.sha256) for one in post.media] == [("Grey noise, é", picture.sha256)]
    assert httpx.get(post.media[0].url).content == desk.blobs[picture.sha256]
    value = _record(desk, sent)
    assert value["langs"] == ["fr"]
    assert value["embed"]["images"][0]["aspectRatio"] == {"width": 32, "height": 32}
    assert _marked(text, value["facets"]) == [
        (f"@{bob.handle}", {"$type": "app.bsky.richtext.facet#mention", "did": bob.did}),
        (
            "https://example.org/é",
            {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/é"},
        ),
        ("#mer", {"$type": "app.bsky.richtext.facet#tag", "tag": "mer"}),
    ]


def test_the_same_parcel_twice_is_one_post(desk: Desk) -> None:
    once = parcel("Once", media=(desk.picture(16),))

    first, second = desk.send(once), desk.send(once)

    assert first.remote_id == second.remote_id
    assert desk.posts() == 1


def test_another_text_under_the_same_key_changes_nothing(desk: Desk) -> None:
    first = parcel("First")
    sent = desk.send(first)

    again = desk.send(replace(first, text="Second"))

    assert again.remote_id == sent.remote_id
    assert "InvalidSwap" in again.detail
    post = desk.connected(lambda to: to.read(sent.remote_id))
    assert post is not None
    assert post.text == "First"


def test_two_commits_at_once_are_one_post(desk: Desk) -> None:
    once = parcel("At once")

    async def both(to: BlueskyConnector) -> list[Sent]:
        return await asyncio.gather(*(to.commit(once, {"facets": []}) for _ in range(4)))

    sent = desk.connected(both)

    assert len({one.remote_id for one in sent}) == 1
    assert desk.posts() == 1


def test_a_look_is_exact_before_and_after(desk: Desk) -> None:
    one = parcel("Where am I?")

    before = desk.connected(lambda to: to.look(one, {}))
    sent = desk.send(one)
    after = desk.connected(lambda to: to.look(one, {}))

    assert before == Look(exact=True, posts=())
    assert [post.remote_id for post in after.posts] == [sent.remote_id]


def test_deleting_twice_is_deleting_once_with_proof_of_absence(desk: Desk) -> None:
    sent = desk.send(parcel("Short life", media=(desk.picture(16),)))

    desk.connected(lambda to: to.delete(sent.remote_id))
    desk.connected(lambda to: to.delete(sent.remote_id))

    assert desk.connected(lambda to: to.read(sent.remote_id)) is None
    assert desk.posts() == 0


def test_the_limits_of_the_text_are_those_of_the_server(desk: Desk) -> None:
    longest = "👩‍👩‍👧‍👦" * 120  # 120 characters, 3,000 bytes
    desk.send(parcel(longest))
    desk.send(parcel("x" * 300))

    for text in (longest + "x", "x" * 301):
        one = parcel(text)
        with pytest.raises(Refused) as ours:
            desk.send(one)
        with pytest.raises(Refused) as theirs:
            desk.connected(partial(BlueskyConnector.commit, parcel=one, handle={"facets": []}))
        assert ours.value.reason == theirs.value.reason == "text_too_long"
    assert desk.posts() == 2


def test_a_picture_too_large_for_this_server_is_refused_and_nothing_is_posted(desk: Desk) -> None:
    # @atproto/pds 0.4.217 still has the lexicon of 1 MB a picture
    big = desk.picture(1200)
    assert 1_000_000 < big.size < 2_000_000

    with pytest.raises(Refused) as refused:
        desk.send(parcel("Look", media=(big,)))

    assert refused.value.reason == "too_large"
    assert desk.posts() == 0


def test_a_picture_too_large_for_any_server_is_not_uploaded(desk: Desk) -> None:
    huge = desk.picture(1500)
    assert huge.size > 2_000_000

    with pytest.raises(Refused) as refused:
        desk.send(parcel("Look", media=(huge,)))

    assert refused.value.reason == "too_large"


def test_the_timeline_shows_the_newest_first(desk: Desk) -> None:
    desk.send(replace(parcel("old"), created_at=MADE))
    desk.send(replace(parcel("new"), created_at=MADE + timedelta(hours=1)))

    posts = desk.connected(lambda to: to.timeline(10))

    assert [post.text for post in posts] == ["new", "old"]


def test_the_timeline_goes_on_over_pages(desk: Desk) -> None:
    for number in range(3):
        desk.send(parcel(str(number)))

    def texts(limit: int) -> list[str]:
        return [post.text for post in desk.connected(lambda to: to.timeline(limit))]

    assert sorted(texts(2)) == ["1", "2"]
    assert sorted(texts(500)) == ["0", "1", "2"]


def test_the_31st_sign_in_is_told_how_long_to_wait(tmp_path: Path) -> None:
    with start_pds(tmp_path, environment={"PDS_RATE_LIMITS_ENABLED": "true"}) as pds:
        last = throttled(pds)
        fields = {"handle": "nobody.test", "app_password": "wrong"}
        with pytest.raises(TryLater) as later:
            _run(lambda client: BlueskyAuth(client).sign_in(pds.origin, fields))

    assert last.status_code == 429
    assert later.value.throttled
    assert later.value.after_s is not None
    assert 0 < later.value.after_s <= 300


def test_a_server_that_is_not_there_is_tried_later(desk: Desk) -> None:
    nobody = replace(desk, account=replace(desk.account, origin="http://127.0.0.1:9"))

    with pytest.raises(TryLater):
        nobody.connected(lambda to: to.commit(parcel("Ahoy"), {"facets": []}))


def test_the_recorded_answers_are_what_the_server_still_says(
    pds: Pds, pds_account: Callable[[str], Person]
) -> None:
    now = record(pds, pds_account("ann"), pds_account("bob"))

    before = {name: answer for name, answer in RECORDED.items() if name != "throttled"}
    assert _shapes(now) == _shapes(before)


def _shapes(answers: dict[str, dict[str, Any]]) -> dict[str, object]:
    """Status, the names in the body, and the server's name for an error."""
    return {
        name: (
            answer["status"],
            sorted(answer["body"] or {}),
            (answer["body"] or {}).get("error"),
        )
        for name, answer in answers.items()
    }


def _record(desk: Desk, sent: Sent) -> dict[str, Any]:
    did, collection, rkey = sent.remote_id.removeprefix("at://").split("/")
    place = {"repo": did, "collection": collection, "rkey": rkey}
    answer = httpx.get(f"{desk.account.origin}/xrpc/com.atproto.repo.getRecord", params=place)
    value: dict[str, Any] = answer.json()["value"]
    return value


def _marked(text: str, facets: list[dict[str, Any]]) -> list[tuple[str, dict[str, str]]]:
    raw = text.encode()
    return [
        (raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(), one["features"][0])
        for one in facets
    ]
