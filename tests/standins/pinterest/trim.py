"""Writes openapi.trimmed.json from the official description: our calls, known errors mended.

    python -m tests.standins.pinterest.trim PATH/TO/openapi.json

What is mended, and why, is in `PATCHES` below and in openapi.SOURCE.md.
"""

import json
import sys
from pathlib import Path
from typing import Any

TRIMMED = Path(__file__).with_name("openapi.trimmed.json")

OPERATIONS = {
    "/oauth/token": ("post",),
    "/user_account": ("get",),
    "/user_account/analytics": ("get",),
    "/user_account/following": ("get",),
    "/boards": ("get",),
    "/boards/{board_id}/pins": ("get",),
    "/boards/{board_id}/sections": ("get",),
    "/media": ("post",),
    "/media/{media_id}": ("get",),
    "/pins": ("get", "post"),
    "/pins/{pin_id}": ("get", "patch", "delete"),
    "/pins/{pin_id}/analytics": ("get",),
}
_PROSE = ("description", "example", "examples", "externalDocs", "summary", "tags", "title")
_NAMES = ("properties", "paths", "schemas", "responses", "parameters")
_STRICT = (
    "PinCreate", "PinUpdate", "MediaUploadCreate", "PinMediaSourceImageBase64",
    "PinMediaSourceImageURL", "PinMediaSourceVideoID", "PinMediaSourceImagesBase64",
    "PinMediaSourceImagesBase64Item", "PinMediaSourceImagesURL", "PinMediaSourceImagesURLItem",
)  # fmt: skip


def trimmed(full: dict[str, Any]) -> dict[str, Any]:
    """The description of OPERATIONS alone, without prose, with PATCHES applied."""
    paths = {
        f"/v5{path}": {method: full["paths"][path][method] for method in methods}
        for path, methods in OPERATIONS.items()
    }
    spec = _without_prose(
        {
            "openapi": full["openapi"],
            "info": {"version": full["info"]["version"], "license": full["info"]["license"]},
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": full["components"],
        }
    )
    spec["info"]["title"] = full["info"]["title"]
    for patch in PATCHES:
        patch(spec)
    _keep_what_is_referred_to(spec)
    return spec


def a_pin_has_a_board_and_a_medium(spec: dict[str, Any]) -> None:
    spec["components"]["schemas"]["PinCreate"]["required"] = ["board_id", "media_source"]


def a_metric_may_be_of_several_lists(spec: dict[str, Any]) -> None:
    for name in ("query_metric_types", "query_pin_analytics_metric_types"):
        items = spec["components"]["parameters"][name]["schema"]["items"]
        if "oneOf" in items:
            items["anyOf"] = items.pop("oneOf")


def token_forms_are_one(spec: dict[str, Any]) -> None:
    text = {"type": "string"}
    names = ("code", "redirect_uri", "refresh_token", "scope", "continuous_refresh")
    spec["components"]["schemas"]["OauthAccessTokenRequest"] = {
        "type": "object",
        "properties": {
            "grant_type": {"enum": ["authorization_code", "refresh_token", "client_credentials"]},
            **dict.fromkeys(names, text),
        },
        "required": ["grant_type"],
        "anyOf": [
            {"required": ["code", "redirect_uri"]},
            {"required": ["refresh_token"]},
            {"required": ["scope"]},
        ],
        "additionalProperties": False,
    }


def token_answers_are_one(spec: dict[str, Any]) -> None:
    answer = spec["components"]["schemas"]["OauthAccessTokenResponse"]
    answer.pop("discriminator")
    number = {"type": "integer"}
    answer["properties"] |= {
        "refresh_token": {"type": "string"},
        "refresh_token_expires_in": number,
        "refresh_token_expires_at": number,
    }


def times_have_no_zone(spec: dict[str, Any]) -> None:
    spec["components"]["schemas"]["Pin"]["properties"]["created_at"].pop("format")


def a_token_is_a_bearer_token(spec: dict[str, Any]) -> None:
    """openapi-core knows no `oauth2`; the scopes stay in each operation's `security`."""
    spec["components"]["securitySchemes"] = {
        "pinterest_oauth2": {"type": "http", "scheme": "bearer"},
        "client_credentials": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "basic"},
    }


def bodies_are_strict(spec: dict[str, Any]) -> None:
    for name in _STRICT:
        spec["components"]["schemas"][name]["additionalProperties"] = False


PATCHES = (
    a_pin_has_a_board_and_a_medium,
    a_metric_may_be_of_several_lists,
    token_forms_are_one,
    token_answers_are_one,
    times_have_no_zone,
    a_token_is_a_bearer_token,
    bodies_are_strict,
)


def _without_prose(value: Any, inside: str = "") -> Any:
    """`value` without descriptions and examples; a property that is so called stays."""
    if isinstance(value, list):
        return [_without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _without_prose(item, key)
        for key, item in value.items()
        if inside in _NAMES or (key not in _PROSE and not key.startswith("x-sdk"))
    }
    return kept | ({"description": ""} if "content" in value or inside.isdigit() else {})


def _keep_what_is_referred_to(spec: dict[str, Any]) -> None:
    components = spec["components"]
    wanted: dict[str, dict[str, Any]] = {"schemas": {}, "parameters": {}, "responses": {}}
    queue: list[Any] = [spec["paths"]]
    while queue:
        for kind, name in sorted(_references(queue.pop())):
            if name not in wanted[kind]:
                wanted[kind][name] = components[kind][name]
                queue.append(components[kind][name])
    for kind in [k for k in components if k != "securitySchemes"]:
        components[kind] = dict(sorted(wanted.get(kind, {}).items()))
        if not components[kind]:
            del components[kind]


def _references(value: Any) -> set[tuple[str, str]]:
    if isinstance(value, list):
        return set().union(*map(_references, value)) if value else set()
    if isinstance(value, str) and value.startswith("#/components/"):
        _, _, kind, name = value.split("/")
        return {(kind, name)}
    if not isinstance(value, dict):
        return set()
    return set().union(*map(_references, value.values())) if value else set()


if __name__ == "__main__":
    full = json.loads(Path(sys.argv[1]).read_text())
    TRIMMED.write_text(json.dumps(trimmed(full), indent=1, ensure_ascii=False) + "\n")
