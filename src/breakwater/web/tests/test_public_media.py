"""What networks fetch from us: by its address alone, piece by piece, and nothing beside it."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import AsyncClient, Client
from pytest_django import Settings

from breakwater.core import blobs, clock, media_links
from breakwater.media.pieces import PIECE

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * (3 * PIECE // 256) + b"the end"


@pytest.fixture
def film(tmp_path: Path, settings: Settings) -> str:
    """The path of a large file's public address."""
    settings.BLOBS = tmp_path / "blobs"
    address = media_links.address(blobs.store(FILM), "video/mp4", local=True)
    return urlsplit(address).path


async def _fetched(path: str, **headers: str) -> tuple[Any, list[bytes]]:
    answer: Any = await AsyncClient().get(path, headers=headers)
    return answer, [piece async for piece in answer.streaming_content]


def test_a_film_is_never_in_memory_whole(film: str) -> None:
    answer, pieces = asyncio.run(_fetched(film))

    assert (answer.status_code, b"".join(pieces)) == (200, FILM)
    assert max(len(piece) for piece in pieces) == PIECE
    assert answer["Content-Length"] == str(len(FILM))


def test_who_asks_for_the_rest_is_given_all_of_it(film: str) -> None:
    answer, pieces = asyncio.run(_fetched(film, Range="bytes=5-"))

    assert (answer.status_code, b"".join(pieces)) == (206, FILM[5:])
    assert answer["Content-Range"] == f"bytes 5-{len(FILM) - 1}/{len(FILM)}"


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("bytes=10-19", 206, FILM[10:20]),
        ("bytes=9-3", 206, FILM[9:10]),
        (f"bytes={len(FILM)}-", 416, b""),
        (f"bytes={len(FILM) - 3}-{10**14}", 206, b"end"),
    ],
)
def test_odd_ranges_cost_nothing(film: str, asked: str, status: int, given: bytes) -> None:
    answer = Client().get(film, headers={"Range": asked})

    assert (answer.status_code, answer.content) == (status, given)


def test_the_answer_is_a_film_and_nothing_else(film: str) -> None:
    answer = Client().head(film)

    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer["Content-Length"], answer["Content-Type"]) == (str(len(FILM)), "video/mp4")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(("old", "new"), [(".mp4", ".html"), (".mp4", ".pdf"), ("/m/", "/m/1")])
def test_a_film_is_handed_out_as_nothing_else(film: str, old: str, new: str) -> None:
    assert Client().get(film.replace(old, new, 1)).status_code == 404


def test_an_address_that_ended_opens_nothing(film: str) -> None:
    early = clock.here() - media_links.LASTS - timedelta(seconds=1)
    sha256 = film.rpartition("/")[2].partition(".")[0]
    old = urlsplit(media_links.address(sha256, "video/mp4", now=early, local=True)).path

    assert Client().get(old).status_code == 404
