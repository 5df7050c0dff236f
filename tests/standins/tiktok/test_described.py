"""The stand-in sees what the guide does not have."""

import json

import pytest

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.tiktok.described import violations
from tests.standins.tiktok.network import OK, good

JSON = {"content-type": "application/json; charset=UTF-8"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def _post(path: str, body: object, query: str = "") -> Request:
    return Request("POST", path, query, JSON, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Request("GET", "/v2/comment/list/"), "not in the guide"),
        (_post("/v2/post/publish/status/fetch/", {"publishId": "1"}), "'publish_id' is a required"),
        (_post("/v2/video/list/", {"max_count": 21}, "fields=id"), "21 is greater than"),
        (_post("/v2/video/list/", {}, "fields=id,likes"), "unknown field likes"),
        (_post("/v2/video/list/", {}), "no fields are asked for"),
        (Request("POST", "/v2/video/list/", "fields=id", {}, b""), "content type"),
        (
            Request("PUT", "/video/", "", {"content-type": "video/mp4", "authorization": "Bearer x"}),
            "a token goes",
        ),
        (Request("POST", "/v2/oauth/token/", "", FORM, b"grant_type=password"), "unknown grant"),
        (
            Request("POST", "/v2/oauth/token/", "", FORM, b"grant_type=refresh_token&client_id=x"),
            "fields ['client_id', 'grant_type']",
        ),
    ],
)  # fmt: skip
def test_a_request_that_is_not_in_the_guide_is_seen(request_: Request, why: str) -> None:
    found = violations(request_, Reply(404, lie=True))

    assert any(why in sentence for sentence in found), found


def test_an_answer_that_is_not_in_the_guide_is_seen() -> None:
    asked = _post("/v2/post/publish/status/fetch/", {"publish_id": "v_pub_file~1"})

    assert violations(asked, good({"status": "PUBLISH_COMPLETE"})) == []
    assert violations(asked, good({"status": "DONE"})) != []
    assert violations(asked, as_json({"data": {}, "error": {**OK, "code": 0}})) != []
