"""The classes an account can be put in, by name: the five guarantees, and variants of them."""

from collections.abc import Mapping

from breakwater.domain.guarantees import Guarantee

RESUMABLE = "resumable"
PUBLISH_ID = "publish_id"
KEY_IGNORED = "key_ignored"

CLAIMS: Mapping[str, Guarantee] = {
    **{str(guarantee): guarantee for guarantee in Guarantee},
    RESUMABLE: Guarantee.HANDLE,
    PUBLISH_ID: Guarantee.HANDLE,
    KEY_IGNORED: Guarantee.HOUR_KEY,
}
"""Class -> what it claims to guarantee. That `key_ignored` does not keep it is its point."""

_ALIASES: Mapping[str, str] = {"container": str(Guarantee.HANDLE), "nothing": str(Guarantee.NONE)}


def class_named(name: str) -> str:
    """The class of that name or other name. Raises: ValueError."""
    found = _ALIASES.get(name, name)
    if found not in CLAIMS:
        raise ValueError(name)
    return found
