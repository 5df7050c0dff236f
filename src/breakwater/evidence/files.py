"""The files of a capture on disk."""

from collections.abc import Iterable

from breakwater.core import blobs
from breakwater.evidence.models import Capture, Link


def of(capture: Capture) -> list[str]:
    """The names of all packages that were ever made of it; copies for others are not kept."""
    kept = Link.objects.filter(capture=capture).exclude(blob="")
    return list(kept.values_list("blob", flat=True))


def remove(names: Iterable[str]) -> None:
    """They are gone from the disk; those that were gone already, too.

    A package is sealed with a key of its own, so no other capture has the same file.
    """
    for name in names:
        blobs.path(name).unlink(missing_ok=True)
