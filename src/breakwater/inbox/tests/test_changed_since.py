"""Words that nobody has looked at are not shown under what was said of others before them."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.domain.shield import Level, Shield
from breakwater.inbox import reading
from breakwater.inbox.models import Item
from breakwater.inbox.services.masking import pieces, without_insults
from breakwater.inbox.services.revealing import reveal
from breakwater.inbox.tests.world import ABUSE, KIM, NOW, OURS, PRAISE, arrive, said, take_in
from breakwater.people.selectors import Access
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)
LOOSE = Shield(Level.HELD, unscored=False, media=False)
"""Of who wants to be spared as little as can be."""


def _item() -> Item:
    return Item.objects.select_related("arrival", "contact").get()


def _edited(quay: Channel) -> Item:
    arrive(quay, said(PRAISE, "a"))
    record_arrivals(quay, [said(ABUSE, "a")], now=LATER)
    return _item()


def test_words_edited_since_are_veiled_whatever_was_said_of_the_old_ones(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "a"))
    assert reading.message(_item(), LOOSE).text == PRAISE

    record_arrivals(quay, [said(ABUSE, "a")], now=LATER)

    shown = reading.message(_item(), LOOSE)
    assert (shown.text, shown.summary) == (None, "Changed since, not looked at yet.")
    assert (shown.unscored, shown.reasons, shown.masked) == (True, (), None)
    assert reading.line(_item()) == "Changed since, not looked at yet."


def test_once_they_are_looked_at_they_are_shown_as_what_they_are(quay: Channel) -> None:
    _edited(quay)
    take_in(now=LATER)
    assert reading.message(_item(), Shield()).summary != "Changed since, not looked at yet."

    arrive(quay, said(PRAISE, "a"), now=LATER + timedelta(minutes=1))

    assert reading.message(_item(), LOOSE).text == PRAISE


def test_no_masking_is_offered_of_what_nobody_looked_at(quay: Channel, ada_at: Access) -> None:
    item = _edited(quay)

    assert pieces(quay.workspace, item, LOOSE, LATER) == ()
    assert without_insults(ada_at, item.pk, now=LATER).masked is None


def test_opening_them_is_an_exposure_to_what_nobody_could_rate(
    quay: Channel, ada_at: Access
) -> None:
    item = _edited(quay)

    shown = reveal(ada_at, item.pk, "text", request=new_id(), now=LATER)

    assert shown.text == ABUSE
    assert [(one.what, one.rank) for one in Exposure.objects.all()] == [("text", None)]


def test_own_words_are_shown_however_often_they_change(quay: Channel) -> None:
    ours = said("Open on Sundays.", "a", by=OURS, own=True)
    arrive(quay, said(PRAISE, "q", by=KIM), ours)
    record_arrivals(quay, [said("Closed on Sundays.", "a", by=OURS, own=True)], now=LATER)

    own = Item.objects.select_related("arrival", "contact").get(own=True)
    assert reading.message(own, Shield()).text == "Closed on Sundays."
