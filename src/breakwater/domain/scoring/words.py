"""The words of a view, and the hashed pieces of each: what the weights are addressed by.

Only hashes are kept in the weights, so that no text can be read back from them.
"""

import re
import zlib

NOTHING = "."
"""What a text without a word is read as."""
WINDOW = 48
"""Words read at once, in training too. A longer text is read in windows."""
STEP = 40
"""From one window of a long text to the next."""
LONGEST_WORD = 24
RUNS = (3, 4, 5)

_WORD = re.compile(r"\w[\w*]*'?|[^\w\s]")


def words(view: str) -> list[str]:
    """Words, elided articles with their apostrophe, and single marks and emoji, in order."""
    return _WORD.findall(view)


def places(view: str) -> list[tuple[int, int]]:
    """Where each of `words(view)` starts and ends in it."""
    return [found.span() for found in _WORD.finditer(view)]


def windows(count: int) -> range:
    """Where the windows begin in which so many words are read; one at least."""
    return range(0, max(count - WINDOW, 0) + STEP, STEP)


def key(word: str) -> int:
    """32 bits that stand for a word."""
    return zlib.crc32(word.encode())


def pieces(word: str, rows: int) -> list[int]:
    """Rows of a table of `rows` that together describe the word: itself, and its runs of 3 to 5
    characters with its edges. At most 70; each once."""
    edged = f"<{word[:LONGEST_WORD]}>"
    runs = {edged[at : at + n] for n in RUNS for at in range(len(edged) - n + 1)}
    return sorted({key(run) % rows for run in (*runs, edged)})
