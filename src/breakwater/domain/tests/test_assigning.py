"""Which post is which delivery's, when the ledger knows less than the network."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from breakwater.domain.assigning import Match, Matched, Open, assign
from breakwater.domain.readback import Candidate

BACKUP = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NINE = BACKUP + timedelta(hours=1)
RELEASE = BACKUP + timedelta(days=1)
WEEK = timedelta(days=7)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def row(
    key: UUID = A, text: str = "Fog.", *, due: datetime = NINE, media: int = 0,
    record_key: str = "", markers: frozenset[str] = frozenset(),
) -> Open:  # fmt: skip
    return Open(key, text, media, record_key, due, BACKUP, RELEASE, markers)


def post(remote_id: str, text: str = "Fog.", *, at: datetime = NINE, media: int = 0) -> Candidate:
    return Candidate(remote_id, text, at, media)


def assigned(
    rows: list[Open], posts: list[Candidate], unlike: Callable[[UUID, str], bool] | None = None
) -> Matched:
    return assign(rows, posts, by_handle={}, unlike=unlike or (lambda _key, _one: False))


def test_equal_words_are_found_whenever_the_delivery_was_planned() -> None:
    next_week = row(due=NINE + WEEK)

    assert assigned([next_week], [post("7")]).found == (Match(A, "7", "content"),)


def test_other_words_are_not() -> None:
    assert assigned([row()], [post("7", "Sun.")]) == Matched(())


def test_a_post_from_before_the_backup_or_after_the_release_is_nobodys() -> None:
    early, late = BACKUP - timedelta(minutes=3), RELEASE + timedelta(minutes=3)

    assert assigned([row()], [post("7", at=early), post("8", at=late)]) == Matched(())


def test_a_record_key_decides_although_the_words_were_altered() -> None:
    keyed = row(record_key="3labc2defgh22", due=NINE + WEEK)

    found = assigned([keyed], [post("at://x/3labc2defgh22", "Altered.", at=BACKUP - WEEK)]).found

    assert found == (Match(A, "at://x/3labc2defgh22", "record_key"),)


def test_a_handle_decides_before_the_words() -> None:
    found = assign(
        [row(), row(B)], [post("7"), post("8")], by_handle={B: "7"}, unlike=lambda _k, _o: False
    ).found

    assert found == (Match(B, "7", "handle"), Match(A, "8", "content"))


def test_two_posts_for_one_delivery_are_a_question() -> None:
    assert assigned([row()], [post("7"), post("8")]) == Matched((), {A: ("7", "8")})


def test_of_two_equal_deliveries_the_one_whose_time_it_was_is_out() -> None:
    found = assigned([row(), row(B, due=NINE + WEEK)], [post("7")])

    assert found == Matched((Match(A, "7", "content"),))


def test_of_two_equal_deliveries_without_a_time_that_fits_both_are_a_question() -> None:
    rows = [row(due=NINE + WEEK), row(B, due=NINE + 2 * WEEK)]

    assert assigned(rows, [post("7")]) == Matched((), {A: ("7",), B: ("7",)})


def test_as_many_equal_posts_as_deliveries_are_all_out_in_their_order() -> None:
    later = NINE + timedelta(hours=2)
    rows = [row(B, due=later + WEEK), row(due=NINE + WEEK)]

    found = assigned(rows, [post("8", at=later), post("7")]).found

    assert sorted((one.key, one.remote_id) for one in found) == [(A, "7"), (B, "8")]


def test_equal_words_under_other_pictures_are_told_apart() -> None:
    rows = [row(media=1), row(B, media=1)]
    posts = [post("7", media=1), post("8", media=1)]

    found = assigned(rows, posts, unlike=lambda key, one: (key == A) != (one == "7")).found

    assert sorted((one.key, one.remote_id) for one in found) == [(A, "7"), (B, "8")]


def test_equal_words_under_other_pictures_alone_are_not_adopted_but_asked() -> None:
    posts = [post("7", media=1)]

    assert assigned([row(media=1)], posts, unlike=lambda _key, _one: True) == Matched(
        (), {A: ("7",)}
    )


def test_a_link_of_its_own_finds_a_post_in_altered_words() -> None:
    own = row(text="Fog: https://a.example/1", markers=frozenset({"a.example/1"}))

    found = assigned([own], [post("7", "Fog… http://A.example/1/")]).found

    assert found == (Match(A, "7", "marker"),)


def test_a_link_in_two_posts_is_a_question() -> None:
    own = row(text="Fog: https://a.example/1", markers=frozenset({"a.example/1"}))
    posts = [post("7", "One https://a.example/1"), post("8", "Two https://a.example/1")]

    assert assigned([own], posts) == Matched((), {A: ("7", "8")})


def test_who_has_a_post_takes_no_other_ones() -> None:
    rows = [row(), row(B, "Sun."), row(C, "Rain.")]

    found = assigned(rows, [post("7"), post("8", "Sun.")]).found

    assert {one.key for one in found} == {A, B}
