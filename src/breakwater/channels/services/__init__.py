"""What changes channels. Network first, outside any transaction; then one short one stores."""

from breakwater.channels.services.connecting import (
    aconnect_with_fields,
    connect_with_fields,
    disconnect,
    replace_secrets,
)
from breakwater.channels.services.health import (
    acheck_channel,
    check_channel,
    mark_reconnect,
    redacted,
    retime_quiet,
    throttle,
)
from breakwater.channels.services.oauth import (
    afinish_oauth,
    astart_oauth,
    finish_oauth,
    start_oauth,
)
from breakwater.channels.services.pictures import fetch_picture
from breakwater.channels.services.sealing import Rotated, rotate_credentials

__all__ = [
    "Rotated",
    "acheck_channel",
    "aconnect_with_fields",
    "afinish_oauth",
    "astart_oauth",
    "check_channel",
    "connect_with_fields",
    "disconnect",
    "fetch_picture",
    "finish_oauth",
    "mark_reconnect",
    "redacted",
    "replace_secrets",
    "retime_quiet",
    "rotate_credentials",
    "start_oauth",
    "throttle",
]
