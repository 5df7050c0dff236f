"""Reading BREAKWATER_* from the environment; secrets also from the file that *_FILE names."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from breakwater.domain.errors import Misconfigured

_NO = {"", "0", "no", "false", "off"}
_YES = {"1", "yes", "true", "on"}
_HERE = {"127.0.0.1", "::1", "localhost"}
KNOWN: set[str] = set()
"""Every BREAKWATER_<name> that was asked for so far: after the settings were read, all of them."""


def text(name: str, default: str = "") -> str:
    """The value of BREAKWATER_<name>, or what the file in BREAKWATER_<name>_FILE holds."""
    full = f"BREAKWATER_{name}"
    KNOWN.add(full)
    if file := os.environ.get(f"{full}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misconfigured(
                f"{full}_FILE", f"{full}_FILE names {file}, which cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(full, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value not in _YES | _NO:
        raise Misconfigured(f"BREAKWATER_{name}", f"Set BREAKWATER_{name} to yes or no.")
    return value in _YES


def number(name: str, default: float) -> float:
    value = text(name, str(default))
    try:
        return float(value)
    except ValueError as error:
        raise Misconfigured(
            f"BREAKWATER_{name}", f"Set BREAKWATER_{name} to a number, not {value!r}."
        ) from error


def listed(name: str) -> list[str]:
    return [item.strip() for item in text(name).split(",") if item.strip()]


def origins(name: str) -> dict[str, str]:
    """slug -> origin on this machine, of `x=http://127.0.0.1:9000,y=…`."""
    found = {}
    for item in listed(name):
        slug, _, origin = item.partition("=")
        parts = urlsplit(origin)
        plain = f"{parts.scheme}://{parts.netloc}" == origin and "@" not in origin
        here = parts.hostname in _HERE and parts.scheme in ("http", "https")
        if not slug or not plain or not here:
            raise Misconfigured(
                f"BREAKWATER_{name}",
                f"Set BREAKWATER_{name} to slugs of networks with an address on this machine each, "
                f"as in x=http://127.0.0.1:9000, not {item!r}.",
            )
        found[slug] = origin
    return found


def key_file(folder: Path, name: str, *, size: int = 32) -> bytes:
    """The key of `size` bytes kept in `<folder>/<name>`, made on first use, readable by us alone.

    Two processes may start at once: the one that links its file first wins.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as out:
            out.write(secrets.token_hex(size))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError) as error:
        raise Misconfigured(
            str(path), f"The key file {path} is not readable; restore it from your key backup."
        ) from error
    if len(key) != size:
        raise Misconfigured(
            str(path), f"The key file {path} is damaged; restore it from your key backup."
        )
    return key
