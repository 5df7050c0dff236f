"""Public addresses of media: they name one file, they end, and nothing else opens."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from breakwater.core import media_links
from breakwater.domain.errors import NotFound, Refused

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DIGEST = "a" * 64


def parts(address: str) -> tuple[str, str, str]:
    _, _, until, seal, name = urlsplit(address).path.split("/")
    return until, seal, name


@pytest.fixture(autouse=True)
def _public(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://desk.example.org"


def test_an_address_opens_its_file_until_it_ends() -> None:
    address = media_links.address(DIGEST, "image/jpeg", now=NOW)

    assert address.startswith("https://desk.example.org/m/")
    assert address.endswith(f"/{DIGEST}.jpg")
    soon = NOW + media_links.LASTS - timedelta(seconds=1)
    assert media_links.opened(*parts(address), now=soon) == (DIGEST, "image/jpeg")
    with pytest.raises(NotFound):
        media_links.opened(*parts(address), now=NOW + media_links.LASTS)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_changed_letter_opens_nothing(part: int) -> None:
    good = list(parts(media_links.address(DIGEST, "video/mp4", now=NOW)))
    letter = "1" if good[part][0] != "1" else "2"
    good[part] = letter + good[part][1:]

    with pytest.raises(NotFound):
        media_links.opened(*good, now=NOW)


def test_the_key_of_another_installation_opens_nothing(settings: Settings) -> None:
    made = parts(media_links.address(DIGEST, "video/mp4", now=NOW))
    settings.SECRET_KEY = "another"

    with pytest.raises(NotFound):
        media_links.opened(*made, now=NOW)


@pytest.mark.parametrize(
    "url",
    ["http://desk.example.org", "https://127.0.0.1:8000", "https://10.0.0.3", "https://localhost"],
)
def test_where_nobody_outside_comes_in_nothing_is_promised(url: str, settings: Settings) -> None:
    settings.PUBLIC_URL = url

    with pytest.raises(Refused) as refused:
        media_links.address(DIGEST, "image/jpeg", now=NOW)

    assert refused.value.reason == "media_unreachable"
    assert media_links.address(DIGEST, "image/jpeg", now=NOW, local=True).startswith(url)
