"""The usual word that an unknown one is a slip or a disguise of, and the words of a run of letters.

An edit is looked up by its hash; only the one that is taken is written.
"""

import numpy as np

from breakwater.domain.scoring.known import OCTAVE, POWERS, RUDE, Known, Sums, sums, within

LONGEST = 24
"""Letters of a word that is looked at."""
STAR = "*"
_ABC = "abcdefghijklmnopqrstuvwxyz"
_LETTERS = np.array([ord(one) for one in _ABC], np.uint64)
_WIDEST = 20
"""Letters of a word in a run."""
_ALL = 22 * OCTAVE
"""The level of all words together: a word costs by how much it is below."""
_UNREAD = 2 * _ALL
"""What a letter of a run costs that is in no word."""


def mended(word: str, known: Known) -> tuple[str, int]:
    """The most usual word that stands behind `word`, and its level; `word` and 0 if there is none.

    word: 3 to LONGEST letters from a to z, one of which may be a star, not the first. For a star
    stands one letter, or none, and a rude word goes before others. Else two neighbours changed
    places, or a letter is missing; the first letter and the last are right.
    """
    codes, before = sums(word)
    if STAR in word:
        at = word.index(STAR)
        levels = known(_unstarred(codes, before, at))
        letter = int(levels.argmax())
        level = int(levels[letter] & ~RUDE)
        return (
            (word[:at] + _ABC[letter : letter + 1] + word[at + 1 :], level) if level else (word, 0)
        )
    swapped, missing = _swapped(codes, before), _missing(before)
    levels = known(np.concatenate([swapped, missing])) & ~RUDE
    best = int(levels.argmax())
    if not levels[best]:
        return word, 0
    if best < len(swapped):
        at = best + 1
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :], int(levels[best])
    at, letter = divmod(best - len(swapped), len(_ABC))
    return word[: at + 1] + _ABC[letter] + word[at + 1 :], int(levels[best])


def _unstarred(codes: Sums, before: Sums, at: int) -> Sums:
    """With each letter for the character at `at`; then without it."""
    rest = np.array([len(codes)])
    letters = before[-1] + (_LETTERS - codes[at]) * POWERS[at]
    without = before[at] + within(before, np.array([at + 1]), rest) * POWERS[at]
    return np.concatenate([letters, without])


def _swapped(codes: Sums, before: Sums) -> Sums:
    """With each two inner neighbours in the other order."""
    at = np.arange(1, max(len(codes) - 2, 1))
    one, other = codes[at], codes[at + 1]
    swapped: Sums = before[-1] + (other - one) * POWERS[at] + (one - other) * POWERS[at + 1]
    return swapped


def _missing(before: Sums) -> Sums:
    """With each letter put in at each place within, place by place."""
    at = np.arange(1, len(before) - 1)
    rest = (before[-1] - before[at]) * POWERS[1]
    missing: Sums = (before[at] + rest)[:, None] + _LETTERS * POWERS[at][:, None]
    return missing.ravel()


def parts(run: str, known: Known) -> list[tuple[int, int]]:
    """Where the words of a run of letters start and end: those that are the likeliest together.
    Letters that are in no word stay together."""
    costs, starts, read = [0], [0], [False]
    for end, words in enumerate(_ending(run, known), 1):
        cost, start, found = costs[-1] + _UNREAD, end - 1, False
        for at, level in words:
            if costs[at] + _ALL - level < cost:
                cost, start, found = costs[at] + _ALL - level, at, True
        costs.append(cost)
        starts.append(start)
        read.append(found)
    return _put_together(starts, read)


def _ending(run: str, known: Known) -> list[list[tuple[int, int]]]:
    """For each letter the words that end with it: where they start, and their levels."""
    ends = np.arange(1, len(run) + 1)[:, None]
    starts = np.maximum(ends - np.arange(_WIDEST, 0, -1), 0)
    _, before = sums(run)
    levels = known(within(before, starts, ends)) & ~RUDE
    found: list[list[tuple[int, int]]] = [[] for _ in run]
    which, wide = levels.nonzero()
    for end, start, level in zip(which, starts[which, wide], levels[which, wide], strict=True):
        found[end].append((int(start), int(level)))
    return found


def _put_together(starts: list[int], read: list[bool]) -> list[tuple[int, int]]:
    """Back from the end; letters that are in no word, in one."""
    found: list[tuple[int, int]] = []
    end, unread = len(starts) - 1, False
    while end:
        start = starts[end]
        if unread and not read[end]:
            found[-1] = start, found[-1][1]
        else:
            found.append((start, end))
        end, unread = start, not read[end]
    return found[::-1]
