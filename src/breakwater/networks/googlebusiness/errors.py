"""An answer of the Business Profile APIs that is no success -> what its reason means.

They use the words of google.rpc.Code, which `networks.google` knows; these are beside them, and are
from memory, not checked.
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
