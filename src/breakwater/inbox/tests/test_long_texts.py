"""What is in the middle of a long message counts, as nothing of it is shown that was not looked at."""

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.scoring.windows import REACH
from breakwater.domain.shield import Level, Shield
from breakwater.inbox import reading
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import ABUSE, DANGER, PRAISE, arrive, said

pytestmark = pytest.mark.django_db

WALK = (
    "The shop in the harbour opens at nine and closes at six, and we walked there along the quay."
)
LOOSE = Shield(Level.HELD, unscored=False, media=False)


def _within(text: str, length: int, around: str = PRAISE) -> str:
    side = f"{around} " * (length // 2 // (len(around) + 1))
    return f"{side}{text}. {side}"


def _item(quay: Channel, text: str) -> Item:
    arrive(quay, said(text, "a"))
    return Item.objects.select_related("arrival", "contact").get()


@pytest.mark.parametrize("length", [6_000, 20_000])
def test_abuse_in_the_middle_of_a_long_text_veils_it(quay: Channel, length: int) -> None:
    item = _item(quay, _within(ABUSE, length))

    assert item.rank in (Level.HELD, Level.ABUSE)
    assert reading.message(item, Shield()).text is None


def test_who_says_in_the_middle_of_a_long_text_that_they_are_in_danger_is_heard(
    quay: Channel,
) -> None:
    item = _item(quay, _within(f"{DANGER}. {DANGER}. I want to die", 9_000, around=WALK))

    assert (item.danger, item.category) == (True, "danger")


def test_a_long_text_without_abuse_is_shown(quay: Channel) -> None:
    text = _within("", 20_000)

    item = _item(quay, text)

    assert (item.rank, reading.message(item, Shield()).text) == (Level.EVERYTHING, text)


def test_what_is_too_long_to_be_looked_at_is_not_shown_unasked(quay: Channel) -> None:
    item = _item(quay, _within("", REACH + 500))

    shown = reading.message(item, LOOSE)

    assert (shown.text, shown.summary) == (None, "Too long for all of it to be looked at.")
    opened = reading.message(item, LOOSE, reading.Opened(texts=(item.pk,)))
    assert opened.text == item.arrival.text
