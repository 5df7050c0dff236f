"""What an instance says of itself."""

import asyncio
from typing import Any

import httpx
import pytest

from breakwater.domain.errors import TryLater
from breakwater.networks.base import Account
from breakwater.networks.mastodon.auth import MastodonAuth, limits_of

ACCOUNT = Account("7", "@ann@x.example", "https://x.example", {"access_token": "t"})
ME = {"id": "7", "username": "ann", "acct": "ann", "display_name": "Ann", "url": "https://x/@ann"}


def _who(answers: dict[str, httpx.Response]) -> tuple[Any, list[str]]:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return answers.get(request.url.path, httpx.Response(404, text="no"))

    async def ask() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            return await MastodonAuth(client).who(ACCOUNT)

    return asyncio.run(ask()), asked


def test_a_fork_with_another_form_is_understood() -> None:
    limits = limits_of(
        {
            "max_toot_chars": 5000,
            "upload_limit": 16_000_000,
            "description_limit": 5000,
            "configuration": None,
        }
    )

    assert limits is not None
    assert (limits.text.limit, limits.pictures, limits.text.url_cost) == (5000, 4, 23)
    assert (limits.picture_bytes, limits.alt_characters) == (16_000_000, 5000)


@pytest.mark.parametrize("nonsense", [{}, {"configuration": []}, {"max_toot_chars": "many"}])
def test_an_instance_that_says_nothing_has_no_limits_of_its_own(nonsense: dict[str, Any]) -> None:
    assert limits_of(nonsense) is None


def test_numbers_that_cannot_be_are_not_taken() -> None:
    limits = limits_of(
        {
            "configuration": {
                "statuses": {"max_characters": 1000, "max_media_attachments": -1},
                "media_attachments": {"image_size_limit": True, "supported_mime_types": ["x/y", 3]},
            }
        }
    )

    assert limits is not None
    assert limits.text.limit == 1000
    assert limits.pictures == 4
    assert limits.picture_bytes == 16_777_216
    assert "image/png" in limits.picture_types


def test_a_server_without_instance_pages_is_asked_once_each() -> None:
    who, asked = _who({"/api/v1/accounts/verify_credentials": httpx.Response(200, json=ME)})

    assert who.limits is None
    assert who.handle == "@ann@x.example"
    assert asked == [
        "/api/v1/accounts/verify_credentials",
        "/api/v2/instance",
        "/api/v1/instance",
    ]


def test_an_instance_in_trouble_is_no_reason_to_forget_its_limits() -> None:
    with pytest.raises(TryLater):
        _who(
            {
                "/api/v1/accounts/verify_credentials": httpx.Response(200, json=ME),
                "/api/v2/instance": httpx.Response(502, text="bad gateway"),
            }
        )
