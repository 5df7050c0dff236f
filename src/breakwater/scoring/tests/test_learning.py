"""What people say is wrong teaches the scorer, when a person says so; and is taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from breakwater.audit.models import Entry
from breakwater.domain.errors import BreakwaterError, Forbidden, NotFound, StaleState
from breakwater.domain.scoring.adapters import unpacked_lesson
from breakwater.domain.scoring.learning import Why
from breakwater.domain.scoring.scores import Band, Head, Item
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.scoring.learning import Offer, offers, standing_of
from breakwater.scoring.models import Correction, Learnt, Tuning
from breakwater.scoring.services import (
    add_term,
    correct,
    move,
    score,
    take_back_learnt,
    use_learnt,
    withdraw,
)
from breakwater.scoring.services.forgetting import forget_texts
from breakwater.scoring.tests.conftest import Counting
from breakwater.scoring.texts import hash_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Newer(Counting):
    """The next version of the model: another hidden layer."""

    version = "2"


def _taught(by: Access, model: Counting, now: datetime, *, pairs: int, start: int = 0) -> None:
    """So many texts about kelp that are veiled and should not be, and as many about brine that are missed."""
    for n in range(start, start + pairs):
        at = now + n * MINUTE
        correct(by, f"meh kelp {n}", should=False, head=Head.ABUSIVE, now=at, model=model)
        correct(by, f"perhaps brine {n}", should=True, head=Head.ABUSIVE, now=at, model=model)


def _offer(by: Access, model: Counting) -> Offer:
    return offers(by.workspace.pk, model, [Head.ABUSIVE])[0]


def _bands(workspace: Workspace, model: Counting, now: datetime) -> list[Band | None]:
    items = [Item(f"{word} again") for word in ("meh kelp", "perhaps brine", "fool", "nice")]
    return [one.band for one in score(workspace, items, now=now, model=model)]


AS_IT_COMES = [Band.VEILED, Band.CLEAR, Band.VEILED, Band.CLEAR]
LEARNT = [Band.CLEAR, Band.VEILED, Band.VEILED, Band.CLEAR]


def test_fifty_corrections_propose_what_a_person_uses_and_takes_back(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=24)
    assert (_offer(bob_at, model).learning.why, _offer(bob_at, model).proposed) == (Why.FEW, False)
    _taught(bob_at, model, now, pairs=1, start=24)
    found = _offer(bob_at, model)
    assert _bands(bob_at.workspace, model, now) == AS_IT_COMES

    row = use_learnt(mia_at, Head.ABUSIVE, state=found.state, now=now, model=model)
    after = _bands(bob_at.workspace, model, now)
    (said,) = score(bob_at.workspace, [Item("meh kelp")], now=now, model=model)
    take_back_learnt(mia_at, Head.ABUSIVE, now=now + MINUTE)

    assert (row.number, row.head, row.model, row.lessons) == (1, "abusive", "counting-1", 50)
    assert (row.of, row.right, row.before, row.by_id) == (10, 10, 0, mia_at.person.pk)
    assert after == LEARNT
    assert (said.score.model, said.score.alone) == ("counting-1+a1", {Head.ABUSIVE: 0.5})
    assert _bands(bob_at.workspace, model, now) == AS_IT_COMES
    assert [(one.number, one.lessons) for one in Learnt.objects.order_by("number")] == [
        (1, 50),
        (2, 0),
    ]
    verbs = [(entry.verb, entry.data["corrections"]) for entry in Entry.objects.order_by("number")]
    assert verbs == [("learning.used", 50), ("learning.taken_back", 0)]
    with pytest.raises(NotFound):
        take_back_learnt(mia_at, Head.ABUSIVE, now=now + 2 * MINUTE)


def test_what_is_used_is_not_proposed_again_until_more_is_corrected_and_is_beaten_then(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=30)
    state = _offer(bob_at, model).state
    use_learnt(mia_at, Head.ABUSIVE, state=state, now=now, model=model)
    for n in range(30):
        at = now + (100 + n) * MINUTE
        correct(bob_at, f"fool tide {n}", should=False, head=Head.ABUSIVE, now=at, model=model)
    first = _offer(bob_at, model)

    use_learnt(mia_at, Head.ABUSIVE, state=first.state, now=now + MINUTE, model=model)
    (said,) = score(bob_at.workspace, [Item("fool tide")], now=now, model=model)
    take_back_learnt(mia_at, Head.ABUSIVE, now=now + 2 * MINUTE)
    standing = standing_of(bob_at.workspace.pk)[Head.ABUSIVE]

    assert (said.band, said.score.model) == (Band.CLEAR, "counting-1+a2")
    assert (standing.number, standing.lessons) == (1, 60)
    (back,) = score(bob_at.workspace, [Item("fool tide")], now=now, model=model)
    assert (back.band, back.score.model) == (Band.VEILED, "counting-1+a3")


def test_what_is_not_what_was_seen_is_not_used(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    state = _offer(bob_at, model).state
    _taught(bob_at, model, now, pairs=1, start=25)

    for by, head, wanted, error in (
        (mia_at, Head.ABUSIVE, state, StaleState), (mia_at, Head.ABUSIVE, "", StaleState),
        (mia_at, Head.INSULT, state, StaleState), (mia_at, Head.THREAT, state, NotFound),
        (bob_at, Head.ABUSIVE, _offer(bob_at, model).state, Forbidden),
    ):  # fmt: skip
        with pytest.raises(error), transaction.atomic():
            use_learnt(by, head, state=wanted, now=now, model=model)
    with pytest.raises(Forbidden):
        take_back_learnt(bob_at, Head.ABUSIVE, now=now)

    assert not Learnt.objects.exists()
    assert not Entry.objects.exists()


def test_who_presses_second_finds_it_done_and_there_is_one_row(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    state = _offer(bob_at, model).state
    use_learnt(mia_at, Head.ABUSIVE, state=state, now=now, model=model)

    with pytest.raises(StaleState), transaction.atomic():
        use_learnt(mia_at, Head.ABUSIVE, state=state, now=now, model=model)

    assert Learnt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_row(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    state = _offer(bob_at, model).state

    def press(_: int) -> str:
        try:
            use_learnt(mia_at, Head.ABUSIVE, state=state, now=now, model=model)
        except StaleState:
            return "stale"
        finally:
            connection.close()
        return "used"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(press, range(2)))

    assert found == ["stale", "used"]
    assert Learnt.objects.count() == 1
    assert Tuning.objects.get().learnt == 1


@pytest.mark.parametrize("gone", ["withdrawn", "erased"])
def test_what_was_withdrawn_or_erased_teaches_nothing(
    bob_at: Access, model: Counting, now: datetime, gone: str
) -> None:
    _taught(bob_at, model, now, pairs=25)
    assert _offer(bob_at, model).proposed
    row = Correction.objects.get(text_hash=hash_of(bob_at.workspace.pk, "meh kelp 0"))

    if gone == "withdrawn":
        withdraw(bob_at, row, now=now)
    else:
        forget_texts(bob_at.workspace.pk, ["meh kelp 0"])

    row.refresh_from_db()
    found = _offer(bob_at, model)
    assert row.lesson is None
    assert (found.learning.lessons, found.learning.why) == (49, Why.FEW)


def test_a_lesson_is_numbers_without_allowed_words_and_of_the_model_alone(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    add_term(bob_at, "kelp", allowed=True, now=now)
    (row,) = correct(bob_at, "meh kelp brine", should=False, now=now, model=model)

    assert row.lesson is not None
    taught = unpacked_lesson(bytes(row.lesson))
    assert taught.hidden == model.taught(Item("meh brine"))[Head.ABUSIVE].hidden
    assert (taught.odds, taught.slope) == (0.0, 1.0)


def test_a_text_counts_once_by_the_last_word_and_a_threat_teaches_nothing(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    for n in range(3):
        correct(bob_at, "meh kelp", should=False, now=now + n * MINUTE, model=model)

    found = _offer(bob_at, model)

    assert (found.learning.strict, found.learning.mild) == (1, 0)
    assert Head.THREAT not in [one.head for one in offers(bob_at.workspace.pk, model)]


def test_when_the_shipped_model_changes_what_was_learnt_waits_and_old_lessons_teach_nothing(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    use_learnt(mia_at, Head.ABUSIVE, state=_offer(bob_at, model).state, now=now, model=model)
    newer = Newer()

    found = _offer(bob_at, newer)

    assert (found.learning.lessons, found.learning.why, found.applies) == (0, Why.FEW, False)
    assert found.standing is not None
    assert _offer(bob_at, model).applies


def test_a_moved_threshold_and_what_was_learnt_count_together(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    before = _offer(bob_at, model).state
    for n in range(10):
        at = now + (100 + n) * MINUTE
        correct(bob_at, f"meh {n}", should=False, head=Head.ABUSIVE, now=at, model=model)
    move(mia_at, Head.ABUSIVE, to=0.05, now=now)

    found = _offer(bob_at, model)

    assert found.state != before
    assert found.learning.lessons == 60


def test_what_is_held_stays_as_the_model_says_and_nothing_is_held_for_what_was_learnt(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    use_learnt(mia_at, Head.ABUSIVE, state=_offer(bob_at, model).state, now=now, model=model)
    for n in range(10):
        at = now + (100 + n) * MINUTE
        correct(bob_at, f"perhaps {n}", should=True, head=Head.ABUSIVE, now=at, model=model)
    move(mia_at, Head.ABUSIVE, to=-0.05, now=now)
    texts = ["swine kelp", "fool brine", "swine drown kelp"]

    held, veiled, danger = score(
        bob_at.workspace, [Item(text) for text in texts], now=now, model=model
    )

    assert (held.band, held.score.chances[Head.ABUSIVE]) == (Band.HELD, 0.95)
    assert (veiled.band, veiled.score.alone) == (Band.VEILED, {Head.ABUSIVE: 0.6})
    assert veiled.score.chances[Head.ABUSIVE] == pytest.approx(0.85)
    assert (danger.band, danger.danger) == (Band.VEILED, True)


def test_another_workspace_is_taught_nothing(
    bob_at: Access, mia_at: Access, other_workspace: Workspace, model: Counting, now: datetime
) -> None:
    _taught(bob_at, model, now, pairs=25)
    use_learnt(mia_at, Head.ABUSIVE, state=_offer(bob_at, model).state, now=now, model=model)

    assert _bands(bob_at.workspace, model, now) == LEARNT
    assert _bands(other_workspace, model, now) == AS_IT_COMES
    assert offers(other_workspace.pk, model, [Head.ABUSIVE])[0].standing is None


def test_scoring_costs_one_query_after_learning_as_before(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    _taught(bob_at, model, now, pairs=25)
    use_learnt(mia_at, Head.ABUSIVE, state=_offer(bob_at, model).state, now=now, model=model)
    score(bob_at.workspace, [Item("meh")], now=now, model=model)

    with django_assert_num_queries(1):
        score(bob_at.workspace, [Item("meh")], now=now, model=model)
    with django_assert_num_queries(3):
        offers(bob_at.workspace.pk, model)


def test_who_does_not_answer_people_teaches_nothing(
    ann_at: Access, model: Counting, now: datetime
) -> None:
    with pytest.raises(BreakwaterError):
        _taught(ann_at, model, now, pairs=1)

    assert not Correction.objects.exists()


def test_weights_that_cannot_be_read_count_for_nothing(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    _taught(bob_at, model, now, pairs=25)
    use_learnt(mia_at, Head.ABUSIVE, state=_offer(bob_at, model).state, now=now, model=model)
    Learnt.objects.update(weights=b"\x00")

    assert _bands(bob_at.workspace, model, now) == AS_IT_COMES
    assert "learnt.broken" in caplog.text
