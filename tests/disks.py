"""A disk without room, without needing rights: this process's own limit on the size of files.

Every write that would make a file longer is refused with EFBIG, where a full disk says ENOSPC.
"""

import resource


class Disk:
    """As a context it has no room from the start; leaving it makes room in any case."""

    def __init__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """No file of this process can grow any more."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._before[1]))

    def make_room(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)

    def __enter__(self) -> "Disk":
        self.fill()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.make_room()
