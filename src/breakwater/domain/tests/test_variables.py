"""Saved answers are filled with words, never with deeds; what is missing stays to be seen."""

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.variables import LONGEST, fill, order_in, places, unknown


def test_known_places_are_filled_and_missing_ones_stay_as_gaps() -> None:
    text = "Hello {name}, about order {order}: the {brand} team, {agent}. {order}?"

    filled = fill(text, {"name": "Kim", "brand": "Harbour", "agent": "ada", "order": ""})

    assert filled == "Hello Kim, about order {order}: the Harbour team, ada. {order}?"
    assert places(filled) == ("order",)


def test_a_value_is_never_read_again() -> None:
    filled = fill("{name} {agent}", {"name": "{agent}", "agent": "{name!r} {0.__class__}"})

    assert filled == "(agent) (name!r) (0.__class__)"
    assert places(filled) == ()


def test_what_is_no_name_in_braces_is_left_alone() -> None:
    text = "{} {Name} {a.b} {1} {{ x }} { name } {n%s}"

    assert fill(text, {"name": "Kim", "a": "no", "n": "no"}) == text
    assert places(text) == ()


def test_names_that_nobody_knows_are_told() -> None:
    assert unknown("{name} {nmae} {shop} {coupon} {nmae}") == ("nmae", "coupon")


def test_a_value_stays_on_its_line_and_is_not_endless() -> None:
    assert fill("{name}!", {"name": " Kim\r\n\tHolloway "}) == "Kim Holloway!"
    assert len(fill("{name}", {"name": "x" * 100_000})) == LONGEST


_PARTS = st.one_of(
    st.sampled_from(["{name}", "{order}", "{agent}", "{shop}"]),
    st.text(st.characters(blacklist_characters="{}")),
)


@given(
    st.lists(_PARTS).map("".join),
    st.dictionaries(st.sampled_from(["name", "order", "agent"]), st.text()),
)
def test_whatever_is_put_in_makes_no_new_place(text: str, values: dict[str, str]) -> None:
    assert set(places(fill(text, values))) <= set(places(text))


def test_the_number_of_an_order_is_found_where_just_one_is_named() -> None:
    assert order_in("My order 48213 still has not arrived") == "48213"
    assert order_in("Commande n° 48213, et encore la commande 48213 !") == "48213"
    assert order_in("#48213") == "48213"
    assert order_in("order 48213 or order 48214?") == ""
    assert order_in("since 2019, in order 3 of them, call 0612345678") == ""
