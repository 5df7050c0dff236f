"""Writes openapi.trimmed.json from the full description: our paths, known errors mended.

    python -m tests.standins.mastodon.trim PATH/TO/openapi.json

What is mended, and why, is in `PATCHES` below and in openapi.SOURCE.md.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TRIMMED = HERE / "openapi.trimmed.json"

OPERATIONS = {
    "/api/v1/apps": ("post",),
    "/oauth/authorize": ("get",),
    "/oauth/token": ("post",),
    "/oauth/revoke": ("post",),
    "/api/v1/accounts/verify_credentials": ("get",),
    "/api/v1/accounts/{id}/statuses": ("get",),
    "/api/v1/instance": ("get",),
    "/api/v2/instance": ("get",),
    "/api/v2/media": ("post",),
    "/api/v1/media/{id}": ("get",),
    "/api/v1/statuses": ("post",),
    "/api/v1/statuses/{id}": ("get", "put", "delete"),
    "/api/v1/statuses/{id}/context": ("get",),
    "/api/v1/statuses/{id}/favourite": ("post",),
    "/api/v1/statuses/{id}/unfavourite": ("post",),
    "/api/v1/statuses/{id}/pin": ("post",),
    "/api/v1/statuses/{id}/unpin": ("post",),
    "/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke": ("post",),
    "/api/v1/notifications": ("get",),
    "/api/v1/conversations": ("get",),
    "/api/v1/accounts/relationships": ("get",),
    "/api/v1/accounts/{id}": ("get",),
    "/api/v1/accounts/{id}/following": ("get",),
    "/api/v1/accounts/{id}/mute": ("post",),
    "/api/v1/accounts/{id}/unmute": ("post",),
    "/api/v1/accounts/{id}/block": ("post",),
    "/api/v1/accounts/{id}/unblock": ("post",),
    "/api/v1/accounts/{id}/unfollow": ("post",),
    "/api/v1/reports": ("post",),
    "/api/v1/streaming/user": ("get",),
}

_PROSE = ("description", "example", "examples", "externalDocs", "links", "tags", "summary")


def trimmed(full: dict[str, Any]) -> dict[str, Any]:
    """The description of OPERATIONS alone, without prose, with PATCHES applied."""
    paths = {
        path: {method: full["paths"][path][method] for method in methods}
        for path, methods in OPERATIONS.items()
    }
    result: dict[str, Any] = {
        "openapi": full["openapi"],
        "info": {k: full["info"][k] for k in ("title", "version", "license")},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": full["components"],
    }
    result = _without_prose(result)
    for patch in PATCHES:
        patch(result)
    _keep_what_is_referred_to(result)
    return result


def idempotency_key_is_a_string(spec: dict[str, Any]) -> None:
    """It is typed `object`, which no header can be."""
    for parameter in spec["paths"]["/api/v1/statuses"]["post"]["parameters"]:
        if parameter["name"] == "Idempotency-Key":
            parameter["schema"] = {"type": "string"}


def a_deleted_status_has_no_content(spec: dict[str, Any]) -> None:
    """The answer to DELETE demands `content`; 192 recorded answers have `text` instead."""
    status = spec["components"]["schemas"]["Status"]
    deleted = {**status, "required": [r for r in status["required"] if r != "content"] + ["text"]}
    spec["components"]["schemas"]["DeletedStatus"] = deleted
    answer = spec["paths"]["/api/v1/statuses/{id}"]["delete"]["responses"]["200"]
    answer["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/DeletedStatus"}


def a_status_may_have_text_and_media(spec: dict[str, Any]) -> None:
    """`oneOf` text, media or poll refuses a text with a picture. Unknown fields are refused."""
    content = spec["paths"]["/api/v1/statuses"]["post"]["requestBody"]["content"]
    schema = content["application/json"]["schema"]
    content["application/json"]["schema"] = {
        "type": "object",
        "anyOf": schema["oneOf"],
        "unevaluatedProperties": False,
    }


def forms_are_strict(spec: dict[str, Any]) -> None:
    """An unknown field in a request body is refused, so that a misspelt name is caught."""
    for operations in spec["paths"].values():
        for operation in operations.values():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                if "properties" in media["schema"]:
                    media["schema"]["additionalProperties"] = False


def a_refresh_has_no_code(spec: dict[str, Any]) -> None:
    """`code` is required of every grant; a grant of RFC 6749 section 6 has `refresh_token`."""
    content = spec["paths"]["/oauth/token"]["post"]["requestBody"]["content"]
    schema = content["application/json"]["schema"]
    schema["required"] = ["client_id", "client_secret", "grant_type"]
    schema["properties"]["refresh_token"] = {"type": "string"}
    schema["anyOf"] = [{"required": ["code", "redirect_uri"]}, {"required": ["refresh_token"]}]


def a_token_is_a_bearer_token(spec: dict[str, Any]) -> None:
    """openapi-core knows no `oauth2`; the scopes stay in each operation's `security`."""
    spec["components"]["securitySchemes"] = {"OAuth2": {"type": "http", "scheme": "bearer"}}


