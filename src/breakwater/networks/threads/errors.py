"""Codes of the Threads API -> what they mean. Others are those of the family (graph.COMMON).

Sources: developers.facebook.com/docs/threads/troubleshooting (a container's own words), read
2026-11-28; numbers: gitroomhq/postiz-app threads.provider.ts @0351989. Meta publishes no table of
codes for this API, so what is not here goes by the HTTP status.
"""

from breakwater.domain.errors import NetworkError, Refused, TryLater
from breakwater.networks.graph import LATER, THROTTLED, UNKNOWN, Codes

CODES: Codes = {
    (-1, 0): UNKNOWN,
    (4, 2207051): UNKNOWN,  # as on the sister network: posts came of it all the same
    (9, 2207042): THROTTLED,
    (10, 4279013): "account_limited",
    (24, 0): UNKNOWN,  # no such container to publish: it may be published
    (24, 4279009): UNKNOWN,
    (100, 4279013): "account_limited",
    (100, 2207052): "media_unreachable",
    (9004, 0): "media_unreachable",
    (9007, 0): LATER,
    (80002, 0): THROTTLED,
}

_FAILURES = {
    "FAILED_DOWNLOADING_VIDEO": "media_unreachable",
    "FAILED_PROCESSING_AUDIO": "media_type",
    "FAILED_PROCESSING_VIDEO": "media_type",
    "INVALID_ASPEC_RATIO": "shape_of_medium",
    "INVALID_ASPECT_RATIO": "shape_of_medium",
    "INVALID_BIT_RATE": "media_type",
    "INVALID_DURATION": "too_large",
    "INVALID_FRAME_RATE": "media_type",
    "INVALID_AUDIO_CHANNELS": "media_type",
    "INVALID_AUDIO_CHANNEL_LAYOUT": "media_type",
}


def refusal(why: str) -> NetworkError:
    """What a container's error_message means."""
    if why in ("UNKNOWN", ""):
        return TryLater(f"a container failed: {why or 'no word'}")
    return Refused(_FAILURES.get(why, "not_accepted"), why)
