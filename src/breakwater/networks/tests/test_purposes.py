"""What a network is asked for: the scopes of the purpose, those of signing in, and no more."""

from dataclasses import replace

from breakwater.networks.base import Can, Purpose
from breakwater.networks.mastodon.manifest import MANIFEST


def test_signing_in_asks_for_what_it_needs_whatever_the_purpose() -> None:
    assert MANIFEST.scopes_always == ("read:accounts",)
    assert all("read:accounts" in MANIFEST.scopes_for(one) for one in Purpose)


def test_who_only_listens_asks_for_nothing_to_write_with() -> None:
    asked = MANIFEST.scopes_for(Purpose.LISTEN)

    assert not [scope for scope in asked if scope.startswith("write")]


def test_purposes_that_ask_the_same_are_the_widest_of_them() -> None:
    same = replace(MANIFEST, scopes={Can.PUBLISH: ("write",)})

    assert same.purposes() == (Purpose.ANSWER, Purpose.PUBLISH)
    assert replace(MANIFEST, scopes={}).purposes() == (Purpose.PUBLISH,)
