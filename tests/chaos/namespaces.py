"""Hosts of our own on one machine: network namespaces, each with a wire to the database.

The practice network is on each host's own loopback (processes that share the harbour's file), so
cutting the wire takes the database away and leaves the networks.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

GUESTS = "10.207.0.0/16"


@dataclass(frozen=True)
class Host:
    """name: of its namespace. ours: the address at which it finds what runs on this side."""

    name: str
    ours: str

    def inside(self, *command: str) -> list[str]:
        """The command line that runs `command` on this host."""
        return ["ip", "netns", "exec", self.name, *command]

    def cut(self) -> None:
        """No packet passes any more, and nobody is told."""
        _ip("-n", self.name, "link", "set", "wire", "down")

    def join(self) -> None:
        _ip("-n", self.name, "link", "set", "wire", "up")


@contextmanager
def host(number: int) -> Iterator[Host]:
    """A host that is there until the block is left. number: 0 to 60.

    Raises: RuntimeError in words where this process may not make namespaces.
    """
    place = os.getpid() % 250
    name, outside = f"bw{os.getpid()}-{number}", f"bw{place}w{number}"
    ours, theirs = (f"10.207.{place}.{4 * number + end}" for end in (1, 2))
    _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("link", "add", outside, "type", "veth", "peer", "name", "wire", "netns", name)
        _ip("address", "add", f"{ours}/30", "dev", outside)
        _ip("link", "set", outside, "up")
        _ip("-n", name, "address", "add", f"{theirs}/30", "dev", "wire")
        _ip("-n", name, "link", "set", "wire", "up")
        yield Host(name, ours)
    finally:
        _ip("netns", "del", name)  # its end of the wire goes with it, and so does ours


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"The scene of two hosts makes network namespaces, which only root may: "
            f"ip {' '.join(words)}: {done.stderr.strip()}"
        )
