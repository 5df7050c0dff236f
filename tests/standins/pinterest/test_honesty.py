"""The description bites: what it does not allow is seen, on either side."""

import json
from typing import Any

import pytest

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.pinterest import described
from tests.standins.pinterest.standin import MENUS

ORIGIN = "https://pinterest.test"
_SOURCE = {"source_type": "image_base64", "content_type": "image/png", "data": "aGk="}
_SAID = as_json({"id": "1"}, 201)


def _found(body: dict[str, Any], reply: Reply = _SAID, query: str = "") -> list[str]:
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    request = Request("POST", "/v5/pins", query, headers, json.dumps(body).encode())
    return described.violations(request, reply, ORIGIN)


def test_a_pin_as_it_should_be_is_found_good() -> None:
    assert _found({"board_id": MENUS, "media_source": _SOURCE}) == []


@pytest.mark.parametrize(
    "body",
    [
        {"board_id": MENUS},
        {"media_source": _SOURCE},
        {"board_id": "menus", "media_source": _SOURCE},
        {"board_id": MENUS, "media_source": _SOURCE, "titel": "x"},
        {"board_id": MENUS, "media_source": _SOURCE, "title": "x" * 101},
        {"board_id": MENUS, "media_source": {**_SOURCE, "content_type": "image/webp"}},
        {"board_id": MENUS, "media_source": {**_SOURCE, "alt": "x"}},
        {"board_id": MENUS, "media_source": {"source_type": "multiple_image_base64", "items": []}},
    ],
)
def test_a_wrong_pin_is_seen(body: dict[str, Any]) -> None:
    (why,) = _found(body)

    assert why.startswith("POST /v5/pins: request: ")


def test_unknown_queries_calls_and_answers_are_seen() -> None:
    good = {"board_id": MENUS, "media_source": _SOURCE}
    stranger = Request("GET", "/v5/comments", "", {})

    assert _found(good, query="when=later") == ["POST /v5/pins: unknown query when"]
    assert described.violations(stranger, as_json({}), ORIGIN) == [
        "GET /v5/comments: not described"
    ]
    (why,) = _found(good, as_json({"id": 1}, 201))
    assert why.startswith("POST /v5/pins: reply 201: ")
