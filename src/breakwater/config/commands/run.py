"""Serve the pages and work, in one command, until stopped. A part that dies is started again.

It knows no Django: it only keeps the others alive, so it stays small.
"""

import argparse
import ctypes
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from breakwater.config import listening
from breakwater.config.cli import COMMANDS, EX_CONFIG
from breakwater.config.terminal import complain, say

STOP_S = 15.0
FIRST_PAUSE_S = 0.5
LAST_PAUSE_S = 30.0
STEADY_S = 60.0
"""A part that lived this long is healthy again: its next pause is the first one."""
_PR_SET_PDEATHSIG = 1


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing: what it needs are settings."""


def run(_options: argparse.Namespace) -> int:
    listening.address()
    names = [name for name in ("serve", "work") if name in COMMANDS]
    return Keeper([Part(name, [sys.executable, "-m", "breakwater", name]) for name in names]).keep()


@dataclass
class Part:
    """A child process and what is known of it. Times are monotonic seconds."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=FIRST_PAUSE_S)

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent
        )
        self.started = now

    def ended(self, now: float) -> int | None:
        """Its exit status when it has just ended; the next start is then planned."""
        if self.process is None or (status := self.process.poll()) is None:
            return None
        self.process = None
        if now - self.started >= STEADY_S:
            self.pause = FIRST_PAUSE_S
        self.start_at = now + self.pause
        self.pause = min(self.pause * 2, LAST_PAUSE_S)
        return status


class Keeper:
    """Starts its parts, starts the dead ones again, stops all when told to."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._inbox, self._outbox = socket.socketpair()
        for end in (self._inbox, self._outbox):
            end.setblocking(False)

    def keep(self) -> int:
        """The exit status: 0 after a stop that was asked for, 78 when a part cannot start."""
        self._listen()
        say("Breakwater starts. Stop it with Ctrl+C.")
        status = 0
        while status == 0 and not self._told_to_stop(self._patience()):
            status = self._look(time.monotonic())
        self._stop()
        return status

    def _look(self, now: float) -> int:
        for part in self.parts:
            ended = part.ended(now)
            if ended == EX_CONFIG:
                return EX_CONFIG
            if ended is not None:
                complain(f"`{part.name}` ended ({ended}); again in {part.start_at - now:.1f} s.")
            if part.process is None and now >= part.start_at:
                part.start(now)
        return 0

    def _patience(self) -> float | None:
        """Seconds until a start is due; None to wait for a signal alone (a child's end is one)."""
        due = [part.start_at for part in self.parts if part.process is None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._outbox.fileno(), warn_on_full_buffer=False)

    def _told_to_stop(self, seconds: float | None) -> bool:
        """Waits for a signal; whether one of them was a request to stop."""
        ready, _, _ = select.select([self._inbox], [], [], seconds)
        numbers = self._inbox.recv(64) if ready else b""
        return any(number != signal.SIGCHLD for number in numbers)

    def _stop(self) -> None:
        """Every part has ended: politely, or killed after STOP_S."""
        running = [part.process for part in self.parts if part.process is not None]
        for process in running:
            process.terminate()
        limit = time.monotonic() + STOP_S
        for process in running:
            try:
                process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end_with_parent() -> None:
    """Linux: the child is told to stop when we are gone, even by SIGKILL, so no orphan stays."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
