"""The network's own sentences: why something was refused, and what its answers come with."""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


REASONS: Mapping[str, str] = {
    "plan_needed": gettext_noop(
        "X gives this only to apps on another plan. Nothing was changed there. "
        "Look at the plan of the app in X's developer console, or do it on X by hand."
    ),
    "credits_gone": gettext_noop(
        "The app has no credits left at X, or has reached the limit that was set there. Nothing "
        "was published; what you wrote is kept. Buy credits or raise the limit in X's developer "
        "console, then send it again."
    ),
    "not_summoned": gettext_noop(
        "X lets apps answer only people who named this account or quoted one of its posts. The "
        "answer was not published and is kept. Publish it on X by hand."
    ),
    "too_many_cashtags": gettext_noop(
        "X takes one $SYMBOL a post from apps. It was not published and is kept. "
        "Take the others out and plan the post again."
    ),
    "video_too_long": gettext_noop(
        "This account may not publish videos of this length. It was not published and is kept. "
        "Shorten the video and plan the post again."
    ),
    "account_locked": gettext_noop(
        "X has locked this account until somebody unlocks it. Nothing was published; what you "
        "wrote is kept. Sign in on x.com, unlock the account, then send it again."
    ),
    "not_editable": gettext_noop(
        "X does not let this post be changed (any more): it allows five changes soon after a post "
        "was published, and none of polls or of answers to others. It stays as it is."
    ),
    "gif_alone": gettext_noop(
        "A GIF stands alone in a post on X. It was not published and is kept. "
        "Take out the GIF, or all other pictures, and plan the post again."
    ),
    "poll_wrong": gettext_noop(
        "A poll on X has two to four answers of at most 25 characters. It was not published and "
        "is kept. Mend the answers and plan the post again."
    ),
    "quote_wrong": gettext_noop(
        "This is no address of a post on X that can be quoted. It was not published and is kept. "
        "Paste the post's address and plan the post again."
    ),
    "one_attachment": gettext_noop(
        "A message on X carries one picture or one video. It was not sent and is kept. "
        "Take the others out."
    ),
    "media_failed": gettext_noop(
        "X could not make sense of a picture or video. Nothing was published; the post is kept. "
        "Save the file in another way (MP4 with H.264 and AAC), and send it again."
    ),
    "hook_address": gettext_noop(
        "X accepts only an https address without a port for what it pushes. Nothing was changed. "
        "Give this installation such an address (BREAKWATER_PUBLIC_URL)."
    ),
    "hook_keys_missing": gettext_noop(
        "X pushes only to an app whose bearer token is known here. Nothing was changed. "
        "Fill in the bearer token on the page of X's keys."
    ),
}
