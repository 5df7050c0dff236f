"""Media for networks that fetch: whole or in parts, for a while, without a session."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import AsyncClient, Client
from pytest_django import Settings

from breakwater.core import blobs, clock, media_links
from breakwater.core.serving import PIECE

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 64


@pytest.fixture
def address(settings: Settings, tmp_path: Path) -> str:
    settings.BLOBS = tmp_path
    settings.PUBLIC_URL = "https://desk.example.org"
    return urlsplit(media_links.address(blobs.store(DATA), "video/mp4")).path


def test_a_network_fetches_the_whole_without_a_cookie(address: str) -> None:
    answer = Client().get(address)

    assert (answer.status_code, answer.content) == (200, DATA)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-9", 206, DATA[:10], "bytes 0-9/16384"),
        ("bytes=16380-", 206, DATA[16380:], "bytes 16380-16383/16384"),
        ("bytes=10-5", 206, DATA[10:11], "bytes 10-10/16384"),
        ("bytes=16384-", 416, b"", "bytes */16384"),
        ("bytes=999999999999999-", 416, b"", "bytes */16384"),
    ],
)
def test_a_part_is_given_where_one_is_asked_for(
    address: str, asked: str, status: int, body: bytes, said: str
) -> None:
    answer = Client().get(address, headers={"Range": asked})

    assert (answer.status_code, answer.content) == (status, body)
    assert answer["Content-Range"] == said


@pytest.mark.parametrize("asked", ["bytes=-5", "bytes=0-1,5-9", "items=0-1", "bytes=a-b"])
def test_a_range_of_another_kind_gives_the_whole(address: str, asked: str) -> None:
    assert Client().get(address, headers={"Range": asked}).content == DATA


def test_a_changed_address_an_ended_one_and_a_missing_file_are_not_there(
    address: str, tmp_path: Path
) -> None:
    _, _, until, seal, name = address.split("/")
    old = clock.here() - media_links.LASTS - timedelta(seconds=1)
    ended = urlsplit(media_links.address(name.partition(".")[0], "video/mp4", now=old)).path

    assert Client().get(f"/m/{until}/{seal}x/{name}").status_code == 404
    assert Client().get(ended).status_code == 404
    blobs.path(name.partition(".")[0]).unlink()
    assert Client().get(address).status_code == 404


def test_what_is_large_goes_out_in_pieces(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path
    settings.PUBLIC_URL = "https://desk.example.org"
    large = bytes(1000) * 9000
    path = urlsplit(media_links.address(blobs.store(large), "video/mp4")).path

    answer: Any = Client().get(path)

    assert answer.streaming
    assert [len(piece) for piece in answer.streaming_content] == [PIECE, PIECE, 9_000_000 - 2 * PIECE]  # fmt: skip
    assert answer["Content-Length"] == "9000000"

    async def asked() -> bytes:
        answer: Any = await AsyncClient().get(path)
        return b"".join([piece async for piece in answer.streaming_content])

    assert asyncio.run(asked()) == large
    head: Any = Client().head(path)
    assert (head.streaming, head["Content-Length"]) == (False, "9000000")


def test_nothing_is_changed_there(address: str) -> None:
    assert Client().post(address).status_code == 405
    assert Client().head(address)["Content-Length"] == str(len(DATA))
