"""What an approval binds: every part of what leaves, and the channel that it leaves for."""

from typing import Any
from uuid import UUID

import pytest

from breakwater.domain.parcels import digest_of, digest_of_all

HERE = UUID("018f3b1e-0000-7000-8000-000000000001")
THERE = UUID("018f3b1e-0000-7000-8000-000000000002")
PICTURE = {"sha256": "a" * 64, "mime": "image/png", "size": 10, "width": 2, "height": 1, "alt": "x"}
PAYLOAD: dict[str, Any] = {
    "text": "Fog.",
    "language": "en",
    "media": [PICTURE],
    "options": {},
    "planned": {"wall": "2026-03-05T09:30", "zone": "Europe/Paris"},
}


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Fog!"},
        {"language": "fr"},
        {"media": []},
        {"media": [{**PICTURE, "alt": "y"}]},
        {"media": [{**PICTURE, "sha256": "b" * 64}]},
        {"options": {"visibility": "unlisted"}},
        {"planned": {"wall": "2026-03-05T09:31", "zone": "Europe/Paris"}},
        {"planned": {"wall": "2026-03-05T09:30", "zone": "Europe/London"}},
    ],
)
def test_any_change_is_another_digest(change: dict[str, Any]) -> None:
    assert digest_of("publish", HERE, {**PAYLOAD, **change}) != digest_of("publish", HERE, PAYLOAD)


def test_another_channel_or_deed_is_another_digest() -> None:
    own = digest_of("publish", HERE, PAYLOAD)

    assert digest_of("publish", THERE, PAYLOAD) != own
    assert digest_of("delete", HERE, PAYLOAD) != own


def test_a_version_is_its_parts_whatever_their_order() -> None:
    assert digest_of_all({(HERE, 0): "a", (THERE, 0): "b"}) == digest_of_all(
        {(THERE, 0): "b", (HERE, 0): "a"}
    )
    assert digest_of_all({(HERE, 0): "a", (THERE, 0): "b"}) != digest_of_all(
        {(HERE, 0): "b", (THERE, 0): "a"}
    )
    assert digest_of_all({(HERE, 0): "a", (HERE, 1): "b"}) != digest_of_all(
        {(HERE, 0): "b", (HERE, 1): "a"}
    )
    assert digest_of_all({(HERE, 0): "a"}) != digest_of_all({(HERE, 0): "a", (THERE, 0): "b"})
