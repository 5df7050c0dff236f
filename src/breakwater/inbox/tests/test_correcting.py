"""One word of a person counts at once for what says the same, now and later, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.domain.scoring.banding import name_of
from breakwater.domain.scoring.scores import Band, Head
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category
from breakwater.inbox.models import Item, Pile, Thread
from breakwater.inbox.services.correcting import AT_ONCE, correct, undo
from breakwater.inbox.services.judging import digest_of
from breakwater.inbox.tests.world import (
    ABUSE,
    DANGER,
    LEO,
    NOW,
    OURS,
    PRAISE,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.scoring.learning import offers
from breakwater.scoring.model import graded
from breakwater.scoring.models import Correction
from breakwater.scoring.selectors import proposals
from breakwater.scoring.services import use_learnt
from breakwater.scoring.tests.lessons import corrected

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def _item(remote_id: str) -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def _state() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for model in (Item, Thread):
        rows += [dict(row) for row in model.objects.order_by("pk").values()]
    return rows


def test_what_is_not_abuse_is_shown_at_once_wherever_the_same_was_said(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(f"@quay {ABUSE}", "a"), said(f"{ABUSE}!!!", "b", by=LEO), said(QUESTION, "c"))

    done = correct(ada_at, _item("a").pk, should=None, now=LATER)

    assert done.changed == 2
    assert [(_item(one).rank, _item(one).band, _item(one).corrected) for one in "ab"] == [
        (Level.EVERYTHING, Band.CLEAR, True)
    ] * 2
    assert _item("b").thread.rank == Level.EVERYTHING
    assert _item("b").thread.category != Category.ABUSE
    assert not _item("c").corrected
    assert {row.should for row in Correction.objects.all()} == {False}
    entry = Entry.objects.get(verb="text.corrected")
    assert entry.data == {"item": _item("a").pk, "kind": "", "messages": 2}


def test_what_is_abuse_is_veiled_for_its_kind(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(PRAISE, "a"), said(PRAISE, "b", by=LEO))

    correct(ada_at, _item("a").pk, should=Head.INSULT, now=LATER)

    for one in "ab":
        assert (_item(one).rank, _item(one).reasons) == (Level.ABUSE, ["insult"])
        assert _item(one).thread.rank == Level.ABUSE


def test_a_threat_that_was_missed_is_one_now(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))

    correct(ada_at, _item("a").pk, should=Head.THREAT, now=LATER)

    assert (_item("a").category, _item("a").thread.category) == (Category.THREAT,) * 2


def test_the_same_words_that_come_later_are_what_was_said_of_them(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    correct(ada_at, _item("a").pk, should=None, now=LATER)

    arrive(quay, said(ABUSE, "b", by=LEO, minutes=9), now=LATER)

    assert (_item("b").rank, _item("b").corrected) == (Level.EVERYTHING, True)
    undo(ada_at, _item("b").pk, now=LATER)
    assert [_item(one).rank in (Level.HELD, Level.ABUSE) for one in "ab"] == [True, True]


def test_undoing_leaves_everything_as_it_was(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO), said(QUESTION, "c"))
    before = _state()

    correct(ada_at, _item("a").pk, should=None, now=LATER)
    done = undo(ada_at, _item("b").pk, now=LATER)

    assert done.changed == 2
    assert _state() == before
    assert all(row.withdrawn_at == LATER for row in Correction.objects.all())
    assert all(one.corrections == 0 for one in proposals(quay.workspace_id))
    assert undo(ada_at, _item("a").pk, now=LATER).changed == 0


def test_after_learning_the_same_words_follow_as_before_and_undoing_says_what_the_scorer_says(
    quay: Channel, ada_at: Access
) -> None:
    make_member(quay.workspace, mia := make_person("mia"), Role.MANAGER)
    corrected(quay.workspace, pairs=30, now=NOW)
    (offer,) = offers(quay.workspace_id, graded(), [Head.INSULT])
    manages = access(mia, quay.workspace.slug, Right.SEE)
    use_learnt(manages, Head.INSULT, state=offer.state, now=NOW)
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    before = _state()

    done = correct(ada_at, _item("a").pk, should=None, now=LATER)
    undo(ada_at, _item("b").pk, now=LATER)

    assert done.changed == 2
    assert _state() == before
    assert {_item(one).model for one in "ab"} == {f"{name_of(graded())}+a1"}
    assert not Correction.objects.filter(withdrawn_at=LATER).exclude(lesson=None).exists()


def test_however_many_copies_there_are_one_of_them_is_read_when_another_comes(
    quay: Channel, ada_at: Access, read_items: list[int]
) -> None:
    arrive(quay, *[said(ABUSE, f"c{n}", by=LEO) for n in range(AT_ONCE + 5)])
    correct(ada_at, _item("c0").pk, should=None, now=LATER)
    before = {item.pk for item in Item.objects.all()}
    last = _item(f"c{AT_ONCE + 4}").pk
    read_items.clear()

    arrive(quay, said(ABUSE, "new", minutes=9), now=LATER)

    assert set(read_items) & before == {last}
    assert (_item("new").corrected, _item("new").rank) == (True, Level.EVERYTHING)


def test_undoing_ends_however_many_say_the_same(quay: Channel, ada_at: Access) -> None:
    arrive(quay, *[said(ABUSE, f"c{n}", by=LEO) for n in range(AT_ONCE + 5)])
    before = _state()
    correct(ada_at, _item("c9").pk, should=None, now=LATER)

    done = undo(ada_at, _item("c9").pk, now=LATER)

    assert (done.changed, done.item.corrected) == (AT_ONCE + 5, False)
    assert _state() == before
    assert Entry.objects.get(verb="text.uncorrected").data["messages"] == AT_ONCE + 5


def test_variants_in_one_pile_follow_unless_they_are_worse(quay: Channel, ada_at: Access) -> None:
    text = "The new recipe of your pie is a stupid joke and I want the old one back on the menu now"
    arrive(
        quay, said(text, "a"), said(f"{text} please", "b", by=LEO),
        said(f"{text} you fucking retards", "c", by=LEO), said(f"{text} ok", "d", by=LEO),
    )  # fmt: skip
    pile = Pile.objects.create(workspace=quay.workspace, key="pie", created_at=NOW)
    Item.objects.exclude(pk=_item("d").pk).update(pile=pile)
    correct(ada_at, _item("a").pk, should=Head.INSULT, now=LATER)
    assert [_item(one).corrected for one in "abcd"] == [True, True, True, False]
    undo(ada_at, _item("a").pk, now=LATER)

    correct(ada_at, _item("a").pk, should=None, now=LATER)

    assert [_item(one).corrected for one in "abcd"] == [True, True, False, False]
    assert _item("c").rank in (Level.HELD, Level.ABUSE)


def test_it_can_be_said_of_what_nobody_scored(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"), scored=False)

    correct(ada_at, _item("a").pk, should=Head.INSULT, now=LATER)

    assert (_item("a").rank, _item("a").thread.rank) == (Level.ABUSE, Level.ABUSE)
    undo(ada_at, _item("a").pk, now=LATER)
    assert not _item("a").corrected


def test_somebody_in_danger_stays_so(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(DANGER, "a"))

    correct(ada_at, _item("a").pk, should=None, now=LATER)

    assert (_item("a").category, _item("a").danger) == (Category.DANGER, True)


def test_other_words_are_judged_anew(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(PRAISE, "a"))
    correct(ada_at, _item("a").pk, should=Head.INSULT, now=LATER)

    arrive(quay, said(QUESTION, "a"), now=LATER + timedelta(minutes=1))

    assert (_item("a").corrected, _item("a").rank) == (False, Level.EVERYTHING)


@pytest.mark.parametrize("deed", ["correct", "undo"])
def test_nothing_happens_without_the_right_or_the_message(
    quay: Channel, ann_at: Access, ada_at: Access, deed: str
) -> None:
    arrive(quay, said(ABUSE, "a"))
    elsewhere = channel_of(make_workspace("Pier"), remote_id="9")
    arrive(elsewhere, said(ABUSE, "z"))
    before = _state()

    def try_it(by: Access, item: Item) -> None:
        if deed == "correct":
            correct(by, item.pk, should=None, now=LATER)
        else:
            undo(by, item.pk, now=LATER)

    with pytest.raises(Forbidden):
        try_it(ann_at, _item("a"))
    with pytest.raises(NotFound):
        try_it(ada_at, _item("z"))

    assert _state() == before
    assert not Correction.objects.exists()


def test_our_own_words_and_what_is_no_abuse_cannot_be_corrected(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"), said("Yes.", "b", by=OURS, own=True, parent="a"))
    before = _state()

    for remote_id, head in (("b", None), ("a", Head.PRAISE)):
        with pytest.raises(Invalid):
            correct(ada_at, _item(remote_id).pk, should=head, now=LATER)

    assert _state() == before
    assert not Correction.objects.exists()


def test_digests_know_words_and_emoji_and_not_marks_or_figures() -> None:
    assert digest_of("Hello you, 12!") == digest_of("@ann hello YOU 99")
    assert digest_of("you 💖") != digest_of("you 🖕")
    assert digest_of("!!!") is None
    assert digest_of("a " * 3_000) is None
