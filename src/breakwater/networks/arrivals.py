"""What comes from a network: comments, mentions, messages, reviews, figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from breakwater.networks.content import SeenMedium


class Source(StrEnum):
    """Where to look for what comes. Each can be polled by itself (`manifest.polls`)."""

    OWN_POSTS = "own_posts"
    COMMENTS = "comments"
    AD_COMMENTS = "ad_comments"
    MENTIONS = "mentions"
    MESSAGES = "messages"
    REVIEWS = "reviews"
    LIVE_CHAT = "live_chat"


class What(StrEnum):
    """What a thing that came is."""

    POST = "post"  # on our own account, by whomever
    COMMENT = "comment"  # below one of our posts
    MENTION = "mention"
    QUOTE = "quote"
    TAG = "tag"  # in a picture
    MESSAGE = "message"
    REVIEW = "review"
    GONE = "gone"  # `remote_id` was deleted by its author or by the network


@dataclass(frozen=True)
class Author:
    """Who wrote it. A stranger's words: hostile until shown otherwise."""

    remote_id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Arrived:
    """One thing that came from a network. at: UTC, when it was written there.

    own: we wrote it ourselves (an echo). about: remote id of the own post that it belongs to;
    parent: of what it answers directly; thread: of the conversation. rating: stars of a review,
    1 to 5. raw: the network's own JSON.
    """

    what: What
    remote_id: str
    at: datetime
    author: Author
    text: str = ""
    url: str = ""
    about: str = ""
    parent: str = ""
    thread: str = ""
    media: tuple[SeenMedium, ...] = ()
    own: bool = False
    ad: bool = False
    rating: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Batch:
    """What one poll gave. cursor: where the next one goes on (kept by the caller, opaque, at most
    1,000 characters). more: there is more at once."""

    arrived: tuple[Arrived, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True)
class Pushed:
    """What a push said of one account. arrived: things with all that is needed to store them.
    look: sources to poll at once, where the push only says that there is something."""

    remote_id: str
    arrived: tuple[Arrived, ...] = ()
    look: tuple[Source, ...] = ()


@dataclass(frozen=True)
class People:
    """A page of accounts that ours follows. cursor: of the next page, "" on the last."""

    people: tuple[Author, ...]
    cursor: str = ""


class Metric(StrEnum):
    FOLLOWERS = "followers"
    VIEWS = "views"
    REACH = "reach"
    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"
    SAVES = "saves"
    CLICKS = "clicks"
    WATCHED_S = "watched_s"


@dataclass(frozen=True)
class Figure:
    """One number that a network gives. day: that it is of; None: since the beginning."""

    metric: Metric
    value: int
    day: date | None = None


@dataclass(frozen=True)
class Profile:
    """How an account shows itself to anybody. link: the one that stands under the name; picture: its
    address, or what its network calls it, as long as that is another for another picture; pinned:
    remote ids of posts kept at the top. followers: where they come with the same answer.

    "" is what the account has not filled in. None is what nobody knows: its network does not tell
    it, or not to this sign-in; a change is never concluded from it.
    """

    name: str
    handle: str | None = None
    bio: str | None = None
    link: str | None = None
    picture: str | None = None
    phone: str | None = None
    pinned: tuple[str, ...] = ()
    followers: int | None = None


@dataclass(frozen=True)
class Comment:
    remote_id: str
    author: str
    text: str
    created_at: datetime
