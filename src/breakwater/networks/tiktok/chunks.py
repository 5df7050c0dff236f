"""How a video is cut for its upload.

At least 5 MB and at most 64 MB a chunk; what remains goes with the last one (up to 128 MB); below
5 MB the whole is one chunk; one after the other, 1,000 at most
(https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide, 2026-11-28).
The last chunk is the call that publishes and has one minute, so it is kept small: below 16 MB.
"""

from dataclasses import dataclass

CHUNK = 8_000_000


@dataclass(frozen=True)
class Cut:
    """size: of the video, in bytes."""

    size: int

    @property
    def chunk(self) -> int:
        return min(self.size, CHUNK)

    @property
    def number(self) -> int:
        """How many chunks: rounded down, since the last one takes the rest."""
        return max(1, self.size // max(1, self.chunk))

    @property
    def last(self) -> int:
        """Where the last chunk begins."""
        return self.chunk * (self.number - 1)

    def span(self, offset: int) -> int:
        """The length of the chunk that begins at `offset`."""
        return self.size - offset if offset >= self.last else self.chunk

    def heading(self, offset: int) -> str:
        """Content-Range of the chunk that begins at `offset`."""
        return f"bytes {offset}-{offset + self.span(offset) - 1}/{self.size}"

    def resume(self, received: int) -> int:
        """Where to go on when TikTok has `received` bytes: at a whole chunk."""
        return min(received // self.chunk * self.chunk, self.last) if self.chunk else 0