def an_upload_is_checked_as_json(spec: dict[str, Any]) -> None:
    """A file is bytes, which no schema can judge: its field is checked as the file's name."""
    content = spec["paths"]["/api/v2/media"]["post"]["requestBody"]["content"]
    content["application/json"] = content.pop("multipart/form-data")
    for schema in content["application/json"]["schema"]["properties"].values():
        schema.pop("format", None)


def media_attributes_are_objects(spec: dict[str, Any]) -> None:
    """`media_attributes[]` is a list of texts there; a real one takes objects under
    `media_attributes` (its cassette test_status_update_with_media_edit)."""
    content = spec["paths"]["/api/v1/statuses/{id}"]["put"]["requestBody"]["content"]
    properties = content["application/json"]["schema"]["properties"]
    del properties["media_attributes[]"]
    properties["media_attributes"] = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("id", "description", "focus")},
            "required": ["id"],
            "additionalProperties": False,
        },
    }


def a_quote_may_fit_twice(spec: dict[str, Any]) -> None:
    """`oneOf` a quote and a shallow one refuses a revoked quote, which is both."""
    quote = spec["components"]["schemas"]["Status"]["properties"]["quote"]
    quote["anyOf"] = quote.pop("oneOf")


def an_instance_may_have_no_address(spec: dict[str, Any]) -> None:
    """`email` has the format email; where nobody filled it in, a real one says ""."""
    schemas = spec["components"]["schemas"]
    for holder in (schemas["V1Instance"], schemas["Instance"]["properties"]["contact"]):
        email = holder.get("properties", {}).get("email", {})
        email.pop("format", None)


PATCHES = (
    a_quote_may_fit_twice,
    media_attributes_are_objects,
    an_instance_may_have_no_address,
    an_upload_is_checked_as_json,
    idempotency_key_is_a_string,
    a_deleted_status_has_no_content,
    a_status_may_have_text_and_media,
    forms_are_strict,
    a_refresh_has_no_code,
    a_token_is_a_bearer_token,
)


def _without_prose(value: Any, inside: str = "") -> Any:
    """`value` without descriptions and examples; a property that is so called stays."""
    if isinstance(value, list):
        return [_without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    names_are_ours = inside in ("properties", "paths", "schemas", "headers", "responses")
    return {
        key: _without_prose(item, key)
        for key, item in value.items()
        if names_are_ours or key not in _PROSE
    } | ({"description": ""} if inside.isdigit() else {})


def _keep_what_is_referred_to(spec: dict[str, Any]) -> None:
    components = spec["components"]
    wanted = {"schemas": {}, "headers": {}}
    queue = [spec["paths"]]
    while queue:
        for kind, name in sorted(_references(queue.pop())):
            if name not in wanted[kind]:
                wanted[kind][name] = components[kind][name]
                queue.append(components[kind][name])
    for kind, found in wanted.items():
        components[kind] = dict(sorted(found.items()))
    for kind in [k for k in components if k not in (*wanted, "securitySchemes")]:
        del components[kind]


def _references(value: Any) -> set[tuple[str, str]]:
    if isinstance(value, list):
        return set().union(*map(_references, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(_references, value.values())) if value else set()
    if isinstance(ref := value.get("$ref"), str):
        _, _, kind, name = ref.split("/")
        found.add((kind, name))
    return found


if __name__ == "__main__":
    full = json.loads(Path(sys.argv[1]).read_text())
    TRIMMED.write_text(json.dumps(trimmed(full), indent=1, ensure_ascii=False) + "\n")
