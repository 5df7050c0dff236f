"""What the Threads API lets an account do, with the permissions for it. Data only.

COLLECTION = fbsamples/threads_api postman collection @44df04d (2026-01-02).
"""

from collections.abc import Mapping

from breakwater.networks.base import Answer, Can, Capability
from breakwater.networks.threads.options import gettext_noop

READ_ON = "2026-11-28"
DOCS = "https://developers.facebook.com/docs/threads"


def _yes(path: str, note: str = "") -> Capability:
    return Capability(Answer.YES, f"{DOCS}/{path}", READ_ON, note)


def _no(note: str, path: str = "overview") -> Capability:
    return Capability(Answer.NO, f"{DOCS}/{path}", READ_ON, note)


_NO_SUCH = gettext_noop("Threads gives other programs no way to do this.")
_NO_REVIEWS = gettext_noop("Threads has no reviews.")
_NO_MESSAGES = gettext_noop("Threads gives other programs no direct messages.")

CAN: Mapping[Can, Capability] = {
    Can.PUBLISH: _yes("posts", gettext_noop("250 posts in 24 hours.")),
    Can.THREAD: _yes("reply-management", gettext_noop("1,000 replies in 24 hours.")),
    Can.FIRST_COMMENT: _yes("reply-management"),
    Can.EDIT: _no(gettext_noop("Threads lets only people in its own app edit, for 15 minutes.")),
    Can.DELETE: _yes("posts/delete-posts", gettext_noop("100 posts in 24 hours.")),
    Can.WITHDRAW: _no(
        gettext_noop("Threads lets apps delete a post, not hide it."), "posts/delete-posts"
    ),
    Can.PIN: _no(gettext_noop("Threads lets no app pin. Pin it in Threads itself.")),
    Can.READ_BACK: _yes("threads-media"),
    Can.TIMELINE: _yes("threads-media"),
    Can.COMMENTS: _yes("reply-management"),
    Can.AD_COMMENTS: _no(gettext_noop("Threads does not tell which posts are ads.")),
    Can.MENTIONS: _yes("threads-mentions"),
    Can.MESSAGES: _no(_NO_MESSAGES),
    Can.REVIEWS: _no(_NO_REVIEWS),
    Can.REPLY: _yes("reply-management"),
    Can.SEND_MESSAGE: _no(_NO_MESSAGES),
    Can.ANSWER_REVIEW: _no(_NO_REVIEWS),
    Can.LIKE: _no(_NO_SUCH),
    Can.HIDE: _yes(
        "reply-management",
        gettext_noop("Replies right below the post; those below them go with it."),
    ),
    Can.REMOVE: _no(gettext_noop("Replies of others can only be hidden."), "reply-management"),
    Can.MUTE: _no(_NO_SUCH),
    Can.BLOCK: _no(_NO_SUCH),
    Can.REPORT: _no(_NO_SUCH),
    Can.FOLLOWING: _no(_NO_SUCH),
    Can.UNFOLLOW: _no(_NO_SUCH),
    Can.INSIGHTS: _yes("insights"),
    Can.PROFILE: _yes(
        "threads-profiles",
        gettext_noop("Name and text. No link, and the address of the picture is signed anew."),
    ),
    Can.LIVE: _no(gettext_noop("Threads has no live videos.")),
    Can.HOURS: _no(gettext_noop("Threads shows no opening hours.")),
    Can.PUSH: _yes(
        "webhooks",
        gettext_noop("Replies, mentions and deletions; only after Meta has reviewed the app."),
    ),
    Can.STREAM: _no(gettext_noop("Threads has no stream."), "webhooks"),
}

_BASE = ("threads_basic",)
_READ = (*_BASE, "threads_read_replies")
_ANSWER = (*_BASE, "threads_content_publish", "threads_manage_replies")

SCOPES: Mapping[Can, tuple[str, ...]] = {
    Can.PUBLISH: (*_BASE, "threads_content_publish"),
    Can.THREAD: _ANSWER,
    Can.FIRST_COMMENT: _ANSWER,
    Can.DELETE: (*_BASE, "threads_delete"),
    Can.READ_BACK: _BASE,
    Can.TIMELINE: _BASE,
    Can.COMMENTS: _READ,
    Can.MENTIONS: (*_BASE, "threads_manage_mentions"),
    Can.REPLY: _ANSWER,
    Can.HIDE: (*_READ, "threads_manage_replies"),
    Can.INSIGHTS: (*_BASE, "threads_manage_insights"),
    Can.PROFILE: _BASE,
    Can.PUSH: _READ,
}
