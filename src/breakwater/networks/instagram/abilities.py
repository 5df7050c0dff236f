"""What the Instagram Platform lets an account do, with the permissions for it. Data only.

SPEC = facebook/facebook-business-sdk-codegen api_specs @ad2b0b6 (2026-04-15), Graph v25.0.
"""

from collections.abc import Mapping
from dataclasses import replace

from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Answer, Can, Capability
from breakwater.networks.instagram.options import gettext_noop

READ_ON = "2026-11-28"
DOCS = "https://developers.facebook.com/docs/instagram-platform"
_GRAPH = f"{DOCS}/instagram-graph-api/reference"
SPEC = (
    "https://github.com/facebook/facebook-business-sdk-codegen/blob/"
    "ad2b0b6fdfbe4d73ed0754cb4562ef20b72b40d4/api_specs/specs"
)
MESSAGE_TEXT = Counting(Unit.BYTES, limit=1000)
"""Of one message (developers.facebook.com .../messaging-api, told so by third parties)."""


def _yes(source: str, note: str = "") -> Capability:
    return Capability(Answer.YES, source, READ_ON, note)


def _no(source: str, note: str) -> Capability:
    return Capability(Answer.NO, source, READ_ON, note)


def _probe(source: str, note: str) -> Capability:
    return Capability(Answer.PROBE, source, READ_ON, note)


_USER, _MEDIA, _COMMENT = (f"{SPEC}/{name}.json" for name in ("IGUser", "IGMedia", "IGComment"))
_NO_SUCH = gettext_noop("Instagram gives other programs no way to do this.")

CAN: Mapping[Can, Capability] = {
    Can.PUBLISH: _yes(
        f"{DOCS}/content-publishing",
        gettext_noop("Professional accounts that are linked to a Facebook Page; each post has a picture or a video."),
    ),
    Can.THREAD: _no(_USER, gettext_noop("Instagram has no threads.")),
    Can.FIRST_COMMENT: _yes(_MEDIA),
    Can.EDIT: _no(_MEDIA, gettext_noop("Instagram lets only people in its own app change a caption.")),
    Can.DELETE: _probe(
        _MEDIA,
        gettext_noop(
            "Needs a permission that Instagram gives to few apps (instagram_manage_contents). "
            "Where it refuses, delete the post in the Instagram app."
        ),
    ),
    Can.WITHDRAW: _no(
        _MEDIA, gettext_noop("Apps cannot archive a post. Archive it in the Instagram app.")
    ),
    Can.PIN: _no(_MEDIA, gettext_noop("Apps cannot pin a post. Pin it in the Instagram app.")),
    Can.READ_BACK: _yes(_MEDIA, gettext_noop("A story can be read for a day.")),
    Can.TIMELINE: _yes(_USER),
    Can.COMMENTS: _yes(_MEDIA),
    Can.AD_COMMENTS: _probe(
        f"{SPEC}/IGComment.json",
        gettext_noop("They come by push where the app may see the ads of the account."),
    ),
    Can.MENTIONS: _yes(
        _USER,
        gettext_noop("Tags are read; an @mention is only told by push, at its time."),
    ),
    Can.MESSAGES: _yes(
        f"{SPEC}/Page.json", gettext_noop("Of public or private accounts that wrote first.")
    ),
    Can.REVIEWS: _no(_USER, gettext_noop("Instagram has no reviews.")),
    Can.REPLY: _yes(_COMMENT),
    Can.SEND_MESSAGE: replace(
        _yes(
            f"{SPEC}/Page.json",
            gettext_noop(
                "Within 24 hours of the person's last message; Instagram refuses it later."
            ),
        ),
        within_s=24 * 3600,
        text=MESSAGE_TEXT,
    ),
    Can.ANSWER_REVIEW: _no(_USER, gettext_noop("Instagram has no reviews.")),
    Can.LIKE: _no(_COMMENT, _NO_SUCH),
    Can.HIDE: _yes(_COMMENT),
    Can.REMOVE: _yes(_COMMENT, gettext_noop("Comments on own posts.")),
    Can.MUTE: _no(_USER, _NO_SUCH),
    Can.BLOCK: _probe(
        _USER, gettext_noop("People who wrote a message; Instagram does not say whom it blocked.")
    ),
    Can.REPORT: _no(_USER, _NO_SUCH),
    Can.FOLLOWING: _no(_USER, gettext_noop("Instagram tells only how many they are.")),
    Can.UNFOLLOW: _no(_USER, _NO_SUCH),
    Can.INSIGHTS: _yes(f"{_GRAPH}/ig-media/insights"),
    Can.PROFILE: _yes(_USER, gettext_noop("Not the picture: Instagram signs its address anew again and again.")),
    Can.LIVE: _probe(
        f"{DOCS}/webhooks", gettext_noop("Comments under a live video come by push while it runs.")
    ),
    Can.HOURS: _no(_USER, gettext_noop("Opening hours are on the Facebook Page.")),
    Can.PUSH: _yes(
        f"{DOCS}/webhooks",
        gettext_noop("Comments, mentions and messages; only after Meta has reviewed the app."),
    ),
    Can.STREAM: _no(f"{DOCS}/webhooks", gettext_noop("Instagram has no stream.")),
}  # fmt: skip

_BASE = ("instagram_basic", "pages_show_list", "pages_read_engagement", "business_management")
_COMMENTS = (*_BASE, "instagram_manage_comments")
_MESSAGES = (*_BASE, "instagram_manage_messages", "pages_manage_metadata")

SCOPES: Mapping[Can, tuple[str, ...]] = {
    Can.PUBLISH: (*_BASE, "instagram_content_publish"),
    Can.FIRST_COMMENT: _COMMENTS,
    Can.DELETE: (*_BASE, "instagram_manage_contents"),
    Can.READ_BACK: _BASE,
    Can.TIMELINE: _BASE,
    Can.COMMENTS: _COMMENTS,
    Can.AD_COMMENTS: _COMMENTS,
    Can.MENTIONS: _COMMENTS,
    Can.MESSAGES: _MESSAGES,
    Can.REPLY: _COMMENTS,
    Can.SEND_MESSAGE: _MESSAGES,
    Can.HIDE: _COMMENTS,
    Can.REMOVE: _COMMENTS,
    Can.BLOCK: _MESSAGES,
    Can.INSIGHTS: (*_BASE, "instagram_manage_insights"),
    Can.PROFILE: _BASE,
    Can.LIVE: _COMMENTS,
    Can.PUSH: (*_BASE, "pages_manage_metadata"),
}
