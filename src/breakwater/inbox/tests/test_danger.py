"""A person in danger: shown first, told to those on duty, never set aside, never left to a machine."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.domain.scoring.scores import Head
from breakwater.domain.shield import Level
from breakwater.inbox import guard, selectors
from breakwater.inbox.models import Draft, Item, Pulse, Rota, Thread
from breakwater.inbox.services import aside, correcting, danger, judging, rejudging
from breakwater.inbox.tests.world import ABUSE, DANGER, LEO, NOW, PRAISE, QUESTION, arrive, said
from breakwater.notices.models import Notice
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
THREAT = "I know where you live and I will kill you, you are dead"


def _item(remote_id: str = "a") -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def _rota(by: Access, starts: str, ends: str, *, weekday: int = 5) -> None:
    Rota.objects.create(
        workspace=by.workspace, person=by.person, weekday=weekday, starts=starts, ends=ends,
        duty=True, created_at=NOW,
    )  # fmt: skip


def test_a_person_in_danger_comes_before_all_else(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "q"), said(DANGER, "a", by=LEO, minutes=5))

    first = selectors.next_in([quay.workspace_id])

    assert first is not None
    assert (first.pk, first.category) == (_item().thread_id, "danger")


def test_no_machine_answers_where_anybody_may_be_in_danger(quay: Channel) -> None:
    arrive(quay, said(DANGER, "a"), said(QUESTION, "b", parent="a", by=LEO), said(QUESTION, "c"))

    assert [guard.may_machine_answer(_item(one)) for one in "abc"] == [False, False, True]


def test_those_who_manage_are_told_once_and_without_the_words(
    quay: Channel, mia_at: Access, ada_at: Access
) -> None:
    arrive(quay, said(DANGER, "a"))
    arrive(quay, said("Nobody would miss me, I want to kill myself", "b", parent="a", minutes=1))

    told = Notice.objects.all()

    assert [(one.person_id, one.code) for one in told] == [(mia_at.person.pk, "danger")]
    assert told[0].path == f"/w/harbour/inbox/{_item().thread_id}/"
    assert "kill" not in str(told[0].data)


def test_whoever_is_on_duty_is_told_and_nobody_else(
    quay: Channel, mia_at: Access, ada_at: Access
) -> None:
    _rota(ada_at, "09:00", "18:00")

    arrive(quay, said(DANGER, "a"), now=NOW)

    assert [one.person_id for one in Notice.objects.all()] == [ada_at.person.pk]


@pytest.mark.parametrize(("hour", "told"), [(23, "ada"), (27, "ada"), (31, "mia")])
def test_a_duty_by_night_goes_on_past_midnight(
    quay: Channel, mia_at: Access, ada_at: Access, hour: int, told: str
) -> None:
    _rota(ada_at, "22:00", "06:00")
    midnight_in_paris = NOW - timedelta(hours=10)

    arrive(quay, said(DANGER, "a"), now=midnight_in_paris + timedelta(hours=hour))

    assert [one.person.email for one in Notice.objects.all()] == [f"{told}@example.test"]


def test_a_hundred_threats_are_told_once_an_hour(quay: Channel, mia_at: Access) -> None:
    for number in range(5):
        arrive(quay, said(THREAT, f"t{number}"), now=NOW + timedelta(minutes=number))
    first = Notice.objects.count()

    arrive(quay, said(THREAT, "later"), now=NOW + timedelta(hours=1))

    assert (first, Notice.objects.count()) == (1, 2)
    assert {one.code for one in Notice.objects.all()} == {"threat"}


def test_somebody_looks_after_it(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(DANGER, "a"))

    beats = [Pulse.objects.get().number]
    for _ in range(2):
        danger.look_after(ada_at, _item().thread_id, now=NOW)
        beats.append(Pulse.objects.get().number)

    assert _item().thread.assignee_id == ada_at.person.pk
    assert beats == [beats[0], beats[0] + 1, beats[0] + 1]  # others see it once, and at once
    assert Entry.objects.filter(verb="thread.assigned").count() == 1


def test_a_person_may_say_that_nobody_is_in_danger(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said("I am going to kill myself laughing. When do you open?", "a"))
    Item.objects.update(danger=True, category="danger")
    Thread.objects.update(danger=True, category="danger")

    danger.no_danger(ada_at, _item().pk, now=NOW)

    item = _item()
    assert (item.danger, item.danger_said, item.corrected) == (False, False, False)
    assert (item.thread.danger, item.thread.category) == (False, item.category)
    assert item.category != "danger"
    entry = Entry.objects.get(verb="danger.denied")
    assert (entry.actor_id, entry.data) == (ada_at.person.pk, {"item": item.pk})
    with pytest.raises(StaleState):
        danger.no_danger(ada_at, item.pk, now=NOW)


def test_a_person_may_see_a_danger_that_nothing_else_saw(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"))

    danger.in_danger(ada_at, _item().pk, now=NOW)

    assert (_item().category, _item().thread.category) == ("danger", "danger")
    assert [one.person_id for one in Notice.objects.filter(code="danger")] == [mia_at.person.pk]


@pytest.mark.parametrize("deed", [danger.no_danger, danger.in_danger])
def test_what_is_said_of_danger_unveils_no_copy(
    quay: Channel, ada_at: Access, deed: Callable[..., None]
) -> None:
    arrive(quay, said(ABUSE, "a"))
    veiled = _item().rank
    Item.objects.update(danger=deed is danger.no_danger)

    deed(ada_at, _item().pk, now=NOW)
    arrive(quay, said(ABUSE, "b", by=LEO, minutes=1))

    assert veiled in (Level.HELD, Level.ABUSE)
    assert [(_item(one).rank, _item(one).corrected) for one in "ab"] == [(veiled, False)] * 2
    assert (_item("b").danger, _item("b").danger_said) == (False, None)


def test_what_is_said_of_danger_outlasts_another_score_and_a_correction(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"), said(DANGER, "b", by=LEO))
    danger.in_danger(ada_at, _item("a").pk, now=NOW)
    danger.no_danger(ada_at, _item("b").pk, now=NOW)
    seen = list(Item.objects.select_related("arrival__workspace", "arrival__channel"))
    verdicts = judging.judge([one.arrival for one in seen], now=NOW)

    again = rejudging.store(seen, verdicts, now=NOW)
    correcting.correct(ada_at, _item("b").pk, should=Head.INSULT, now=NOW)
    correcting.undo(ada_at, _item("b").pk, now=NOW)

    assert again == 2
    assert [(_item(one).danger, _item(one).danger_said) for one in "ab"] == [
        (True, True), (False, False),
    ]  # fmt: skip
    assert (_item("a").category, _item("b").category == "danger") == ("danger", False)


def test_other_words_are_looked_at_anew_whatever_was_said_of_danger(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"))
    danger.in_danger(ada_at, _item().pk, now=NOW)

    arrive(quay, said(PRAISE, "a"), now=NOW + timedelta(minutes=1))

    assert (_item().danger, _item().danger_said, _item().category) == (False, None, "praise")


def test_who_answers_nobody_says_nothing_about_danger(quay: Channel, ann_at: Access) -> None:
    arrive(quay, said(DANGER, "a"))

    for deed in (danger.no_danger, danger.in_danger):
        with pytest.raises(Forbidden):
            deed(ann_at, _item().pk, now=NOW)
    with pytest.raises(Forbidden):
        danger.look_after(ann_at, _item().thread_id, now=NOW)

    assert (_item().danger, _item().danger_said, _item().thread.assignee) == (True, None, None)
    assert not Entry.objects.filter(subject="thread").exists()


def test_advertising_that_was_taken_for_danger_is_advertising_again(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said("Buy 10k followers cheap at https://grow.example/now", "a"))
    danger.in_danger(ada_at, _item().pk, now=NOW)
    between = _item().category

    danger.no_danger(ada_at, _item().pk, now=NOW)

    assert (between, _item().category) == ("danger", "spam")


def test_a_person_in_danger_is_never_set_aside(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(DANGER, "a"))

    with pytest.raises(Invalid) as refusal:
        aside.set_aside(ada_at, [_item().thread_id], now=NOW)

    assert refusal.value.code == "aside_danger"
    assert _item().thread.state == "open"


def test_of_many_only_what_is_safe_is_set_aside(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(DANGER, "a"), said(ABUSE, "b", by=LEO))

    done = aside.set_aside(ada_at, [_item(one).thread_id for one in "ab"], now=NOW)

    assert (done.aside, done.danger) == (1, 1)
    assert [_item(one).thread.state for one in "ab"] == ["open", "aside"]


def test_a_danger_in_what_was_set_aside_brings_it_back(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_item().thread_id], now=NOW)

    arrive(quay, said(ABUSE, "b", parent="a", minutes=1))
    stays = _item().thread.state
    arrive(quay, said(DANGER, "c", parent="a", minutes=2))

    assert (stays, _item().thread.state) == ("aside", "open")
    assert [one.code for one in Notice.objects.filter(person=mia_at.person)] == ["danger"]


def test_a_draft_never_takes_the_place_of_what_was_typed(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(DANGER, "a"))
    thread = _item().thread_id

    first = danger.begin_draft(ada_at, thread, "I am here.", now=NOW)
    second = danger.begin_draft(ada_at, thread, "Something else.", now=NOW)

    assert (first, second) == (True, False)
    assert [one.text for one in Draft.objects.all()] == ["I am here."]
