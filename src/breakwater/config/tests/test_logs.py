"""Logs hold no secret, no body, and no line that somebody else wrote."""

import io
import json
import logging
import logging.config
import uuid
from collections.abc import Callable, Iterator

import pytest
import structlog

from breakwater.config import logging as logs

CANARY = "canary7f3a91"
Written = Callable[[], str]


@pytest.fixture(params=["json", "console"])
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    """What the configured handler writes for a logger of its own, in both forms."""
    form = logs.configured(request.param, "debug")["formatters"]["line"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    factory = form.pop("()")
    handler.setFormatter(factory(**form))
    logger = logging.getLogger("breakwater.tests.logs")
    logger.handlers, logger.propagate, logger.level = [handler], False, logging.DEBUG
    yield stream.getvalue
    logger.handlers, logger.propagate = [], True


@pytest.mark.parametrize(
    "name",
    [
        "token", "access_token", "refreshToken", "password", "Authorization", "cookie", "set_cookie",
        "client_secret", "api_key", "credential", "session_id", "sealed", "verifier",
        "body", "text", "payload", "content", "email", "anything_else",
    ],
)  # fmt: skip
def test_a_text_passes_only_under_a_known_name(written: Written, name: str) -> None:
    structlog.get_logger("breakwater.tests.logs").warning("tried", **{name: CANARY})

    assert "tried" in written()
    assert CANARY not in written()


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"bearer {CANARY}",
        f"GET https://user:{CANARY}@example.org/path",
        f"GET https://example.org/oauth?code={CANARY}&state=x",
        f"postgresql://breakwater:{CANARY}@db/desk",
        f"password={CANARY}",
        f'{{"access_token": "{CANARY}"}}',
        f"refresh_token: '{CANARY}'",
        f"Cookie: {CANARY}",
        f"eyJhbGciOiJIUzI1NiJ9.{CANARY}.{CANARY}",
        f"Bad Request: /invitation/{CANARY:x<43}/",
    ],
)
def test_a_secret_inside_a_message_is_hidden(written: Written, text: str) -> None:
    logging.getLogger("breakwater.tests.logs").warning("seen: %s", text)

    assert "seen" in written()
    assert CANARY not in written()


def test_a_secret_inside_a_trace_is_hidden(written: Written) -> None:
    try:
        raise RuntimeError(f"could not reach https://x:{CANARY}@example.org/?token={CANARY}")
    except RuntimeError:
        logging.getLogger("breakwater.tests.logs").exception("failed")

    assert "RuntimeError" in written()
    assert CANARY not in written()


def test_nested_values_are_hidden_too(written: Written) -> None:
    log = structlog.get_logger("breakwater.tests.logs")

    log.info("tried", what={"network": "x", "deep": [{"token": CANARY}, CANARY]})

    assert CANARY not in written()


def test_nobody_can_forge_a_line(written: Written) -> None:
    log = structlog.get_logger("breakwater.tests.logs")

    log.info("named\r\n2026-01-01 forged\x1b[31m", slug="a\nb\u2028c")
    logging.getLogger("breakwater.tests.logs").info("also %s", "x\nforged")

    assert len(written().splitlines()) == 2
    assert "\x1b" not in written()


def test_figures_and_ids_pass_under_any_name(written: Written) -> None:
    one = uuid.UUID("0198c0de-0000-7000-8000-000000000001")

    structlog.get_logger("breakwater.tests.logs").info("sent", delivery=one, tries=3, late=1.5)

    assert all(part in written() for part in (str(one), "3", "1.5"))


def test_json_is_one_object_a_line() -> None:
    line = logs.redact(None, "info", {"event": "sent", "state": "accepted", "body": "Hello"})

    assert json.loads(json.dumps(line)) == {
        "event": "sent",
        "state": "accepted",
        "body": "[5 characters]",
    }
