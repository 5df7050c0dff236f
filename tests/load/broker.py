"""RabbitMQ of the measurement's own: unprivileged, on loopback, in a folder that goes with it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from time import monotonic

from breakwater.config.bench.processes import free_port
from tests.load.places import rest

MEND = (
    "RabbitMQ was not found. Install Debian's `rabbitmq-server` package (`make bench`, run as "
    "root, does it), or leave this part out: --only rush --only wall."
)
_SCRIPT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_START_S = 120.0
_AMQP = b"AMQP\x00\x00\x09\x01"


class Broker:
    """A running broker and the port mapper that it needs. Raises: RuntimeError with the mend."""

    def __init__(self) -> None:
        if not there():
            raise RuntimeError(MEND)
        self._home = Path(tempfile.mkdtemp(prefix="bw-mq-", dir="/tmp"))
        self._user = _unprivileged() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._home, self._user)
        self._port = free_port()
        environment = self._environment(mapper_port=free_port())
        self._mapper = self._start(["epmd"], environment)
        self._server = self._start([str(_SCRIPT)], environment)
        self._wait()

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def close(self) -> None:
        """Both are gone, by their ids, and the folder with them."""
        for process in (self._server, self._mapper):
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=30)
        shutil.rmtree(self._home, ignore_errors=True)

    def _environment(self, *, mapper_port: int) -> dict[str, str]:
        home = str(self._home)
        return {
            "PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(mapper_port),
            "RABBITMQ_NODENAME": f"bench{os.getpid()}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": f"{home}/data", "RABBITMQ_LOG_BASE": f"{home}/log",
            "RABBITMQ_PID_FILE": f"{home}/pid", "RABBITMQ_CONF_ENV_FILE": f"{home}/none.conf",
            "RABBITMQ_CONFIG_FILE": f"{home}/none", "RABBITMQ_ENABLED_PLUGINS_FILE": f"{home}/none",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RUNNING_UNDER_SYSTEMD": "true",  # the script becomes the server: one id to stop
        }  # fmt: skip

    def _start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with (self._home / "output.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self._home, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, user=self._user, group=_group(self._user),
                extra_groups=[] if self._user else None,
            )  # fmt: skip

    def _wait(self) -> None:
        end = monotonic() + _START_S
        while not _answers(self._port):
            if monotonic() > end or self._server.poll() is not None:
                said = (self._home / "output.log").read_text(errors="replace")[-2000:]
                self.close()
                raise RuntimeError(f"RabbitMQ did not start:\n{said}")
            rest(0.2)


def there() -> bool:
    """Whether this machine has the broker's programs."""
    return _SCRIPT.exists() and shutil.which("epmd") is not None


def _answers(port: int) -> bool:
    """A broker answers a wish for a protocol that it does not speak with the one it does."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
            link.sendall(_AMQP)
            return link.recv(1) != b""
    except OSError:
        return False


def _unprivileged() -> str:
    return next(name for name in ("rabbitmq", "nobody") if _known(name))


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
