"""Codes of the Instagram Platform -> what they mean. Others are those of the family (graph.COMMON).

Source: developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes,
read whole on 2026-11-28 from stored copies; 2018001, 2018278, 551, 80002 and the numbers from
2207077 on are not on that page (gitroomhq/postiz-app @0044453, or from memory, not checked).
"""

import re

from breakwater.domain.errors import NetworkError, Refused, TryLater
from breakwater.networks.graph import LATER, THROTTLED, UNKNOWN, Codes

_MEDIA = {
    2207003: LATER,  # it took too long to fetch it
    2207004: "too_large",
    2207005: "media_type",
    2207009: "shape_of_picture",
    2207010: "text_too_long",
    2207018: "tag_refused",
    2207020: "media_gone",
    2207023: "media_type",
    2207026: "media_type",
    2207028: "carousel",
    2207032: LATER,
    2207050: "account_limited",
    2207052: "media_unreachable",
    2207053: LATER,
    2207057: "thumb_offset",
    2207077: "media_unreachable",
    2207081: "no_trial_reels",
    2207082: LATER,
    2207085: "media_type",
}
"""Number of a problem with a medium -> meaning, whichever code it comes with."""

CODES: Codes = {
    (-1, 2207001): UNKNOWN,
    (-1, 2207032): UNKNOWN,
    (-1, 2207053): UNKNOWN,
    (-2, 2207003): LATER,
    (-2, 2207020): "media_gone",
    (1, 2207057): "thumb_offset",
    (4, 2207051): UNKNOWN,  # posts came of it all the same (gitroomhq/postiz-app#1681)
    (9, 2207042): THROTTLED,
    (9, 0): THROTTLED,
    (10, 2018278): "window_closed",
    (24, 2207006): UNKNOWN,  # no such container to publish: it may be published
    (24, 2207008): UNKNOWN,
    (25, 2207050): "account_limited",
    (36000, 2207004): "too_large",
    (36001, 2207005): "media_type",
    (36003, 2207009): "shape_of_picture",
    (36004, 2207010): "text_too_long",
    (352, 2207026): "media_type",
    (100, 2207018): "tag_refused",
    (100, 2207023): "media_type",
    (100, 2207028): "carousel",
    (100, 2207040): "too_many_mentions",
    (100, 2207081): "no_trial_reels",
    (100, 2018001): "not_there",  # no such person to write to
    (110, 2207018): "tag_refused",
    (9004, 2207052): "media_unreachable",
    (9007, 2207027): LATER,  # the container is still being filled
    (551, 0): "window_closed",
    (80002, 0): THROTTLED,
}


def refusal(why: str) -> NetworkError:
    """What a container's `status` means when it failed: its number is somewhere in the words."""
    found = re.search(r"\b22070\d\d\b", why)
    meaning = _MEDIA.get(int(found[0]), "not_accepted") if found else "not_accepted"
    return TryLater(why) if meaning == LATER else Refused(meaning, why)
