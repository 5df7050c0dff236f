"""A PostgreSQL cluster of the tests' own: unprivileged, on a Unix socket, gone with the session.

BREAKWATER_TEST_DB=postgresql runs the whole session on it. Where that is not asked, the fixture
`postgresql_cluster` (tests/databases.py) starts one for the tests that need it in any case.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

MEND = (
    "PostgreSQL's programs were not found. Install Debian's `postgresql` package "
    "(`apt-get install postgresql`), or run `make test` as root, which does it."
)


class Cluster:
    """A running server. url: for DATABASE_URL; the role is a superuser named breakwater."""

    def __init__(self, home: Path, *, log: str = "server.log") -> None:
        self.home = home
        self.data = home / "cluster"
        self._log = home / log
        self._addresses = ""
        self._user = _unprivileged() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(home, self._user)
        self._as_owner(
            "initdb", "-D", self.data, "-U", "breakwater", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        self.start()
        self._as_owner("createdb", "-h", home, "-U", "breakwater", "breakwater")

    @property
    def url(self) -> str:
        return self._url("breakwater")

    def fresh(self, name: str) -> str:
        """The url of a new, empty database beside it."""
        self._as_owner("createdb", "-h", self.home, "-U", "breakwater", name)
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://breakwater@{quote(str(self.home), safe='')}/{name}"

    def start(self) -> None:
        options = (
            f"-c listen_addresses='{self._addresses}' -c unix_socket_directories='{self.home}'"
        )
        self._as_owner(
            "pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self._log, "-o", options
        )

    def stop(self, mode: str = "fast") -> None:
        """mode: fast, or immediate (as if the power had failed)."""
        self._as_owner("pg_ctl", "stop", "-w", "-s", "-D", self.data, "-m", mode)

    def listen(self, addresses: Sequence[str], guests: str) -> None:
        """It is started anew and answers on TCP too, to the addresses of `guests` (CIDR)."""
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {guests} trust\n")
        self._addresses = ",".join(addresses)
        self.stop()
        self.start()

    @property
    def running(self) -> bool:
        """Whether it was started and has not gone (a full disk, say, ends it)."""
        return (self.data / "postmaster.pid").exists()

    def close(self) -> None:
        if self.running:
            self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    def _as_owner(self, program: str, *arguments: str | Path) -> None:
        command = [str(programs() / program), *(str(argument) for argument in arguments)]
        if self._user:
            command = ["runuser", "-u", self._user, "--", *command]
        done = subprocess.run(
            command, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
        )  # fmt: skip
        if done.returncode:
            log = self._log.read_text() if self._log.exists() else ""
            raise RuntimeError(f"{program} failed: {done.stdout.strip()} {log.strip()}")


def programs() -> Path:
    """The folder of PostgreSQL's own programs (the newest, where there are several)."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError(MEND)
    return Path(on_path).resolve().parent


def cluster() -> Cluster:
    """A fresh cluster in a folder with a short name (socket paths hold 107 bytes)."""
    home = Path(tempfile.mkdtemp(prefix="bw-pg-", dir="/tmp"))
    made = Cluster(home)
    atexit.register(made.close)
    return made


def choose_database() -> None:
    """DATABASE_URL says what this session was asked to run on. Workers of xdist inherit it."""
    wanted = os.environ.get("BREAKWATER_TEST_DB", "sqlite")
    if wanted not in ("sqlite", "postgresql"):
        raise RuntimeError(f"Set BREAKWATER_TEST_DB to sqlite or postgresql, not {wanted!r}.")
    if wanted == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["DATABASE_URL"] = cluster().url


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise RuntimeError("initdb refuses root, and neither `postgres` nor `nobody` exists here.")
