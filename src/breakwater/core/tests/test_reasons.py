"""Why a delivery waits: a sentence for each code that the engine can put on a row."""

import importlib
import re
from pathlib import Path

import pytest

import breakwater
from breakwater.core.messages import knows
from breakwater.core.reasons import HEALTH, REASONS, STATES, why
from breakwater.domain.kinds import DELETE

SOURCE = Path(breakwater.__file__).parent
_REFUSED = re.compile(r"Refused\(\s*\"([a-z_]+)\"")
_GIVEN = re.compile(r"Next\(\s*\"[a-z_]+\",\s*[^,]+,\s*\"([a-z_]+)\"")

_OWN = re.compile(r"^    \"([a-z_]+)\": gettext_noop\(", re.MULTILINE)
"""A reason of a network's own: its manifest has the sentence (tests/test_codes.py)."""


def codes() -> set[str]:
    """What networks refuse with, and what the resolution and the claims say."""
    found: set[str] = set()
    own: set[str] = set()
    for path in [*(SOURCE / "networks").rglob("*.py"), SOURCE / "domain" / "resolution.py"]:
        if "tests" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found |= {*_REFUSED.findall(text), *_GIVEN.findall(text)}
            own |= set(_OWN.findall(text)) if path.name == "manifest.py" else set()
    return (found - own) | {
        "late", "hold", "not_approved", "altered_since_approval", "too_many_tries", "worker_gone",
        "internal", "altered", "several", "vanished", "still_there", "cannot_look", "not_found",
        "throttled_too_long", "reconnect", "by_person", "no_credential", "not_reached",
        "not_accepted", "not_allowed", "not_there", "too_large", "media_type",
    }  # fmt: skip


def own_reasons() -> set[str]:
    """Those that a network says in words of its own (manifest.reasons)."""
    slugs = (path.parent.name for path in (SOURCE / "networks").glob("*/manifest.py"))
    modules = (importlib.import_module(f"breakwater.networks.{slug}.manifest") for slug in slugs)
    return {reason for module in modules for reason in module.MANIFEST.reasons}


def test_the_codes_are_found() -> None:
    assert {"not_accepted", "too_large", "same_again", "duplicate"} <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_code_has_a_sentence(code: str) -> None:
    assert code in REASONS or knows(code) or code in own_reasons()


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_calm_state_says_what_goes_on(state: str) -> None:
    assert why("", state) == str(STATES[state])


def test_what_arrived_no_longer_says_what_went_wrong_before() -> None:
    assert why("not_reached", "verified") == "The network has it, and we have read it back."
    assert why("by_person", "verified") == "A person saw it on the network and said so."


def test_a_delete_is_not_called_a_post() -> None:
    assert why("", "verified", kind=DELETE) == "We looked, and it is gone from the network."


def test_a_code_without_a_sentence_is_not_an_empty_page() -> None:
    assert why("brand_new", "failed") == str(REASONS["refused"])


def test_each_health_has_a_sentence() -> None:
    assert set(HEALTH) == {"ok", "expiring", "reconnect", "trouble", "disconnected"}
