"""Start-up checks: what is wrong is said with its name and the mend, before anything is served."""

import difflib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from breakwater.channels import installed
from breakwater.config import environment, listening
from breakwater.core import printing, schema
from breakwater.delivery import standing
from breakwater.delivery.machine import LEAST_FREE_BYTES
from breakwater.domain.errors import Misconfigured
from breakwater.evidence import tokens
from breakwater.scoring import installed as scorers

_FORMS = ("console", "json")
_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. mend: empty when it is right, else what to do."""

    what: str
    seen: str = ""
    mend: str = ""


def everything(clock: Callable[[], datetime]) -> list[Finding]:
    """All findings; what needs the database is left out while it cannot be reached."""
    found = [*_settings(), _listen(), data_folder(), keys(), _pdf()]
    database = _database()
    if database.mend:
        return [*found, database]
    migrations = _migrations()
    held = [] if migrations.mend else list(_held_clocks())
    plugged = [*_networks(), *_scorers()]
    return [*found, database, migrations, _clock(clock()), *held, *plugged]


def stop_on_trouble(clock: Callable[[], datetime], *, watched: bool = False) -> None:
    """Nothing, or Misconfigured with the first mend. Networks that are broken are only skipped.

    watched: a wrong clock does not stop the start: workers hold their sends and tell people,
    who need the pages for that.
    """
    refuse_half_restored()
    reach_database()
    time = [] if watched else [_clock(clock())]
    for finding in [*_settings(), _listen(), data_folder(), keys(), _migrations(), *time]:
        if finding.mend:
            raise Misconfigured(finding.what, finding.mend)


def reach_database() -> None:
    """Nothing; Misconfigured with the mend when the database cannot be reached."""
    if mend := _database().mend:
        raise Misconfigured("DATABASE_URL", mend)


def refuse_half_restored() -> None:
    """Nothing; Misconfigured while a restore has not come to its end (it holds all deliveries)."""
    if restoring().exists():
        raise Misconfigured(
            "restore",
            "A restore did not come to its end, so nothing may be sent. Run it again: "
            "breakwater restore --force <backup>",
        )


def restoring() -> Path:
    """The file that is there from the first change of a restore until everything is held."""
    return Path(settings.DATA) / "restoring"


def data_folder() -> Finding:
    """Whether BREAKWATER_DATA takes a file, and has room."""
    folder = Path(settings.DATA)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            probe.write(b"room")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return Finding(
            "BREAKWATER_DATA",
            mend=f"{folder} takes no file ({error.strerror}). Make room, give us the folder, "
            "or set BREAKWATER_DATA to another.",
        )
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        return Finding(
            "BREAKWATER_DATA", mend=f"Only {free // 1_000_000} MB are free at {folder}. Make room."
        )
    return Finding("BREAKWATER_DATA", f"{folder}, {free // 1_000_000} MB free")


def keys() -> Finding:
    """Whether the key files are readable by us alone."""
    folder = Path(settings.KEYS)
    files = [path for path in folder.rglob("*") if path.is_file()]
    open_ones = [path for path in [folder, *files] if path.stat().st_mode & 0o077]
    if open_ones:
        return Finding(
            "BREAKWATER_KEYS",
            mend=f"Others on this machine can read {open_ones[0]}. Run: chmod -R go= {folder}",
        )
    return Finding("BREAKWATER_KEYS", f"{len(files)} key files in {folder}")


def _pdf() -> Finding:
    """Never wrong: without it a page offers its print view."""
    if printing.missing():
        return Finding(
            "PDF",
            f"none can be made here; pages offer their print view. To have them: install "
            f"{printing.PACKAGES} (Debian), or pango",
        )
    return Finding("PDF", "reports can be made")


def _settings() -> Iterator[Finding]:
    yield _unknown_names()
    yield _public_url()
    yield _timestamps()
    yield _number("BREAKWATER_TIME_SCALE", environment.number("TIME_SCALE", 1), 1, 100_000)
    yield _number("BREAKWATER_SEND_SLOTS", settings.SEND_SLOTS, 1, 256)
    yield _number("BREAKWATER_UPLOAD_MAX_MB", settings.UPLOAD_MAX_BYTES / 2**20, 1, 2000)
    yield _number("BREAKWATER_VIDEO_MAX_MB", settings.VIDEO_MAX_BYTES / 2**20, 1, 20000)
    yield _one_of("BREAKWATER_LOG_FORMAT", environment.text("LOG_FORMAT", "console"), _FORMS)
    yield _one_of("BREAKWATER_LOG_LEVEL", environment.text("LOG_LEVEL", "info"), _LEVELS)


def _timestamps() -> Finding:
    """An authority's address and its root certificates, or neither."""
    name = "BREAKWATER_TIMESTAMP_URL"
    if not settings.TIMESTAMP_URL and not settings.TIMESTAMP_ROOTS:
        return Finding(name, "none: no third party time-stamps evidence")
    parts = urlsplit(settings.TIMESTAMP_URL)
    here = f"{parts.scheme}://{parts.netloc}" in settings.ALLOWED_ORIGINS
    if not parts.hostname or "@" in parts.netloc or not (parts.scheme == "https" or here):
        return Finding(
            name,
            mend=f"Set {name} to the https address of a time-stamping authority, without a name or a "
            f"password in it, not {settings.TIMESTAMP_URL!r}.",
        )
    try:
        roots = tokens.certificates(settings.TIMESTAMP_ROOTS)
    except ValueError:
        return Finding(
            "BREAKWATER_TIMESTAMP_ROOTS",
            mend="Set BREAKWATER_TIMESTAMP_ROOTS_FILE to a file with the authority's root certificate "
            "(PEM), from its own site: without it no answer can be told from a forged one.",
        )
    return Finding(name, f"{settings.TIMESTAMP_URL}, {len(roots)} root certificates")


