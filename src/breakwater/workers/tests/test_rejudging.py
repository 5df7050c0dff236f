"""What came in while the scorer was down is scored once it is back; an opinion that came late counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.domain.errors import BreakwaterError
from breakwater.domain.scoring.scores import Band
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category
from breakwater.inbox.models import Contact, Item, Thread
from breakwater.inbox.services import correcting, rejudging
from breakwater.inbox.services.judging import Judged
from breakwater.inbox.tests.world import ABUSE, LEO, NOW, PRAISE, QUESTION, arrive, channel_of, said
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.scoring.models import SecondOpinion
from breakwater.workers.rejudge import EVERY, Rejudge, judged

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


def _item(remote_id: str) -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def test_messages_are_scored_once_the_scorer_is_back(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO), scored=False)

    assert Rejudge().look(now=LATER) == 2

    assert _item("a").rank in (Level.HELD, Level.ABUSE)
    assert (_item("b").category, _item("b").thread.category) == (Category.QUESTION,) * 2
    assert not Contact.objects.filter(rank=None).exists()
    assert Thread.objects.filter(rank=None).count() == 0
    assert Rejudge().look(now=LATER) == 0


def test_it_looks_seldom_and_not_at_our_own_words(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said("Of course.", "b", own=True, parent="a"))
    duty = Rejudge()
    assert duty.look(now=NOW) == 0

    arrive(quay, said(QUESTION, "c"), scored=False)

    assert duty.look(now=NOW + EVERY / 2) == 0
    assert duty.look(now=NOW + EVERY) == 1
    assert _item("b").model == ""


def test_a_message_that_the_scorer_breaks_at_holds_nobody_up(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b", by=LEO), scored=False)
    bad = _item("b").pk

    def breaks(items: Sequence[Item], now: datetime) -> Judged:
        if bad in {item.pk for item in items}:
            raise BreakwaterError
        return judged(items, now)

    assert Rejudge(breaks).look(now=LATER) == 1
    assert Rejudge(breaks).look(now=LATER) == 0
    assert (_item("a").category, _item("b").rank) == (Category.QUESTION, None)
    assert _item("b").model == rejudging.UNSCORABLE


def test_while_the_scorer_is_down_nothing_is_given_up(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b", by=LEO), scored=False)

    def down(items: Sequence[Item], now: datetime) -> Judged:
        raise BreakwaterError

    assert Rejudge(down).look(now=LATER) == 0
    assert {item.model for item in Item.objects.all()} == {""}
    assert Rejudge().look(now=LATER) == 2


def test_what_changed_or_was_corrected_meanwhile_is_not_judged_by_old_words(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO), scored=False)
    seen = rejudging.unscored()
    Item.objects.filter(pk=_item("a").pk).update(words_at=LATER)
    make_member(quay.workspace, ada := make_person("ada"), Role.AGENT)
    by = access(ada, quay.workspace.slug, Right.ANSWER)
    correcting.correct(by, _item("b").pk, should=None, now=LATER)

    assert rejudging.store(seen, judged(seen, LATER), now=LATER) == 0

    assert _item("a").model == ""
    assert (_item("b").corrected, _item("b").band) == (True, Band.CLEAR)


def test_a_second_opinion_that_came_later_is_looked_at_once(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO))
    Item.objects.filter(pk=_item("a").pk).update(asked=True, band="", rank=None)
    duty = Rejudge()
    assert duty.look(now=NOW) == 0

    SecondOpinion.objects.create(
        workspace=quay.workspace, text_hash="0" * 64, scorer="x", version="1", language="en",
        state="given", state_at=LATER, next_at=NOW, created_at=NOW, answer={},
    )  # fmt: skip

    assert duty.look(now=LATER) == 1
    assert (_item("a").asked, _item("a").rank in (Level.HELD, Level.ABUSE)) == (False, True)
    assert duty.look(now=LATER + EVERY) == 0


def test_what_a_person_said_of_it_leaves_room_for_others(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(PRAISE, "b", by=LEO), scored=False)
    Item.objects.filter(pk=_item("b").pk).update(corrected=True)

    assert [item.pk for item in rejudging.unscored(limit=1)] == [_item("a").pk]


def test_a_message_that_the_scorer_breaks_at_keeps_no_second_opinion_from_others(
    quay: Channel,
) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO))
    Item.objects.update(asked=True, band="", rank=None)
    bad, before = _item("a").pk, _item("a").category
    SecondOpinion.objects.create(
        workspace=quay.workspace, text_hash="0" * 64, scorer="x", version="1", language="en",
        state="given", state_at=LATER, next_at=NOW, created_at=NOW, answer={},
    )  # fmt: skip

    def breaks(items: Sequence[Item], now: datetime) -> Judged:
        if bad in {item.pk for item in items}:
            raise BreakwaterError
        return judged(items, now)

    duty = Rejudge(breaks)
    assert duty.look(now=LATER) == 1
    assert (_item("b").asked, _item("b").rank) == (False, Level.EVERYTHING)
    assert (_item("a").asked, _item("a").rank, _item("a").category) == (False, None, before)
    assert duty.look(now=LATER + EVERY) == 0


def test_while_the_scorer_is_down_no_second_opinion_is_lost(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO))
    Item.objects.update(asked=True, band="", rank=None)
    SecondOpinion.objects.create(
        workspace=quay.workspace, text_hash="0" * 64, scorer="x", version="1", language="en",
        state="given", state_at=LATER, next_at=NOW, created_at=NOW, answer={},
    )  # fmt: skip
    up = False

    def comes_back(items: Sequence[Item], now: datetime) -> Judged:
        if not up:
            raise BreakwaterError
        return judged(items, now)

    duty = Rejudge(comes_back)
    assert duty.look(now=LATER) == 0
    assert {item.asked for item in Item.objects.all()} == {True}
    up = True
    assert duty.look(now=LATER + 60 * EVERY) == 2


def test_words_that_changed_while_the_scorer_was_down_are_unscored(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "a"))

    arrive(quay, said(ABUSE, "a"), now=LATER, scored=False)

    edited = _item("a")
    assert (edited.rank, edited.model, edited.reasons) == (None, "", [])
    assert Rejudge().look(now=LATER) == 1
    assert _item("a").rank in (Level.HELD, Level.ABUSE)
