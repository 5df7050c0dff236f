"""What changes channels. Network first, outside any transaction; then one short one stores."""

from breakwater.channels.services.caps import set_cap
from breakwater.channels.services.choosing import Choosing, Offer, choose_accounts, offers
from breakwater.channels.services.connecting import (
    aconnect_with_fields,
    connect_with_fields,
    disconnect,
    replace_secrets,
    sign_in_with_fields,
)
from breakwater.channels.services.health import (
    acheck_channel,
    check_channel,
    mark_reconnect,
    redacted,
    retime_quiet,
    throttle,
)
from breakwater.channels.services.keys import (
    acheck_keys,
    check_keys,
    forget_keys,
    note_review,
    save_keys,
)
from breakwater.channels.services.oauth import (
    afinish_oauth,
    astart_oauth,
    finish_oauth,
    start_oauth,
)
from breakwater.channels.services.offering import (
    arefresh_choices,
    keep_choices_of,
    refresh_choices,
)
from breakwater.channels.services.pictures import fetch_picture
from breakwater.channels.services.sealing import Rotated, rotate_credentials
from breakwater.channels.services.trials import keep_trials
from breakwater.channels.services.walks import forget_walks

__all__ = [
    "Choosing",
    "Offer",
    "Rotated",
    "acheck_channel",
    "acheck_keys",
    "aconnect_with_fields",
    "afinish_oauth",
    "arefresh_choices",
    "astart_oauth",
    "check_channel",
    "check_keys",
    "choose_accounts",
    "connect_with_fields",
    "disconnect",
    "fetch_picture",
    "finish_oauth",
    "forget_keys",
    "forget_walks",
    "keep_choices_of",
    "keep_trials",
    "mark_reconnect",
    "note_review",
    "offers",
    "redacted",
    "refresh_choices",
    "replace_secrets",
    "retime_quiet",
    "rotate_credentials",
    "save_keys",
    "set_cap",
    "sign_in_with_fields",
    "start_oauth",
    "throttle",
]