def _unknown_names() -> Finding:
    known = environment.KNOWN | {f"{name}_FILE" for name in environment.KNOWN}
    for name in sorted(os.environ):
        if name.startswith("BREAKWATER_") and name not in known and "_TEST_" not in name:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "docs/settings.md lists them."
            return Finding(name, mend=f"There is no setting {name}: {hint}")
    return Finding("settings", "all names known")


def _public_url() -> Finding:
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        return Finding(
            "BREAKWATER_PUBLIC_URL",
            mend="Set BREAKWATER_PUBLIC_URL to scheme and host, as in https://desk.example.org, "
            f"not {settings.PUBLIC_URL!r}.",
        )
    return Finding("BREAKWATER_PUBLIC_URL", settings.PUBLIC_URL)


def _number(name: str, value: float, least: float, most: float) -> Finding:
    if least <= value <= most:
        return Finding(name, f"{value:g}")
    return Finding(name, mend=f"Set {name} to a number from {least:g} to {most:g}, not {value:g}.")


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> Finding:
    if value in choices:
        return Finding(name, value)
    return Finding(name, mend=f"Set {name} to one of {', '.join(choices)}, not {value!r}.")


def _listen() -> Finding:
    try:
        host, port = listening.address()
    except Misconfigured as error:
        return Finding("BREAKWATER_LISTEN", mend=error.mend)
    return Finding("BREAKWATER_LISTEN", f"{host}:{port}")


def _database() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return Finding("DATABASE_URL", mend=_unreachable(str(error).strip().splitlines()[0]))
    return Finding("DATABASE_URL", connection.vendor)


def _unreachable(why: str) -> str:
    if connection.vendor == "sqlite":
        return f"The database file {settings.DATABASES['default']['NAME']} cannot be used: {why}."
    return (
        f"PostgreSQL cannot be reached: {why}. Start it, or correct DATABASE_URL "
        "(postgresql://user:password@host:5432/name)."
    )


def _migrations() -> Finding:
    pending = schema.pending()
    if pending:
        return Finding(
            "migrations",
            mend=f"The database lacks {len(pending)} steps. Run: breakwater migrate",
        )
    return Finding("migrations", "all applied")


def _clock(now: datetime) -> Finding:
    """now: the database's clock, which decides."""
    skew = abs((datetime.now(UTC) - now).total_seconds())  # noqa: TID251 - compared, not used
    if skew > settings.TIMINGS.clock_skew.total_seconds():
        return Finding(
            "clock",
            mend=f"This machine's clock and the database's differ by {skew:.0f} s. "
            "Set both by NTP, then start again.",
        )
    return Finding("clock", f"{skew:.1f} s from the database's")


def _held_clocks() -> Iterator[Finding]:
    for one in standing.held_clocks():
        yield Finding(
            "clock",
            mend=f"Nothing leaves from {one.host} since {one.held_since:%Y-%m-%d %H:%M} UTC: its "
            f"clock is not believed ({one.reason}, {one.ahead_s:+.0f} s). Put it right, or, if the "
            "new time is right: breakwater clock confirm --as you@example.org",
        )


def _networks() -> Iterator[Finding]:
    yield Finding("networks", ", ".join(sorted(installed.manifests())) or "none")
    if strange := set(settings.NETWORK_ORIGINS) - set(installed.manifests()):
        yield Finding(
            "BREAKWATER_NETWORK_ORIGINS",
            mend=f"No network {', '.join(sorted(strange))} is installed. Take it out.",
        )
    for broken in installed.broken():
        yield _skipped(f"network {broken.slug}", broken.why)


def _scorers() -> Iterator[Finding]:
    """Second opinions that can be asked, and those that cannot."""
    yield Finding("scorers", ", ".join(sorted(scorers.plugins())) or "none")
    for broken in scorers.broken():
        yield _skipped(f"scorer {broken.name}", broken.why)


def _skipped(what: str, why: str) -> Finding:
    return Finding(
        what, mend=f"It did not load and is skipped ({why}). Reinstall or remove its package."
    )
