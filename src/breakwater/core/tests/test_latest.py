"""What was asked last is remembered, and no more than so many."""

from breakwater.core.latest import Latest


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept: Latest[str, int] = Latest(2)
    kept.put("a", 1)
    kept.put("b", 2)

    assert kept.get("a") == 1
    kept.put("c", 3)

    assert [kept.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_put_again_is_the_newest() -> None:
    kept: Latest[str, int] = Latest(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        kept.put(key, value)

    assert [kept.get(key) for key in "abc"] == [3, None, 4]
