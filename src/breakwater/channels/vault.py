"""Credentials at rest: sealed, replaced by compare-and-set, refreshed by one at a time.

A refreshed credential may be the only copy of a rotated refresh token. It is therefore
first kept in a sealed, fsynced spool file, then written to the database, then the file
goes. What a crash or a full database left in the spool is applied at the next unlock.
"""

import json
import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from breakwater.channels.models import Credential
from breakwater.core import crypto
from breakwater.domain.errors import SealBroken
from breakwater.networks.base import Secrets

LEASE = timedelta(seconds=90)
_SUFFIX = ".sealed"
log = logging.getLogger(__name__)


def seal_secrets(channel_id: UUID, secrets: Secrets) -> bytes:
    """The secrets of a channel as they are stored."""
    plain = json.dumps(dict(secrets), sort_keys=True).encode()
    return crypto.seal(plain, table="channels_credential", row=channel_id, column="sealed")


def open_secrets(channel_id: UUID, blob: bytes) -> dict[str, str]:
    """What `seal_secrets` was given. Raises: SealBroken."""
    plain = crypto.open_sealed(blob, table="channels_credential", row=channel_id, column="sealed")
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def reseal_secrets(channel_id: UUID, blob: bytes) -> bytes:
    return crypto.reseal(blob, table="channels_credential", row=channel_id, column="sealed")


def expiry(secrets: Secrets) -> datetime | None:
    """When only a person can open the account again; None: not said, or not legibly.

    The end of a token that has a refresh token is no news for a person: the end of the
    refresh token is (`refresh_expires_at`, where a network says it).
    """
    name = "refresh_expires_at" if secrets.get("refresh_token") else "expires_at"
    try:
        moment = datetime.fromisoformat(secrets.get(name, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def replace(channel_id: UUID, version: int, blob: bytes, now: datetime) -> bool:
    """Whether the credential was still at `version`; it then holds `blob` as `version` + 1."""
    changed = Credential.objects.filter(channel_id=channel_id, version=version).update(
        sealed=blob,
        version=F("version") + 1,
        expires_at=expiry(open_secrets(channel_id, blob)),
        replaced_at=now,
    )
    return bool(changed)


def take_lease(channel_id: UUID, version: int, lease_id: UUID, now: datetime) -> bool:
    """Whether the caller is now the one who refreshes this version of the credential."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    changed = (
        Credential.objects.filter(channel_id=channel_id, version=version)
        .filter(free)
        .update(lease_id=lease_id, lease_until=now + LEASE)
    )
    return bool(changed)


def free_lease(lease_id: UUID) -> None:
    Credential.objects.filter(lease_id=lease_id).update(lease_id=None, lease_until=None)


def spool(channel_id: UUID, version: int, blob: bytes) -> Path:
    """The file that keeps what replaces `version`, on disk for certain."""
    folder = Path(settings.SPOOL)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _spooled(channel_id, version)
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        _write(draft, blob)
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path


def unspool(channel_id: UUID, version: int) -> None:
    """The file is gone; one that cannot go is older than the database, and harmless."""
    with suppress(OSError):
        _spooled(channel_id, version).unlink()


def apply_spool(channel_ids: Iterable[UUID]) -> None:
    """What the spool still held for these channels is in the database, and gone from the spool.

    A file whose version was replaced in the meantime is older than the database: it just goes.
    """
    waiting = sorted(Path(settings.SPOOL).glob(f"*{_SUFFIX}"))
    wanted = {str(channel_id) for channel_id in channel_ids} if waiting else set()
    for path in waiting:
        channel, _, version = path.name.removesuffix(_SUFFIX).partition(".")
        if channel in wanted:
            _apply(path, UUID(channel), int(version))


def _apply(path: Path, channel_id: UUID, version: int) -> None:
    try:
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        applied = replace(channel_id, version, path.read_bytes(), written_at)
    except FileNotFoundError:  # another process applied it just now
        return
    except SealBroken as error:  # kept for a person who may still find its key
        log.error("credential.spool_broken channel=%s why=%s", channel_id, error)
        path.rename(path.with_suffix(".broken"))
        return
    log.warning("credential.spool channel=%s applied=%s", channel_id, applied)
    unspool(channel_id, version)


def _write(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _spooled(channel_id: UUID, version: int) -> Path:
    return Path(settings.SPOOL) / f"{channel_id}.{version}{_SUFFIX}"
