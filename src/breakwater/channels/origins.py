"""The address of a network that somebody typed, as the one form that is stored and compared."""

from collections.abc import Set

import httpx

from breakwater.domain.errors import Invalid
from breakwater.networks.base import Network

_LONGEST = 255


def normal_origin(typed: str, found: Network, allowed: Set[str]) -> str:
    """scheme://host[:port] of what was typed; nothing typed: the network's own, which is the only
    one of a network that has one server.

    https is assumed. http only for origins in `allowed`, and for a network that lives
    inside Breakwater. Raises: Invalid with field="origin" for anything else.
    """
    typed = typed.strip()
    own = found.manifest.default_origin
    if not typed and not own:
        raise Invalid(code="origin_missing", field="origin")
    if found.app is not None and typed.removesuffix("/") in ("", own):
        return own
    if found.manifest.one_server and typed.removesuffix("/") not in ("", own):
        raise Invalid(code="origin_fixed", field="origin")
    return _checked(typed or own, allowed)


def _checked(typed: str, allowed: Set[str]) -> str:
    try:
        url = httpx.URL(typed if "://" in typed else f"https://{typed}")
        host = url.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Invalid(code="origin_bad", field="origin") from error
    bare = not (url.userinfo or url.query or url.fragment) and url.path in ("", "/")
    if not host or not bare or any(sign in typed for sign in "?#@\\ "):
        raise Invalid(code="origin_bad", field="origin")
    port = f":{url.port}" if url.port else ""
    origin = f"{url.scheme}://{f'[{host}]' if ':' in host else host}{port}"
    if origin not in allowed and url.scheme != "https":
        raise Invalid(code="origin_not_https", field="origin")
    if port and origin not in allowed:
        raise Invalid(code="origin_port", field="origin")
    if len(origin) > _LONGEST:
        raise Invalid(code="origin_bad", field="origin")
    return origin
