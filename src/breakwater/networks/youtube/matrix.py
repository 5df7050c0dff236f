"""What YouTube lets an app do, each with where and when it was read. Nothing of it has been tried
on YouTube itself: the stand-in is made from the discovery document (Proof.UNPROVED)."""

from dataclasses import replace

from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Answer, Can, Capability

COMMENT_MOST = 10_000
"""Characters (from memory, not checked)."""


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


READ_ON = "2026-11-28"
_DISCOVERY = "https://youtube.googleapis.com/$discovery/rest?version=v3"
"""The copy that was read is of revision 20261104 (docs/networks/youtube.md)."""
_DOCS = "https://developers.google.com/youtube"


def _yes(method: str, note: str = "") -> Capability:
    return Capability(Answer.YES, f"{_DISCOVERY}#{method}", READ_ON, note)


def _no(note: str) -> Capability:
    """There is no such method in the document."""
    return Capability(Answer.NO, _DISCOVERY, READ_ON, note)


def _moderation(note: str) -> Capability:
    page = f"{_DOCS}/v3/docs/comments/setModerationStatus"
    return Capability(Answer.YES, page, READ_ON, note)


_NO_MESSAGES = gettext_noop("YouTube has no private messages.")

CAN = {
    Can.PUBLISH: _yes(
        "videos.insert",
        gettext_noop("Videos, Shorts and live events. No app can make a community post."),
    ),
    Can.THREAD: _no(gettext_noop("A video has no continuation. Use a first comment.")),
    Can.FIRST_COMMENT: _yes(
        "commentThreads.insert", gettext_noop("It cannot be pinned by an app.")
    ),
    Can.EDIT: _yes(
        "videos.update",
        gettext_noop("Title, description, tags and category; not the film, nor who may see it."),
    ),
    Can.DELETE: _yes("videos.delete"),
    Can.WITHDRAW: _yes(
        "videos.update",
        gettext_noop("The video is made private: its address, likes and comments are kept."),
    ),
    Can.PIN: _no(
        gettext_noop(
            "YouTube lets apps pin nothing. The channel’s page is set up in YouTube Studio."
        )
    ),
    Can.READ_BACK: _yes("videos.list"),
    Can.TIMELINE: _yes("playlistItems.list", gettext_noop("Videos that are not private.")),
    Can.COMMENTS: _yes(
        "commentThreads.list",
        gettext_noop(
            "New threads at once; a new answer below an old comment only when its post is opened. "
            "The chat of a live event too."
        ),
    ),
    Can.AD_COMMENTS: _no(gettext_noop("An advertisement is a video: its comments are there.")),
    Can.MENTIONS: _no(gettext_noop("YouTube tells apps nothing of mentions.")),
    Can.MESSAGES: _no(_NO_MESSAGES),
    Can.REVIEWS: _no(gettext_noop("YouTube has no reviews.")),
    Can.REPLY: replace(
        _yes("comments.insert", gettext_noop("In the chat of a live event too.")),
        text=Counting(Unit.CODE_POINTS, limit=COMMENT_MOST),
    ),
    Can.SEND_MESSAGE: _no(_NO_MESSAGES),
    Can.ANSWER_REVIEW: _no(gettext_noop("YouTube has no reviews.")),
    Can.LIKE: _no(gettext_noop("No app can like a comment on YouTube.")),
    Can.HIDE: _moderation(gettext_noop("It is held for review and can be shown again.")),
    Can.REMOVE: _moderation(
        gettext_noop("A comment of somebody else is rejected, for good; an own one is deleted.")
    ),
    Can.MUTE: _no(gettext_noop("YouTube has no muting. Block for a time in the chat of an event.")),
    Can.BLOCK: _moderation(
        gettext_noop(
            "From one of the person’s comments, which is rejected with it; taken back by hand in "
            "YouTube Studio. In the chat of a live event also for a time."
        )
    ),
    Can.REPORT: Capability(
        Answer.NO,
        f"{_DOCS}/v3/docs/comments/markAsSpam",
        READ_ON,
        gettext_noop("YouTube no longer takes reports of comments from apps."),
    ),
    Can.FOLLOWING: _yes("subscriptions.list", gettext_noop("The channel’s own subscriptions.")),
    Can.UNFOLLOW: _yes("subscriptions.delete"),
    Can.INSIGHTS: Capability(
        Answer.YES,
        "https://youtubeanalytics.googleapis.com/$discovery/rest?version=v2#reports.query",
        READ_ON,
    ),
    Can.PROFILE: _yes("channels.list", gettext_noop("Without the links of the channel.")),
    Can.LIVE: Capability(
        Answer.PROBE,
        f"{_DISCOVERY}#liveBroadcasts.insert",
        READ_ON,
        gettext_noop(
            "Where the channel may stream live. Breakwater announces the event at its planned time "
            "and shows its chat; your encoder starts and ends the broadcast."
        ),
    ),
    Can.HOURS: _no(gettext_noop("A channel has no opening hours.")),
    Can.PUSH: Capability(
        Answer.YES,
        f"{_DOCS}/v3/guides/push_notifications",
        READ_ON,
        gettext_noop("For new and changed videos; comments are asked for."),
    ),
    Can.STREAM: _no(gettext_noop("Comments and chats are asked for every so often.")),
}
