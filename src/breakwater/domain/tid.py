"""Timestamp identifiers: the record keys of the AT Protocol (https://atproto.com/specs/tid)."""

from datetime import UTC, datetime, timedelta

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
CLOCK_IDS = 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tid(now: datetime, clock_id: int) -> str:
    """13 characters that sort as time does: 53 bits of microseconds since 1970, 10 of clock_id.

    clock_id: 0 to 1023, random or one per writer; it keeps two writers of one microsecond apart.
    Raises: ValueError for another clock_id, a naive `now`, or one before 1970 or after 2255.
    """
    if now.tzinfo is None:
        raise ValueError("a record key needs an aware datetime")
    microseconds = (now - _EPOCH) // timedelta(microseconds=1)
    if not 0 <= microseconds < 2**53:
        raise ValueError(f"no record key for {now.isoformat()}")
    if not 0 <= clock_id < CLOCK_IDS:
        raise ValueError(f"clock_id is 0 to {CLOCK_IDS - 1}, not {clock_id}")
    number = microseconds * CLOCK_IDS + clock_id
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
