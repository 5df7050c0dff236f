"""The setting that moves a network to this machine, and what it refuses."""

from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.tests.conftest import home
from breakwater.config import environment
from breakwater.config.checks import everything
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured

__all__ = ["home"]  # fixture


def test_the_setting_is_slugs_with_addresses_of_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(
        "BREAKWATER_NETWORK_ORIGINS",
        "x=http://127.0.0.1:9000, y=http://[::1]:1,z=https://localhost",
    )

    assert environment.origins("NETWORK_ORIGINS") == {
        "x": "http://127.0.0.1:9000",
        "y": "http://[::1]:1",
        "z": "https://localhost",
    }


@pytest.mark.parametrize(
    "value",
    ["x", "x=", "=http://127.0.0.1:1", "x=https://api.x.test", "x=http://127.0.0.1:1/path",
     "x=ftp://127.0.0.1", "x=http://ann@127.0.0.1:1", "x=http://127.0.0.1.evil.test"],
)  # fmt: skip
def test_any_other_address_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKWATER_NETWORK_ORIGINS", value)

    with pytest.raises(Misconfigured) as caught:
        environment.origins("NETWORK_ORIGINS")
    assert "on this machine" in caught.value.mend


@pytest.mark.django_db
def test_a_network_that_is_not_there_is_said(home: Path, settings: Settings) -> None:
    settings.NETWORK_ORIGINS = {"nowhere": "http://127.0.0.1:9000"}

    mends = [one.mend for one in everything(clock.now) if one.what == "BREAKWATER_NETWORK_ORIGINS"]

    assert mends == ["No network nowhere is installed. Take it out."]
