"""What a network offers against double posting (docs/delivery.md, section 1)."""

from enum import StrEnum


class Guarantee(StrEnum):
    """The classes that the resolver knows. The order is from strong to weak."""

    LASTING_KEY = "lasting_key"  # our own record key, for ever (Bluesky)
    HANDLE = "handle"  # a two-step thing whose state can be asked (containers, upload sessions)
    HOUR_KEY = "hour_key"  # Idempotency-Key kept about an hour (Mastodon)
    DUPLICATE_REFUSED = "duplicate_refused"  # an equal text is refused for a while (X, LinkedIn)
    NONE = "none"  # nothing


class Outcome(StrEnum):
    """How one call ended, as `delivery.md` 2.5 classifies it."""

    BEGUN = "begun"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    THROTTLED = "throttled"
    TOKEN = "token"  # noqa: S105 - the name of an outcome
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    FOUND = "found"
    ABSENT = "absent"
    SEVERAL = "several"
    UNREADABLE = "unreadable"
    ALTERED = "altered"
    UNPROVABLE = "unprovable"
