"""Copies chosen exchanges out of the cassettes, trimmed to what matters.

python -m tests.standins.mastodon.recorded.take PATH/TO/tests/cassettes
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

HERE = Path(__file__).parent
CHOSEN = {
    "verify_credentials": ("test_verify_credentials", 0),
    "unauthorized": ("test_home_tl_anonymous_throws", 0),
    "instance_v2": ("test_instance", 0),
    "instance_v1": ("test_instance_v1", 0),
    "app_create": ("test_app_account_create", 0),
    "token": ("test_app_account_create", 1),
    "status_post": ("test_status_post[None-public]", 0),
    "status_delete": ("test_status_post[None-public]", 1),
    "status_with_warning": ("test_status_post[Content warning-unlisted]", 0),
    "status_with_card": ("test_status_card", 0),
    "status_with_mention": ("test_status_reply", 2),
    "status_with_media": ("test_media_post[True]", 2),
    "status_empty": ("test_status_empty", 0),
    "status_missing": ("test_status_missing", 0),
    "status_delete_missing": ("test_status_delete_media", -2),
    "status_media_gone": ("test_status_delete_media", -3),
    "status_too_long": ("test_lang_for_errors", 0),
    "context": ("test_status_context", 1),
    "account_statuses": ("test_account_pinned", 4),
    "media_image": ("test_media_post_file", 0),
    "media_processing": ("test_media_post[True]", 0),
    "media_ready": ("test_media_post[True]", 1),
    "status_edited": ("test_status_edit", 2),
    "status_before_edit": ("test_status_edit", 0),
    "status_video": ("test_status_update_with_media_edit", 2),
    "notifications": ("test_notifications", 1),
    "conversations": ("test_conversations", 2),
    "favourite": ("test_status_fav_unfav", 1),
    "unfavourite": ("test_status_fav_unfav", 2),
    "pin": ("test_status_pin_unpin", 1),
    "unpin": ("test_status_pin_unpin", 2),
    "mute": ("test_account_mute_unmute", 3),
    "unmute": ("test_account_mute_unmute", 2),
    "relationships": ("test_account_mute_unmute", 4),
    "block": ("test_account_block_unblock", 1),
    "unblock": ("test_account_block_unblock", 2),
    "unfollow": ("test_account_follow_unfollow", 2),
    "following": ("test_account_following", 1),
    "report": ("test_report", 2),
    "reported": ("test_report", 0),
    "quote_revoked": ("test_status_quote_revoke", 2),
    "stream": ("test_stream_user_direct", 12),
}
HEADERS = ("content-type", "date", "link", "x-ratelimit-limit", "x-ratelimit-reset")


def exchange(cassette: str, place: int, folder: Path) -> dict[str, Any]:
    """One exchange, as `recorded` gives it."""
    text = (folder / f"{cassette}.yaml").read_text()
    taken = yaml.safe_load(text)["interactions"][place]
    request, response = taken["request"], taken["response"]
    return {
        "source": f"{cassette}.yaml, exchange {place}",
        "request": {
            "method": request["method"],
            "path": urlsplit(request["uri"]).path.rstrip("/"),
            "query": urlsplit(request["uri"]).query,
            "body": request["body"] if isinstance(request["body"], str) else None,
        },
        "response": {
            "status": response["status"]["code"],
            "headers": {k: v[0] for k, v in response["headers"].items() if k.lower() in HEADERS},
            "body": _body(response["body"]["string"]),
        },
    }


def _body(text: str) -> Any:
    """A stream stays as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


if __name__ == "__main__":
    for name, (cassette, place) in CHOSEN.items():
        taken = exchange(cassette, place, Path(sys.argv[1]))
        text = json.dumps(taken, indent=1, ensure_ascii=False)
        (HERE / f"{name}.json").write_text(text + "\n")
