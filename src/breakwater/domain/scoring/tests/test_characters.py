"""Every character of Unicode, one by one."""

import pytest

from breakwater.domain.scoring.characters import READ, fold
from breakwater.domain.scoring.confusables import ALIKE, LATIN, ROUGH


@pytest.mark.slow
def test_what_a_character_is_read_as_is_read_so_again() -> None:
    unstable = []
    for code in range(0x110000):
        once = fold(chr(code))
        if "".join(fold(one) for one in once).strip() != once.strip():
            unstable.append(f"{code:x}")

    assert unstable == []


def test_lower_case_leaves_each_kept_letter_one_character() -> None:
    kept = {one for one in map(chr, range(0x80, 0x30000)) if fold(one) == one}

    assert len(kept) > 90_000
    assert {one for one in kept if len(one.lower()) != 1} == set()


def test_a_look_alike_is_in_one_table_alone() -> None:
    ones = [one for part in (LATIN, ALIKE, ROUGH) for told in part.values() for one in told]

    assert len(ones) == len(set(ones)) > 1_100
    assert all(letters.isascii() and letters.islower() for letters in READ.values())
    assert not any(one.isascii() for one in ones)
