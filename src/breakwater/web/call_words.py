"""Calls, and the budgets that they count against, for people. A manifest names them for machines."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BUDGETS: Mapping[str, str | Promise] = {
    "calls": pgettext_lazy("budget", "calls"),
    "units": pgettext_lazy("budget", "units"),
    "points_hour": pgettext_lazy("budget", "points in an hour"),
    "points_day": pgettext_lazy("budget", "points in a day"),
    "posts": pgettext_lazy("budget", "posts"),
    "posts_3h": _("posts in three hours"),
    "posts_app": _("posts of all accounts"),
    "replies": pgettext_lazy("budget", "answers"),
    "reels": pgettext_lazy("budget", "reels"),
    "media": _("pictures and videos"),
    "deletes": pgettext_lazy("budget", "deletions"),
    "hours": _("changes of a profile"),
    "uploads": pgettext_lazy("budget", "uploads"),
    "uploads_app": _("uploads of all accounts"),
    "upload_states": _("looks at uploads"),
    "descriptions": _("picture descriptions"),
    "lookups": _("looks at posts"),
    "people": _("looks at accounts"),
    "me": _("looks at the account itself"),
    "timelines": _("reads of an account’s posts"),
    "mentions": _("reads of mentions"),
    "searches": pgettext_lazy("budget", "searches"),
    "searches_app": _("searches of all accounts"),
    "likes": pgettext_lazy("budget", "likes"),
    "likes_day": _("likes in a day"),
    "liked": _("reads of likes"),
    "hides": _("answers hidden"),
    "mutes": _("accounts muted"),
    "follows": _("accounts unfollowed"),
    "followed": _("reads of who is followed"),
    "messages": _("private messages"),
    "messages_day": _("private messages in a day"),
    "messages_app": _("private messages of all accounts"),
    "messages_read": _("reads of private messages"),
    "message_read": _("reads of one private message"),
    "messages_deleted": _("private messages deleted"),
    "subscriptions": _("sign-ups for pushes"),
    "hooks": _("addresses for pushes"),
    "org_read": _("reads"),
    "org_write": _("changes"),
    "org_analytics": _("reads of figures"),
    "trial": _("calls with trial access"),
    "init": _("posts begun"),
    "creator": _("looks at what the account may post"),
    "status": _("looks at how a post goes"),
    "user": _("looks at the profile"),
    "list": _("reads of videos"),
    "query": _("looks at single videos"),
}
CALLS: Mapping[str, str | Promise] = {
    "post": pgettext_lazy("call", "a post"),
    "post_with_link": _("a post with a link"),
    "delete": _("deleting a post"),
    "send_message": _("a private message"),
    "delete_message": _("deleting a private message"),
    "like": pgettext_lazy("call", "a like"),
    "unlike": _("taking a like back"),
    "mute": _("muting an account"),
    "unmute": _("unmuting an account"),
    "unfollow": _("unfollowing an account"),
    "hide": _("hiding an answer"),
    "read_own": _("reading a post of one’s own"),
    "read_post": _("reading a post"),
    "read_person": _("reading an account"),
    "read_message": _("reading a private message"),
}


def budget_word(name: str) -> str:
    """One that a plug-in named and that has no words is said as it is named."""
    return _word(BUDGETS, name)


def call_word(name: str) -> str:
    return _word(CALLS, name)


def _word(words: Mapping[str, str | Promise], name: str) -> str:
    return str(words.get(name) or name.replace("_", " "))
