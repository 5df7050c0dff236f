"""Start-up checks: each wrong thing is said with its name and its mend."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from breakwater.config import checks, environment, listening
from breakwater.core import clock
from breakwater.domain.errors import Misconfigured
from breakwater.evidence.tests.authority import made

pytestmark = pytest.mark.django_db


def _mend(name: str) -> str:
    return next(f.mend for f in checks.everything(clock.now) if f.what == name)


def test_a_sound_installation_has_nothing_to_mend() -> None:
    checks.stop_on_trouble(clock.now)

    assert [f for f in checks.everything(clock.now) if f.mend] == []


def test_an_unknown_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKWATER_PUBIC_URL", "https://desk.example.org")

    assert _mend("BREAKWATER_PUBIC_URL") == (
        "There is no setting BREAKWATER_PUBIC_URL: did you mean BREAKWATER_PUBLIC_URL?"
    )


@pytest.mark.parametrize("value", ["desk.example.org", "ftp://desk", "https://desk/path"])
def test_a_public_address_needs_scheme_and_host(settings: Any, value: str) -> None:
    settings.PUBLIC_URL = value

    assert repr(value) in _mend("BREAKWATER_PUBLIC_URL")


@pytest.mark.parametrize(
    "value", ["http://tsa.example.org", "https://", "https://me:word@tsa.example.org", "tsa", ""]
)
def test_a_time_stamping_authority_has_an_https_address(settings: Any, value: str) -> None:
    settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = value, "-----BEGIN CERTIFICATE-----"

    assert repr(value) in _mend("BREAKWATER_TIMESTAMP_URL")


@pytest.mark.parametrize("roots", ["", "Not a certificate", "-----BEGIN CERTIFICATE-----\nx"])
def test_an_authority_without_a_root_certificate_stops_the_start(settings: Any, roots: str) -> None:
    settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = "https://tsa.example.org/tsr", roots

    with pytest.raises(Misconfigured) as stopped:
        checks.stop_on_trouble(clock.now)

    assert stopped.value.mend.startswith("Set BREAKWATER_TIMESTAMP_ROOTS_FILE to a file")


def test_an_authority_with_its_root_is_named(settings: Any, tmp_path: Path) -> None:
    settings.TIMESTAMP_URL = "https://tsa.example.org/tsr"
    settings.TIMESTAMP_ROOTS = made(tmp_path).root

    (seen,) = [
        one.seen for one in checks.everything(clock.now) if one.what == "BREAKWATER_TIMESTAMP_URL"
    ]

    assert seen == "https://tsa.example.org/tsr, 1 root certificates"


def test_slots_have_a_range(settings: Any) -> None:
    settings.SEND_SLOTS = 0

    assert _mend("BREAKWATER_SEND_SLOTS") == (
        "Set BREAKWATER_SEND_SLOTS to a number from 1 to 256, not 0."
    )


@pytest.mark.parametrize("value", ["8000", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000"])
def test_where_to_listen_is_host_and_port(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BREAKWATER_LISTEN", value)

    with pytest.raises(Misconfigured) as refused:
        listening.address()

    assert refused.value.mend == (
        f"Set BREAKWATER_LISTEN to host:port, as in 127.0.0.1:8000, not {value!r}."
    )


def test_ipv6_addresses_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKWATER_LISTEN", "[::1]:8000")

    assert listening.address() == ("::1", 8000)


def test_a_data_folder_that_takes_no_file_is_found(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.DATA = tmp_path / "file" / "data"

    assert "takes no file (Not a directory)" in checks.data_folder().mend


def test_keys_that_others_can_read_are_found(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir(mode=0o700)
    (settings.KEYS / "audit.key").touch(mode=0o644)

    assert checks.keys().mend.endswith(f"Run: chmod -R go= {settings.KEYS}")


def test_clocks_that_differ_stop_the_start() -> None:
    ahead = datetime.now(UTC) + timedelta(seconds=90)

    with pytest.raises(Misconfigured) as refused:
        checks.stop_on_trouble(lambda: ahead)

    assert "differ by 90 s" in refused.value.mend


def test_half_a_restore_stops_the_start(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    checks.restoring().touch()

    with pytest.raises(Misconfigured) as refused:
        checks.stop_on_trouble(clock.now)

    assert "Run it again" in refused.value.mend


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file\n")
    monkeypatch.setenv("BREAKWATER_METRICS_TOKEN_FILE", str(tmp_path / "token"))

    assert environment.text("METRICS_TOKEN") == "from-the-file"


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKWATER_METRICS_TOKEN_FILE", "/nowhere/token")

    with pytest.raises(Misconfigured) as refused:
        environment.text("METRICS_TOKEN")

    assert refused.value.mend == (
        "BREAKWATER_METRICS_TOKEN_FILE names /nowhere/token, which cannot be read: "
        "No such file or directory."
    )
