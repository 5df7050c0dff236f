"""A backup's file: a tar whose last member, manifest.json, has the SHA-256 of all others."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from breakwater.domain.errors import Invalid

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. taken_at: ISO, UTC. files: name -> SHA-256."""

    version: str
    engine: str
    taken_at: str
    heads: Mapping[str, tuple[int, str]]
    files: Mapping[str, str]
    format: int = FORMAT


def write(to: Path, sources: Mapping[str, Path], manifest: Manifest) -> None:
    """The archive is at `to`, complete and durable, readable by us alone; or not there at all."""
    part = to.with_name(f"{to.name}.part")
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name, path in sources.items():
                tar.add(path, arcname=name, recursive=False)
            _add_manifest(tar, manifest)
        out.flush()
        os.fsync(out.fileno())
    part.replace(to)


def hashes(sources: Mapping[str, Path]) -> dict[str, str]:
    found = {}
    for name, path in sources.items():
        with path.open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def unpack(archive: Path, into: Path) -> Manifest:
    """The manifest, after every file is below `into` and has the hash that was written down.

    Raises: Invalid (code=backup_damaged) with what is wrong; `into` is then to be thrown away.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _read_manifest(tar)
            for name, digest in manifest.files.items():
                if _copy(_member(tar, name), _below(into, name)) != digest:
                    raise Invalid(code="backup_damaged", what=name)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Invalid(code="backup_damaged", what=archive.name) from error
    return manifest


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """(name in the archive, path) of each plain file below `folder`, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), indent=1, default=dict).encode()
    info = tarfile.TarInfo(_MANIFEST)
    info.size = len(data)
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(data))


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    try:
        found = json.loads(_member(tar, _MANIFEST).read())
        manifest = Manifest(**found)
    except (ValueError, TypeError) as error:
        raise Invalid(code="backup_damaged", what=_MANIFEST) from error
    if manifest.format != FORMAT:
        raise Invalid(code="backup_damaged", what=f"format {manifest.format}")
    return manifest


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise Invalid(code="backup_damaged", what=name)
    return file


def _below(folder: Path, name: str) -> Path:
    """The path of `name` in `folder`; Invalid for a name that would leave it."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise Invalid(code="backup_damaged", what=name)
    path = folder.joinpath(*pure.parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _copy(source: IO[bytes], to: Path) -> str:
    digest = hashlib.sha256()
    with to.open("wb") as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()
