"""What can be done on TikTok and what cannot, with the page that says so."""

from collections.abc import Mapping

from breakwater.networks.base import Answer, Can, Capability

DOCS = "https://developers.tiktok.com/doc"
READ_ON = "2026-11-28"


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


def _said(answer: Answer, page: str, note: str = "") -> Capability:
    return Capability(answer, f"{DOCS}/{page}", READ_ON, note)


_POSTING = "content-posting-api-get-started"
_DISPLAY = "tiktok-api-v2-video-object"
_SCOPES = "tiktok-api-scopes"

_NO_COMMENTS = gettext_noop(
    "TikTok opens comments to no app of this kind: it only says how many there are. Read and "
    "answer them in TikTok itself."
)
_NO_MESSAGES = gettext_noop("TikTok opens messages to no app of this kind.")
_NO_PEOPLE = gettext_noop("TikTok lets no app of this kind act on other accounts.")
_NOT_THERE = gettext_noop("TikTok has no such thing.")

_NO: Mapping[Can, Capability] = {
    Can.THREAD: _said(Answer.NO, _POSTING, _NOT_THERE),
    Can.FIRST_COMMENT: _said(Answer.NO, _SCOPES, _NO_COMMENTS),
    Can.EDIT: _said(
        Answer.NO,
        _POSTING,
        gettext_noop("TikTok lets no app change what is out. Change it in TikTok itself."),
    ),
    Can.DELETE: _said(
        Answer.NO,
        _POSTING,
        gettext_noop("TikTok lets no app delete a post. Delete it in TikTok itself."),
    ),
    Can.WITHDRAW: _said(
        Answer.NO,
        _POSTING,
        gettext_noop(
            "TikTok lets no app change who sees a post. Make it private in TikTok itself."
        ),
    ),
    Can.PIN: _said(
        Answer.NO, _POSTING, gettext_noop("TikTok lets no app pin. Pin it in TikTok itself.")
    ),
    Can.COMMENTS: _said(Answer.NO, _DISPLAY, _NO_COMMENTS),
    Can.AD_COMMENTS: _said(Answer.NO, _SCOPES, _NO_COMMENTS),
    Can.MENTIONS: _said(
        Answer.NO, _SCOPES, gettext_noop("TikTok tells no app of this kind about mentions.")
    ),
    Can.MESSAGES: _said(Answer.NO, _SCOPES, _NO_MESSAGES),
    Can.SEND_MESSAGE: _said(Answer.NO, _SCOPES, _NO_MESSAGES),
    Can.REVIEWS: _said(Answer.NO, _SCOPES, _NOT_THERE),
    Can.ANSWER_REVIEW: _said(Answer.NO, _SCOPES, _NOT_THERE),
    Can.REPLY: _said(Answer.NO, _SCOPES, _NO_COMMENTS),
    Can.LIKE: _said(Answer.NO, _SCOPES, _NO_PEOPLE),
    Can.HIDE: _said(Answer.NO, _SCOPES, _NO_COMMENTS),
    Can.REMOVE: _said(Answer.NO, _SCOPES, _NO_COMMENTS),
    Can.MUTE: _said(Answer.NO, _SCOPES, _NO_PEOPLE),
    Can.BLOCK: _said(Answer.NO, _SCOPES, _NO_PEOPLE),
    Can.REPORT: _said(Answer.NO, _SCOPES, _NO_PEOPLE),
    Can.FOLLOWING: _said(
        Answer.NO, _SCOPES, gettext_noop("TikTok says how many are followed, and not who.")
    ),
    Can.UNFOLLOW: _said(Answer.NO, _SCOPES, _NO_PEOPLE),
    Can.LIVE: _said(Answer.NO, _SCOPES, gettext_noop("TikTok opens live videos to no app.")),
    Can.HOURS: _said(Answer.NO, _SCOPES, _NOT_THERE),
    Can.STREAM: _said(Answer.NO, "webhooks-overview", _NOT_THERE),
}

CAN: Mapping[Can, Capability] = {
    **_NO,
    Can.PUBLISH: _said(
        Answer.PLAN,
        "content-posting-api-reference-direct-post",
        gettext_noop(
            "Until TikTok has audited the app: only private posts, of private accounts, five "
            "accounts a day."
        ),
    ),
    Can.READ_BACK: _said(
        Answer.YES,
        "content-posting-api-reference-get-video-status",
        gettext_noop(
            "Public videos only, and after TikTok has looked at them: minutes, sometimes hours. "
            "Of all others TikTok only says that they are out."
        ),
    ),
    Can.TIMELINE: _said(
        Answer.YES, "tiktok-api-v2-video-list", gettext_noop("Public videos only.")
    ),
    Can.INSIGHTS: _said(
        Answer.YES,
        _DISPLAY,
        gettext_noop("Views, likes, comments and shares so far, and followers; no days."),
    ),
    Can.PROFILE: _said(
        Answer.YES,
        "tiktok-api-v2-get-user-info",
        gettext_noop(
            "Name and, where that right was granted, address and text. No link, and the address of "
            "the picture is signed anew."
        ),
    ),
    Can.PUSH: _said(
        Answer.YES,
        "webhooks-events",
        gettext_noop("What became of a post, and when access was taken away."),
    ),
}

SCOPES: Mapping[Can, tuple[str, ...]] = {
    Can.PUBLISH: ("user.info.basic", "video.publish"),
    Can.READ_BACK: ("user.info.basic", "video.list"),
    Can.TIMELINE: ("user.info.basic", "user.info.profile", "video.list"),
    Can.INSIGHTS: ("user.info.basic", "user.info.stats", "video.list"),
    Can.PROFILE: ("user.info.basic", "user.info.profile"),
}
"""`video.upload` is not asked for: it only puts drafts into the person's inbox."""
