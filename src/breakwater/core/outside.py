"""Whether somebody out there can reach this installation."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings


def reachable(origin: str = "") -> bool:
    """Whether what is at `origin` can call us: all the world can where BREAKWATER_PUBLIC_URL is a
    public https address; what an installation lets through on this machine always can."""
    if origin in settings.ALLOWED_ORIGINS:
        return True
    url = urlsplit(settings.PUBLIC_URL)
    host = url.hostname or ""
    try:
        return url.scheme == "https" and ipaddress.ip_address(host).is_global
    except ValueError:
        return url.scheme == "https" and "." in host
