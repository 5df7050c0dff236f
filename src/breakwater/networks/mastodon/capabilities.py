"""What can be done on Mastodon and what cannot, with the page that says so."""

from collections.abc import Mapping

from breakwater.networks.base import Answer, Can, Capability, Proof

DOCS = "https://docs.joinmastodon.org"
READ_ON = "2026-11-28"


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


def _yes(path: str, note: str = "", *, proof: Proof = Proof.RECORDED) -> Capability:
    return Capability(Answer.YES, f"{DOCS}{path}", READ_ON, note, proof)


def _no(path: str, note: str) -> Capability:
    return Capability(Answer.NO, f"{DOCS}{path}", READ_ON, note)


_NOT_THERE = gettext_noop("Mastodon has no such thing.")
_RECEIVED = gettext_noop("Those that the instance has received.")

CAN: Mapping[Can, Capability] = {
    Can.PUBLISH: _yes("/methods/statuses/#create"),
    Can.THREAD: _yes("/methods/statuses/#create", proof=Proof.UNPROVED),
    Can.FIRST_COMMENT: _yes("/methods/statuses/#create", proof=Proof.UNPROVED),
    Can.EDIT: _yes(
        "/methods/statuses/#edit",
        gettext_noop(
            "Text, warning and descriptions; pictures and videos stay. Everybody can see the "
            "earlier wording."
        ),
    ),
    Can.DELETE: _yes(
        "/methods/statuses/#delete",
        gettext_noop(
            "Other servers are asked to delete their copies; nobody can prove that they do."
        ),
    ),
    Can.WITHDRAW: _no(
        "/methods/statuses/#edit",
        gettext_noop("Who may see a post cannot be changed afterwards. It can be deleted."),
    ),
    Can.PIN: _yes(
        "/methods/statuses/#pin",
        gettext_noop("Five at most, as most instances have it; posts for everybody or for followers."),
    ),
    Can.READ_BACK: _yes("/methods/statuses/#get"),
    Can.TIMELINE: _yes("/methods/accounts/#statuses"),
    Can.COMMENTS: _yes("/methods/statuses/#context", _RECEIVED),
    Can.AD_COMMENTS: _no("/", gettext_noop("There are no advertisements on Mastodon.")),
    Can.MENTIONS: _yes("/methods/notifications/#get", _RECEIVED),
    Can.MESSAGES: _yes(
        "/methods/conversations/#get",
        gettext_noop("Posts to named people only. They are not encrypted: both instances can read them."),
    ),
    Can.REVIEWS: _no("/", _NOT_THERE),
    Can.REPLY: _yes("/methods/statuses/#create", proof=Proof.UNPROVED),
    Can.SEND_MESSAGE: _yes("/methods/statuses/#create", proof=Proof.UNPROVED),
    Can.ANSWER_REVIEW: _no("/", _NOT_THERE),
    Can.LIKE: _yes("/methods/statuses/#favourite"),
    Can.HIDE: _no(
        "/methods/statuses/",
        gettext_noop("Nobody can hide another person’s reply. Mute, block or report instead."),
    ),
    Can.REMOVE: _yes(
        "/methods/statuses/#revoke_quote",
        gettext_noop("Quotes of your posts only; replies of others stay."),
    ),
    Can.MUTE: _yes(
        "/methods/accounts/#mute", gettext_noop("For good, or for some time; nobody is told.")
    ),
    Can.BLOCK: _yes("/methods/accounts/#block"),
    Can.REPORT: _yes("/methods/reports/#post", gettext_noop("To the moderators of the instance.")),
    Can.FOLLOWING: _yes("/methods/accounts/#following"),
    Can.UNFOLLOW: _yes("/methods/accounts/#unfollow"),
    Can.INSIGHTS: _yes(
        "/entities/Status/#favourites_count",
        gettext_noop("Favourites, boosts and replies so far, and followers. Nobody counts views."),
    ),
    Can.PROFILE: _yes("/entities/Account/", proof=Proof.UNPROVED),
    Can.LIVE: _no("/", _NOT_THERE),
    Can.HOURS: _no("/", _NOT_THERE),
    Can.PUSH: _no(
        "/methods/push/",
        gettext_noop("Web Push is made for browsers. News come by the stream, or are asked for."),
    ),
    Can.STREAM: _yes(
        "/methods/streaming/#user",
        gettext_noop("Where the instance has one; some of Mastodon’s relatives do not."),
    ),
}  # fmt: skip

SCOPES: Mapping[Can, tuple[str, ...]] = {
    Can.PUBLISH: ("read:accounts", "read:statuses", "write:media", "write:statuses"),
    Can.EDIT: ("read:statuses", "write:media", "write:statuses"),
    Can.DELETE: ("write:statuses",),
    Can.PIN: ("read:statuses", "write:accounts"),
    Can.READ_BACK: ("read:accounts", "read:statuses"),
    Can.TIMELINE: ("read:accounts", "read:statuses"),
    Can.COMMENTS: ("read:notifications", "read:statuses"),
    Can.MENTIONS: ("read:notifications",),
    Can.MESSAGES: ("read:statuses",),
    Can.REPLY: ("read:statuses", "write:media", "write:statuses"),
    Can.SEND_MESSAGE: ("read:accounts", "write:media", "write:statuses"),
    Can.LIKE: ("write:favourites",),
    Can.REMOVE: ("write:statuses",),
    Can.MUTE: ("read:follows", "write:mutes"),
    Can.BLOCK: ("read:follows", "write:blocks"),
    Can.REPORT: ("read:statuses", "write:reports"),
    Can.FOLLOWING: ("read:accounts",),
    Can.UNFOLLOW: ("read:follows", "write:follows"),
    Can.PROFILE: ("read:accounts", "read:statuses"),
    Can.INSIGHTS: ("read:accounts", "read:statuses"),
    Can.STREAM: ("read:notifications", "read:statuses"),
}
