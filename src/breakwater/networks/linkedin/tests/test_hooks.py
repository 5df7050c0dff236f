"""What is pushed: only what the network signed, and nothing that is not understood."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Source, What
from breakwater.networks.linkedin.hooks import LinkedInHooks

APP = {"client_secret": "WPL_AP1.secret"}
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
HOOKS = LinkedInHooks()

# Shape as in a notification that somebody recorded in 2023 (names changed).
COMMENT = {
    "subscriber": "urn:li:person:zLq",
    "lastModifiedAt": 1_691_574_506_310,
    "decoratedSourcePost": {
        "owner": "urn:li:organization:96", "mediaCategory": "NONE", "text": "My post",
        "entity": "urn:li:share:7094637247487995904",
    },
    "sourcePost": "urn:li:activity:7094637247890620418",
    "decoratedGeneratedActivity": {
        "comment": {
            "owner": "urn:li:person:zLq", "text": "Commenting as …",
            "entity": "urn:li:comment:(urn:li:activity:7094637247890620418,7094977717598625792)",
            "object": "urn:li:activity:7094637247890620418",
        }
    },
    "action": "COMMENT",
    "notificationId": 5_603_453_321,
    "organizationalEntity": "urn:li:organization:96",
    "generatedActivity": "urn:li:comment:(activity:7094637247890620418,7094977717598625792)",
}  # fmt: skip


def _body(*rows: dict[str, Any]) -> bytes:
    said = {"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": list(rows)}
    return json.dumps(said).encode()


def _signed(body: bytes) -> dict[str, str]:
    seal = hmac.new(APP["client_secret"].encode(), b"hmacsha256=" + body, hashlib.sha256)
    return {"x-li-signature": seal.hexdigest()}


def test_a_challenge_is_answered_with_its_hash() -> None:
    echo = HOOKS.challenge({"challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0"}, APP)

    wanted = hmac.new(
        b"WPL_AP1.secret", b"890e4665-4dfe-4ab1-b689-ed553bceeed0", hashlib.sha256
    ).hexdigest()
    assert echo.mime == "application/json"
    assert json.loads(echo.text) == {
        "challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0",
        "challengeResponse": wanted,
    }


@pytest.mark.parametrize(
    ("query", "app"),
    [({}, APP), ({"challengeCode": "x" * 201}, APP), ({"challengeCode": "x"}, {})],
)
def test_other_questions_are_not_answered(query: dict[str, str], app: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        HOOKS.challenge(query, app)

    assert refused.value.reason == "hook_refused"


def test_only_what_was_signed_with_our_secret_is_taken() -> None:
    body = _body(COMMENT)

    HOOKS.verify(_signed(body), body, APP, NOW)
    HOOKS.verify(
        {"x-li-signature": "hmacsha256=" + _signed(body)["x-li-signature"]}, body, APP, NOW
    )

    for headers, changed, app in (
        (_signed(body), body + b" ", APP),
        ({}, body, APP),
        ({"x-li-signature": "é"}, body, APP),
        (_signed(body), body, {}),
    ):
        with pytest.raises(Refused):
            HOOKS.verify(headers, changed, app, NOW)


def test_a_comment_arrives_with_all_that_is_needed() -> None:
    (pushed,) = HOOKS.parse({}, _body(COMMENT))

    (arrived,) = pushed.arrived
    assert pushed.remote_id == "urn:li:organization:96"
    assert (arrived.what, arrived.text, arrived.own) == (What.COMMENT, "Commenting as …", False)
    assert arrived.remote_id == (
        "urn:li:comment:(urn:li:activity:7094637247890620418,7094977717598625792)"
    )
    assert arrived.about == "urn:li:share:7094637247487995904"
    assert arrived.at == datetime(2023, 8, 9, 9, 48, 26, 310_000, tzinfo=UTC)


def test_without_words_it_says_where_to_look() -> None:
    bare = {k: v for k, v in COMMENT.items() if not k.startswith("decorated")}

    (pushed,) = HOOKS.parse({}, _body(bare))

    assert (pushed.arrived, pushed.look) == ((), (Source.COMMENTS,))


def test_a_deleted_comment_is_gone_and_our_own_is_marked() -> None:
    bare = {k: v for k, v in COMMENT.items() if not k.startswith("decorated")}

    gone, own = HOOKS.parse(
        {}, _body({**bare, "action": "COMMENT_DELETE"}, {**COMMENT, "action": "ADMIN_COMMENT"})
    )

    assert gone.arrived[0].what is What.GONE
    assert gone.arrived[0].remote_id == (
        "urn:li:comment:(urn:li:activity:7094637247890620418,7094977717598625792)"
    )
    assert own.arrived[0].own is True


def test_likes_and_other_news_give_nothing() -> None:
    assert HOOKS.parse({}, _body({**COMMENT, "action": "LIKE"}, {"action": "COMMENT"})) == ()
    assert HOOKS.parse({}, b'{"type": "OTHER"}') == ()
    assert HOOKS.parse({}, b"[]") == ()
    with pytest.raises(Refused):
        HOOKS.parse({}, b"<html>")
    with pytest.raises(Refused):
        HOOKS.parse({}, _body({**COMMENT, "lastModifiedAt": "soon"}))
