"""What a Page can do through the Graph API, and the permissions that it takes. Data only."""

from collections.abc import Mapping
from dataclasses import replace

from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Answer, Can, Capability

DOCS = "https://developers.facebook.com/docs"
READ_ON = "2026-11-28"
_SPEC = (
    "https://github.com/facebook/facebook-business-sdk-codegen/blob/"
    "ad2b0b6fdfbe4d73ed0754cb4562ef20b72b40d4/api_specs/specs"
)


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


def _said(answer: Answer, path: str, note: str = "") -> Capability:
    source = path if path.startswith(("docs/", "https://")) else f"{DOCS}/{path}"
    return Capability(answer, source, READ_ON, note)


def _yes(path: str, note: str = "") -> Capability:
    return _said(Answer.YES, path, note)


def _no(path: str, note: str) -> Capability:
    return _said(Answer.NO, path, note)


MESSAGE_TEXT = Counting(Unit.CODE_POINTS, limit=2000)
"""Of a message (from memory, not checked)."""

_OWN = "docs/networks/facebook.md"
_BELOW = gettext_noop("The parts after the first are comments of the Page below it.")
_AFTER_REVIEW = gettext_noop(
    "With anybody but people who have a role in your app only after Meta's review."
)

CAN: Mapping[Can, Capability] = {
    Can.PUBLISH: _yes("graph-api/reference/page/feed"),
    Can.THREAD: _yes("graph-api/reference/object/comments", _BELOW),
    Can.FIRST_COMMENT: _yes("graph-api/reference/object/comments"),
    Can.EDIT: _yes(
        "pages-api/posts", gettext_noop("Words only, and only of what this app has published.")
    ),
    Can.DELETE: _yes("pages-api/posts", gettext_noop("Not stories, nor messages.")),
    Can.WITHDRAW: Capability(
        Answer.PROBE,
        f"{_SPEC}/PagePost.json",
        READ_ON,
        gettext_noop(
            "The post is hidden from the Page. Whoever has its address may still open it. Not stories."
        ),
    ),
    Can.PIN: Capability(
        Answer.PROBE,
        f"{_SPEC}/PagePost.json",
        READ_ON,
        gettext_noop("Facebook takes the wish, and does not tell apps whether a post is pinned."),
    ),
    Can.READ_BACK: _yes(
        "graph-api/reference/page-post",
        gettext_noop("Stories only while the Page keeps a story archive."),
    ),
    Can.TIMELINE: _yes("graph-api/reference/page/feed"),
    Can.COMMENTS: _yes("graph-api/reference/object/comments"),
    Can.AD_COMMENTS: Capability(
        Answer.PROBE,
        f"{_SPEC}/Page.json",
        READ_ON,
        gettext_noop("Where the person who connects the Page may also manage its ads."),
    ),
    Can.MENTIONS: _yes(
        "graph-api/reference/page/tagged", gettext_noop("Posts that tag the Page.")
    ),
    Can.MESSAGES: _said(
        Answer.PLAN, "graph-api/reference/page/conversations", _AFTER_REVIEW
    ),
    Can.REVIEWS: _yes(
        "graph-api/reference/page/ratings",
        gettext_noop("Recommendations with their words; only old ones have stars."),
    ),
    Can.REPLY: _yes("graph-api/reference/object/comments"),
    Can.SEND_MESSAGE: replace(
        _said(
            Answer.PLAN,
            "messenger-platform/policy/policy-overview",
            gettext_noop(
                "Within 24 hours of the person's last message; within 7 days where Meta has "
                "granted the app the human agent permission."
            ),
        ),
        within_s=24 * 3600,
        granted_s=7 * 24 * 3600,
        text=MESSAGE_TEXT,
    ),
    Can.ANSWER_REVIEW: _yes(
        "graph-api/reference/page/ratings", gettext_noop("As a comment below the review.")
    ),
    Can.LIKE: _yes("graph-api/reference/object/likes"),
    Can.HIDE: _yes(
        "graph-api/reference/comment",
        gettext_noop("Its author and their friends still see a hidden comment."),
    ),
    Can.REMOVE: _yes("graph-api/reference/comment"),
    Can.MUTE: _no(_OWN, gettext_noop("A Page cannot mute anybody; it can hide or block.")),
    Can.BLOCK: _yes("graph-api/reference/page/blocked"),
    Can.REPORT: _no(_OWN, gettext_noop("Facebook takes reports only on its own pages.")),
    Can.FOLLOWING: _no(_OWN, gettext_noop("Facebook does not say whom a Page follows.")),
    Can.UNFOLLOW: _no(_OWN, gettext_noop("Facebook lets no program unfollow for a Page.")),
    Can.INSIGHTS: _yes(
        "graph-api/reference/insights", gettext_noop("Only of Pages with 100 likes or more.")
    ),
    Can.PROFILE: _said(
        Answer.YES, f"{_SPEC}/Page.json", gettext_noop("Not the picture: Facebook signs its address anew again and again.")
    ),
    Can.LIVE: Capability(
        Answer.PROBE,
        f"{DOCS}/live-video-api/guides/scheduling",
        READ_ON,
        gettext_noop(
            "Announced up to 7 days ahead, by Pages with 100 followers or more and accounts "
            "that are 60 days old. The picture comes from your own encoder."
        ),
    ),
    Can.HOURS: _no(
        _OWN, gettext_noop("Facebook no longer says at what hours followers are there.")
    ),
    Can.PUSH: _said(Answer.PLAN, "graph-api/webhooks/getting-started", _AFTER_REVIEW),
    Can.STREAM: _no(_OWN, gettext_noop("Facebook pushes instead.")),
}  # fmt: skip

_READ = ("pages_read_engagement", "pages_show_list")
_PEOPLE = (*_READ, "pages_read_user_content")
_POST = (*_READ, "pages_manage_posts")
_ENGAGE = (*_PEOPLE, "pages_manage_engagement")
_MESSAGE = ("pages_manage_metadata", "pages_messaging", "pages_show_list")

SCOPES: Mapping[Can, tuple[str, ...]] = {
    Can.PUBLISH: _POST,
    Can.THREAD: _ENGAGE,
    Can.FIRST_COMMENT: _ENGAGE,
    Can.EDIT: _POST,
    Can.DELETE: _POST,
    Can.WITHDRAW: (*_POST, *_READ),
    Can.PIN: _POST,
    Can.READ_BACK: _READ,
    Can.TIMELINE: _READ,
    Can.COMMENTS: _PEOPLE,
    Can.AD_COMMENTS: (*_PEOPLE, "pages_manage_ads"),
    Can.MENTIONS: _PEOPLE,
    Can.MESSAGES: _MESSAGE,
    Can.REVIEWS: _PEOPLE,
    Can.REPLY: _ENGAGE,
    Can.SEND_MESSAGE: _MESSAGE,
    Can.ANSWER_REVIEW: _ENGAGE,
    Can.LIKE: _ENGAGE,
    Can.HIDE: _ENGAGE,
    Can.REMOVE: _ENGAGE,
    Can.BLOCK: _ENGAGE,
    Can.INSIGHTS: (*_READ, "read_insights"),
    Can.PROFILE: _READ,
    Can.LIVE: (*_POST, "publish_video"),
    Can.PUSH: ("pages_manage_metadata", "pages_show_list"),
}
"""https://developers.facebook.com/docs/permissions, and the page of each edge. Those of
AD_COMMENTS, BLOCK and LIVE are from memory, not checked."""
