"""The harness's hold on its processes: workers forked by a mother, killed, frozen, thawed."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Plan = Mapping[str, Any]
_pause = threading.Event()


def rest(seconds: float) -> None:
    """The harness does nothing for so long."""
    _pause.wait(seconds)


class Hand:
    """One worker process. Its pidfd stays valid, whoever gets the number afterwards."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._fd = os.pidfd_open(pid)

    @property
    def alive(self) -> bool:
        return not select.select([self._fd], [], [], 0)[0]

    def send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._fd, number)

    def kill(self) -> None:
        """`kill -9`; gone when this returns."""
        self.send(signal.SIGKILL)
        self.wait(30)

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def wait(self, seconds: float) -> bool:
        """Whether it is gone within so long."""
        return bool(select.select([self._fd], [], [], seconds)[0])


class Mother:
    """Started with the environment of the installation; `bear` forks a worker."""

    def __init__(
        self, environment: Mapping[str, str], log: Path, where: Sequence[str] = ()
    ) -> None:
        """where: what a command line begins with to run there (on another host, say)."""
        self._log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [*where, sys.executable, "-m", "tests.chaos.mother"], env=dict(environment),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out, text=True,
            )  # fmt: skip

    def bear(self, plan: Plan) -> Hand:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"log": str(self._log), "plan": dict(plan)}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the mother of the workers is gone, see {self._log}")
        return Hand(int(answer))

    def close(self) -> None:
        self._process.kill()  # the children go with her
        self._process.communicate(timeout=30)
