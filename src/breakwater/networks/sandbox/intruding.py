"""What somebody else does to an account of the harbour: posts, changes, profile, followers.

None of it is a call of the desk: it meets no faults, and no delivery knows of it.
"""

import base64
import binascii
import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.networks.sandbox import accounts, media
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.posts import Deed, Done, delete, new_id, path_of, publish, reword
from breakwater.networks.sandbox.store import stamp

PROFILE = ("name", "bio", "link", "picture")
_LONGEST = 500


def intrude(db: sqlite3.Connection, deed: Deed) -> Done:
    """{id, path}: a post that the desk did not send. The same `key` again changes nothing, even
    after the post was deleted. at: when it says that it was written (now, if left out)."""
    key = f"intrude:{deed.args['key']}" if deed.args.get("key") else ""
    known = db.execute(
        "SELECT post FROM keys WHERE account = ? AND key = ? AND key != ''", (deed.account, key)
    ).fetchone()
    if known is not None:
        return Done(200, {"id": known["post"], "path": path_of(known["post"])})
    said = {
        "text": str(deed.args.get("text", "")),
        "media": [_picture(db, deed, one) for one in deed.args.get("pictures", [])],
    }
    done = publish(db, Deed(deed.account, said, _moment(deed)), new_id(deed.account))
    if key:
        db.execute(
            "INSERT INTO keys (account, key, post, at) VALUES (?, ?, ?, ?)",
            (deed.account, key, done.content["id"], stamp(deed.at)),
        )
    return done


def tamper(db: sqlite3.Connection, deed: Deed) -> Done:
    """The post says something else from now on."""
    return reword(db, deed, str(deed.args.get("text", "")))


def vanish(db: sqlite3.Connection, deed: Deed) -> Done:
    """The post is gone, and the desk did not ask for it."""
    return delete(db, deed)


def set_profile(db: sqlite3.Connection, deed: Deed) -> Done:
    """What is named is so from now on, the rest stays."""
    wish = {name: str(deed.args[name]) for name in PROFILE if name in deed.args}
    if any(len(value) > _LONGEST for value in wish.values()):
        raise Refusal(422, "bad_profile")
    return _changed(db, deed.account, wish)


def set_followers(db: sqlite3.Connection, deed: Deed) -> Done:
    """As many follow the account from now on."""
    number = deed.args.get("followers")
    if not isinstance(number, int) or number < 0:
        raise Refusal(422, "bad_followers")
    return _changed(db, deed.account, {"followers": number})


def profile(db: sqlite3.Connection, deed: Deed) -> Done:
    """The account as anybody sees it: {name, handle, bio, link, picture, followers, pinned}."""
    known = accounts.me(db, deed.account)
    pinned = db.execute(
        "SELECT target FROM marks WHERE account = ? AND deed = 'pin' ORDER BY at", (deed.account,)
    )
    return Done(
        content={
            "name": known["name"],
            "handle": known["handle"],
            **accounts.shown_as(db, deed.account),
            "pinned": [row["target"] for row in pinned],
        }
    )


def _changed(db: sqlite3.Connection, account: str, wish: Mapping[str, Any]) -> Done:
    accounts.show_as(db, account, wish)
    return Done(content=accounts.shown_as(db, account))


def _picture(db: sqlite3.Connection, deed: Deed, one: Any) -> dict[str, str]:
    """The digest of a picture that was handed in as {mime, content: Base64, alt}."""
    try:
        content = base64.b64decode(str(one["content"]), validate=True)
        put = Deed(deed.account, {"mime": str(one["mime"])}, deed.at, blob=content)
    except (KeyError, TypeError, binascii.Error) as error:
        raise Refusal(422, "bad_picture") from error
    media.add_picture(db, put)
    return {"sha256": hashlib.sha256(content).hexdigest(), "alt": str(one.get("alt", ""))}


def _moment(deed: Deed) -> datetime:
    if not deed.args.get("at"):
        return deed.at
    try:
        at = datetime.fromisoformat(str(deed.args["at"]))
    except ValueError as error:
        raise Refusal(422, "bad_moment") from error
    if at.tzinfo is None:
        raise Refusal(422, "bad_moment")
    return at
