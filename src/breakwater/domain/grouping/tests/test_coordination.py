"""Signs that a crowd was arranged, with their figures."""

from datetime import timedelta

from breakwater.domain.grouping.coordination import Hint, Sign, arranged, signs
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Kept
from breakwater.domain.grouping.tests.saying import NINE, said

LATE = "My parcel never arrived"


def own_words(at: int) -> str:
    return f"{LATE} {chr(ord('a') + at)}"


def kept(*messages: object) -> list[Kept]:
    groups = Groups()
    groups.add(messages)  # type: ignore[arg-type]
    return sorted(groups.kept.values(), key=lambda one: one.at)


def test_people_who_complain_each_in_their_words_show_no_sign() -> None:
    messages = kept(*(said(str(at), own_words(at), minute=60 * at) for at in range(20)))

    assert signs(messages) == ()


def test_copies_count_only_when_several_people_posted_them() -> None:
    words = [LATE] * 6 + [own_words(at) for at in range(1, 7)]
    by_many = kept(*(said(str(at), text, minute=60 * at) for at, text in enumerate(words)))
    by_one = kept(
        *(
            said(str(at), text, minute=60 * at, by="eve" if at < 6 else "")
            for at, text in enumerate(words)
        )
    )

    assert signs(by_many) == (Sign(Hint.COPIES, 6, 12),)
    assert signs(by_one) == ()


def test_most_within_ten_minutes_is_a_burst() -> None:
    minutes = [0, 1, 2, 3, 4, 10, 60, 120, 180, 240]
    messages = kept(
        *(said(str(at), own_words(at), minute=minute) for at, minute in enumerate(minutes))
    )

    assert signs(messages) == (Sign(Hint.BURST, 6, 10),)


def test_new_accounts_are_counted_among_those_of_known_age() -> None:
    def since(at: int) -> object:
        return None if at >= 12 else NINE - timedelta(days=3 if at < 5 else 900)

    messages = kept(
        *(
            said(str(at), own_words(at), minute=60 * at, since=since(at))  # type: ignore[arg-type]
            for at in range(15)
        )
    )

    assert signs(messages) == (Sign(Hint.NEW_ACCOUNTS, 5, 12),)


def test_few_people_with_many_messages_each() -> None:
    messages = kept(
        *(said(str(at), own_words(at), minute=60 * at, by=f"p{at % 3}") for at in range(12))
    )

    assert signs(messages) == (Sign(Hint.FEW_AUTHORS, 3, 12),)
    assert not arranged(signs(messages))


def test_two_signs_speak_for_an_arrangement() -> None:
    messages = kept(*(said(str(at), LATE, minute=at / 10) for at in range(10)))

    assert signs(messages) == (Sign(Hint.COPIES, 10, 10), Sign(Hint.BURST, 10, 10))
    assert arranged(signs(messages))


def test_nothing_is_said_of_a_few() -> None:
    assert signs(kept(*(said(str(at), LATE) for at in range(9)))) == ()
    assert signs([]) == ()
