"""Codes of the Graph API that Pages meet -> what they mean (the shared ones are in `graph`).

Sources, read 2026-11-28: GE https://developers.facebook.com/docs/graph-api/guides/error-handling;
VE https://developers.facebook.com/docs/video-api/reference/error-codes; BL
https://developers.facebook.com/docs/graph-api/reference/page/blocked; RL
https://developers.facebook.com/docs/graph-api/overview/rate-limiting; PC: public code of this
year that handles it (no page of Meta's was found); M: from memory, not checked.
"""

from breakwater.networks.graph import LATER, RECONNECT, THROTTLED, Codes

WRONG_OFFSET = 1363037
"""The error says in `error_data` from where on it wants the video (VE)."""

_OF_VIDEOS = {
    6000: LATER,  # VE: try again, then another file
    1363019: LATER,  # VE: try again
    1363020: "media_gone",  # VE: no video came
    1363022: "media_type",  # VE: below 1 KB
    1363023: "too_large",  # VE
    1363024: "media_type",  # M: the format is not taken
    1363025: "too_large",  # M: too long
    1363026: "too_large",  # M: too long
    1363030: LATER,  # VE: timed out
    1363031: "media_type",  # VE: no video in the file
    1363033: LATER,  # VE: a part came
    WRONG_OFFSET: LATER,
    1363042: "not_allowed",  # VE
    1363120: "live_refused",  # PC: the account is younger than 60 days
    1363144: "live_refused",  # PC: fewer than 100 followers
}


def _anywhere(subcodes: dict[int, str]) -> Codes:
    """These numbers come as a code of their own, or below one of a few."""
    return {
        pair: meaning
        for number, meaning in subcodes.items()
        for pair in ((number, 0), *((code, number) for code in (10, 100, 200, 352, 390, 6000)))
    }


CODES: Codes = {
    (3, 0): "not_allowed",  # GE
    **{(code, 0): "not_allowed" for code in range(200, 300)},  # GE, BL 283
    (210, 0): "not_there",  # BL: the person is not visible to the Page
    **_anywhere(_OF_VIDEOS),
    (100, 1366046): "too_large",  # facebookarchive/php-graph-sdk#711: 4 MB, JPG PNG GIF TIFF
    (100, 1609005): "link_refused",  # M
    (324, 0): "media_gone",  # php-graph-sdk#923: no file came
    (352, 0): "media_type",  # M
    (368, 1390008): THROTTLED,  # PC: posting too fast
    (1390008, 0): THROTTLED,
    (389, 0): LATER,  # M: the address of a video could not be fetched
    (459, 0): RECONNECT,  # GE: checkpoint
    (464, 0): RECONNECT,  # GE: not confirmed
    (551, 0): "message_refused",  # PC
    (10, 2018278): "message_window",  # PC: outside of the 24 hours
    (10, 2018065): "message_window",  # M: the tag is not allowed
    (100, 2018001): "message_refused",  # M: no such person for this Page
    (1500, 0): "link_refused",  # M: not an address
    (80001, 0): THROTTLED,  # RL: the Page's own budget
}
