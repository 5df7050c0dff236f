"""A veiled message is masked with few questions to the scorer, however many sentences it has."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from breakwater.channels.models import Channel
from breakwater.domain.masking import LOOKS
from breakwater.domain.shield import Level, Shield
from breakwater.inbox.models import Item
from breakwater.inbox.services.masking import pieces
from breakwater.inbox.tests.world import ABUSE, NOW, arrive, said


def test_many_short_sentences_take_no_query_each(quay: Channel) -> None:
    arrive(quay, said(f"{ABUSE}. My order 48213 is late. {'u. ' * 660}", "a"))
    item = Item.objects.select_related("arrival").get()

    with CaptureQueriesContext(connection) as asked:
        found = pieces(quay.workspace, item, Shield(level=Level.CAREFUL), NOW)

    assert len(asked) <= LOOKS + 1
    shown = "".join(one.text for one in found)
    assert "48213" in shown
    assert "bitch" not in shown
