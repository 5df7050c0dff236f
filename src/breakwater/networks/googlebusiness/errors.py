"""An answer of the Business Profile APIs that is no success -> what its reason means.

They use the words of google.rpc.Code, which `networks.google` knows; these are beside them.
Source: https://developers.google.com/my-business/content/faq and https://google.aip.dev/193,
read 2026-11-28. The narrow reasons are from memory, not checked.
"""

from breakwater.networks.google import Reasons

REASONS: Reasons = {
    "ALREADY_EXISTS": "duplicate",
    "LOCATION_NOT_VERIFIED": "place_not_verified",
    "UNVERIFIED_LOCATION": "place_not_verified",
    "INVALID_HOURS": "hours_unreadable",
    "SPECIAL_HOURS_SET_WITHOUT_REGULAR_HOURS": "hours_incomplete",
    "forbidden": "not_allowed",
    "notFound": "not_there",
    "badRequest": "not_accepted",
}
