"""What a scene stands on: a folder, a database, a harbour, and what makes each of them breakable."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos import quays, shifted
from tests.chaos.tcp import Proxy
from tests.cluster import Cluster

_DISK_MB = 320
"""More than the product asks for before it starts (config/checks.py), and small enough to fill."""
_SMALL_MB = 16


@dataclass
class Setting:
    """origins: of the harbour, each a network by itself. environment: of this process;
    workers: of the workers, who see some of it otherwise."""

    home: Path
    origins: list[str]
    environment: dict[str, str]
    workers: dict[str, str]
    cluster: Cluster | None = None
    wires: dict[str, Proxy] = field(default_factory=dict)
    disks: dict[str, Path] = field(default_factory=dict)
    when: Path | None = None


def build(scene: str, database: str, scale: float, stack: ExitStack, random: Random) -> Setting:
    """Everything is running but the product. What is built goes when `stack` is closed."""
    home = Path(tempfile.mkdtemp(prefix="bw-chaos-", dir="/tmp"))
    disks = _small_disks(home, stack) if scene == "disk" else {}
    when = stack.enter_context(shifted.clock()) if scene == "clock" else None
    moved = shifted.environment(when) if when else {}
    on_postgresql = database == "postgresql"
    cluster = stack.enter_context(_cluster(moved, disks)) if on_postgresql else None
    port = stack.enter_context(quays.served(home / "harbour"))
    wires = {}
    if scene == "proxy":
        wires["harbour"] = _proxy_of_harbour(port, random)
        port = wires["harbour"].port
    origins = quays.origins(port)
    ours = _environment(home, origins, cluster.url if cluster else "", scale)
    workers = {**ours, **moved}
    if scene == "proxy" and cluster:
        wires["database"] = _proxy_of(cluster, random)
        port = wires["database"].port
        workers["DATABASE_URL"] = f"postgresql://breakwater@127.0.0.1:{port}/breakwater"
    return Setting(home, origins, ours, workers, cluster, wires, disks, when)


def _proxy_of_harbour(port: int, random: Random) -> Proxy:
    near = quays.addresses()
    return Proxy(lambda: asyncio.open_connection("127.0.0.1", port), random, near)


def _proxy_of(cluster: Cluster, random: Random) -> Proxy:
    socket = str(cluster.home / ".s.PGSQL.5432")
    return Proxy(lambda: asyncio.open_unix_connection(socket), random)


@contextmanager
def _cluster(moved: Mapping[str, str], disks: dict[str, Path]) -> Iterator[Cluster]:
    """On a small disk of its own where there are small disks; on the shifted clock where there is one."""
    folder = Path(tempfile.mkdtemp(prefix="bw-pg-", dir="/tmp"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if disks:
            disks["database"] = stack.enter_context(_mounted(folder, _DISK_MB))
        os.environ.update(moved)
        cluster = Cluster(folder)
        for name in moved:
            del os.environ[name]
        stack.callback(cluster.close)
        yield cluster


def _small_disks(home: Path, stack: ExitStack) -> dict[str, Path]:
    """The data folder with the database of SQLite; the pictures; the spool: each on its own."""
    data = home / "data"
    disks = {"database": stack.enter_context(_mounted(data, _DISK_MB))}
    disks["media"] = stack.enter_context(_mounted(data / "blobs", _SMALL_MB))
    disks["spool"] = stack.enter_context(_mounted(data / "spool", _SMALL_MB))
    return disks


@contextmanager
def _mounted(folder: Path, megabytes: int) -> Iterator[Path]:
    """Raises: RuntimeError in words where this process may not mount."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(
            f"The disk scene mounts small disks, which only root may: {done.stderr.strip()}"
        )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _environment(home: Path, origins: list[str], url: str, scale: float) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BREAKWATER_") and name != "DATABASE_URL"
    }
    return {
        **kept,
        **({"DATABASE_URL": url} if url else {}),
        "DJANGO_SETTINGS_MODULE": "breakwater.config.settings",
        "BREAKWATER_DATA": str(home / "data"),
        "BREAKWATER_TIME_SCALE": str(scale),
        "BREAKWATER_ALLOWED_ORIGINS": ",".join(origins),
        "BREAKWATER_LOG_LEVEL": "warning",
    }
