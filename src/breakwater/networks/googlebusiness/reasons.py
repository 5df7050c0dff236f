"""Google Business Profile's own words for a refusal: what happened, what was kept, what to do."""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


REASONS: Mapping[str, str] = {
    "api_off": gettext_noop(
        "The Google project of this installation may not use this API (yet). Nothing was changed "
        "and everything is kept. Whoever runs the installation has to ask Google for access and "
        "switch the API on in the Google Cloud console."
    ),
    "place_not_verified": gettext_noop(
        "Google has not verified this place. Nothing was published and it is kept. Verify the "
        "place in Google Business Profile, then send it again."
    ),
    "hours_unreadable": gettext_noop(
        "The opening hours cannot be read. Nothing was changed and the post is kept. Write one line "
        "for each day, like “Mon-Fri 09:00-18:00” or “2026-12-25 closed”."
    ),
    "hours_incomplete": gettext_noop(
        "Hours of single days need regular hours beside them, and this place has none. Nothing was "
        "changed and the post is kept. Fill in the regular hours too."
    ),
    "link_missing": gettext_noop(
        "This button needs a link that begins with https. Nothing was published and the post is "
        "kept. Fill in the link, or leave the button away."
    ),
    "event_incomplete": gettext_noop(
        "An event or an offer needs a title and the days on which it begins and ends. Nothing was "
        "published and the post is kept. Fill them in and plan the post again."
    ),
    "post_rejected": gettext_noop(
        "Google looked at the post and rejected it, so nobody sees it. The text and picture are "
        "kept. Google asks for no telephone numbers in the text and for pictures of the place."
    ),
}
