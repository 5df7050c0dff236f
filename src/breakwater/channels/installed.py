"""The installed networks, for the rest of this app and, through `services`, for pages."""

from dataclasses import replace

from django.conf import settings

from breakwater.domain.errors import Unsupported
from breakwater.networks import registry
from breakwater.networks.base import Manifest, Network


def network(slug: str) -> Network:
    """The installed network of this name. Raises: Unsupported when there is none."""
    found = registry.load(settings.NETWORKS_HOME)[0].get(slug)
    if found is None:
        raise Unsupported(f"no network {slug!r} is installed", code="network_missing")
    return _moved(found)


def manifests() -> dict[str, Manifest]:
    """slug -> manifest of each network that loaded, in the order of their names."""
    there = registry.load(settings.NETWORKS_HOME)[0]
    found = {slug: _moved(one).manifest for slug, one in there.items()}
    return dict(sorted(found.items(), key=lambda item: item[1].name.casefold()))


def pushing_networks() -> frozenset[str]:
    """The names of the networks that tell us things themselves."""
    there = registry.load(settings.NETWORKS_HOME)[0]
    return frozenset(slug for slug, one in there.items() if one.hooks is not None)


def practice() -> str:
    """The name of the network that lives inside Breakwater. Raises: Unsupported when there is none."""
    for slug, one in registry.load(settings.NETWORKS_HOME)[0].items():
        if one.app is not None:
            return slug
    raise Unsupported("no practice network is installed", code="network_missing")


def _moved(found: Network) -> Network:
    """The network as settings.NETWORK_ORIGINS places it; none of its other hosts is known then."""
    origin = settings.NETWORK_ORIGINS.get(found.manifest.slug)
    if origin is None or found.app is not None:
        return found
    return replace(found, manifest=replace(found.manifest, default_origin=origin, hosts={}))


def broken() -> tuple[registry.Broken, ...]:
    """The networks that did not load, and why."""
    return registry.load(settings.NETWORKS_HOME)[1]
