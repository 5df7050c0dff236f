"""The part of the full description that the stand-in has, with what openapi-core cannot read
mended. Made in memory each time: nothing of it is kept (SOURCE.md)."""

from typing import Any

OPERATIONS = {
    "/2/users/me": ("get",),
    "/2/users/{id}": ("get",),
    "/2/users/{id}/tweets": ("get",),
    "/2/users/{id}/mentions": ("get",),
    "/2/users/{id}/likes": ("post",),
    "/2/users/{id}/likes/{tweet_id}": ("delete",),
    "/2/users/{id}/liked_tweets": ("get",),
    "/2/users/{id}/muting": ("post",),
    "/2/users/{source_user_id}/muting/{target_user_id}": ("delete",),
    "/2/users/{id}/following": ("get",),
    "/2/users/{source_user_id}/following/{target_user_id}": ("delete",),
    "/2/tweets": ("post",),
    "/2/tweets/{id}": ("get", "delete"),
    "/2/tweets/{tweet_id}/hidden": ("put",),
    "/2/tweets/search/recent": ("get",),
    "/2/media/upload": ("get",),
    "/2/media/upload/initialize": ("post",),
    "/2/media/upload/{id}/append": ("post",),
    "/2/media/upload/{id}/finalize": ("post",),
    "/2/media/metadata": ("post",),
    "/2/dm_events": ("get",),
    "/2/dm_events/{event_id}": ("get", "delete"),
    "/2/dm_conversations/with/{participant_id}/messages": ("post",),
    "/2/dm_conversations/with/{participant_id}/dm_events": ("get",),
    "/2/dm_conversations/{dm_conversation_id}/messages": ("post",),
    "/2/dm_conversations/{id}/dm_events": ("get",),
    "/2/webhooks": ("get", "post"),
    "/2/webhooks/{webhook_id}": ("put",),
    "/2/activity/subscriptions": ("get", "post", "delete"),
}


def trimmed(full: dict[str, Any]) -> dict[str, Any]:
    """OPERATIONS alone; references in parameters resolved; a bearer token for each sign-in."""
    parameters = full["components"]["parameters"]
    paths: dict[str, Any] = {}
    for path, methods in OPERATIONS.items():
        paths[path] = {}
        for method in methods:
            found = dict(full["paths"][path][method])
            found["parameters"] = [
                parameters[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
                for one in found.get("parameters", ())
            ]
            paths[path][method] = found
    result = {
        "openapi": full["openapi"],
        "info": full["info"],
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": full["components"]["schemas"],
            "securitySchemes": {
                name: {"type": "http", "scheme": "bearer"}
                for name in full["components"]["securitySchemes"]
            },
        },
    }
    _no_discriminators(result)
    return result


def _no_discriminators(value: Any) -> None:
    """A discriminator that is a path ("../event_type") is none that a validator knows."""
    if isinstance(value, list):
        for one in value:
            _no_discriminators(one)
    elif isinstance(value, dict):
        value.pop("discriminator", None)
        for one in value.values():
            _no_discriminators(one)
