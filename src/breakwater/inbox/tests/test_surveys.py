"""How it was: asked once, heard once, and never of somebody in danger or after abuse."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden
from breakwater.domain.surveys import QUESTIONS, score_in
from breakwater.inbox.models import Answer, Item, Setup, Survey, Thread
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.surveying import AT_ONCE, PAUSE, ask, choose
from breakwater.inbox.surveys import scores_since
from breakwater.inbox.tests.world import ABUSE, DANGER, NOW, QUESTION, arrive, channel_of, said
from breakwater.networks.base import Arrived, What
from breakwater.people.models import Membership, Person
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
LATER = NOW + PAUSE


def direct(text: str, remote_id: str, *, minutes: int = 0) -> Arrived:
    return said(text, remote_id, minutes=minutes, what=What.MESSAGE, thread="t1", about="")


def crowd(thread: Thread, by: Person | None) -> None:
    """As many as two turns look at, done a moment before this one, and answered by that person."""
    said = Answer.objects.get(thread=thread)
    for n in range(2 * AT_ONCE):
        delivery = said.delivery
        delivery.pk, delivery.source, delivery.record_key = new_id(), new_id(), f"n{n}"
        delivery._state.adding = True
        delivery.save()
        talk = Thread.objects.create(
            workspace_id=thread.workspace_id, channel_id=thread.channel_id, key=f"n{n}",
            what=What.MESSAGE, state="done", state_at=thread.state_at - timedelta(seconds=n + 1),
            first_at=NOW, last_at=NOW, created_at=NOW,
        )  # fmt: skip
        Answer.objects.create(
            workspace_id=thread.workspace_id, thread=talk, delivery=delivery, by=by, created_at=NOW
        )


@pytest.fixture
def on(quay: Channel) -> Setup:
    return Setup.objects.create(workspace=quay.workspace, survey=True, created_at=NOW)


def answered(quay: Channel, by: Access, *messages: Arrived) -> Thread:
    arrive(quay, *messages)
    item = Item.objects.order_by("-at").first()
    assert item is not None
    wish = Wish(item.pk, "At ten.", new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    answer(by, item.thread_id, wish, now=NOW)
    return Thread.objects.get(pk=item.thread_id)


@pytest.mark.parametrize(
    ("text", "score"),
    [("4", 4), (" 5/5 !", 5), ("cinq", 5), ("3 sur 5", 3), ("Two.", 2), ("★★★★", 4), ("⭐️", 1)],
)
def test_a_number_from_one_to_five_is_a_score(text: str, score: int) -> None:
    assert score_in(text) == score


@pytest.mark.parametrize("text", ["", "6", "0", "-3", "3.5", "45", "4 parcels", "★★★★★★", "5" * 99])
def test_anything_else_is_a_message(text: str) -> None:
    assert score_in(text) is None


def test_who_was_answered_is_asked_once_some_minutes_later(
    quay: Channel, on: Setup, ada_at: Access
) -> None:
    thread = answered(quay, ada_at, direct(QUESTION, "m1"))

    counts = [ask(now=NOW), ask(now=LATER), ask(now=LATER)]

    asked = Survey.objects.get()
    assert counts == [0, 1, 0]
    assert (asked.thread, asked.score, asked.answer.by) == (thread, None, ada_at.person)
    assert asked.answer.delivery.payload["text"] == QUESTIONS["en"]
    thread.refresh_from_db()
    assert thread.state == "done"


def test_a_number_is_the_score_and_opens_nothing(quay: Channel, on: Setup, ada_at: Access) -> None:
    thread = answered(quay, ada_at, direct(QUESTION, "m1"))
    ask(now=LATER)

    arrive(quay, direct("4/5", "m2", minutes=30), direct("1", "m3", minutes=31))

    found = Survey.objects.get()
    item = Item.objects.get(arrival__remote_id="m2")
    assert (found.score, found.item, item.closed) == (4, item, True)
    thread.refresh_from_db()
    assert (thread.state, thread.waiting) == ("open", 1)
    scores = scores_since(quay.workspace_id, NOW)
    assert (scores.asked, scores.said, scores.mean) == (1, 1, 4.0)


def test_a_score_alone_leaves_the_conversation_done(
    quay: Channel, on: Setup, ada_at: Access
) -> None:
    thread = answered(quay, ada_at, direct(QUESTION, "m1"))
    ask(now=LATER)

    arrive(quay, direct("5", "m2", minutes=30))

    thread.refresh_from_db()
    assert (thread.state, thread.waiting) == ("done", 0)


@pytest.mark.parametrize(
    "then", [[("And then?", 30), ("5", 31)], [("5", 60 * 24 * 8)], [("5 parcels are lost", 30)]]
)
def test_other_words_and_late_numbers_are_messages(
    quay: Channel, on: Setup, ada_at: Access, then: list[tuple[str, int]]
) -> None:
    thread = answered(quay, ada_at, direct(QUESTION, "m1"))
    ask(now=LATER)

    arrive(quay, *[direct(text, f"n{n}", minutes=n) for text, n in then])

    assert Survey.objects.get().score is None
    thread.refresh_from_db()
    assert (thread.state, thread.waiting) == ("open", len(then))


def test_those_who_cannot_be_asked_keep_nobody_waiting(
    quay: Channel, on: Setup, ada_at: Access
) -> None:
    thread = answered(quay, ada_at, direct(QUESTION, "m1"))
    crowd(thread, make_person("gone"))

    counts = [ask(now=LATER + timedelta(seconds=2 * n)) for n in range(20)]

    assert sum(counts) == 1
    assert Survey.objects.get().thread == thread


def test_no_workspace_waits_for_another(quay: Channel, on: Setup, ada_at: Access) -> None:
    crowd(answered(quay, ada_at, direct(QUESTION, "m1")), make_person("gone"))
    pier = channel_of(make_workspace("Pier"), remote_id="9")
    make_member(pier.workspace, ada_at.person, Role.AGENT)
    Setup.objects.create(workspace=pier.workspace, survey=True, created_at=NOW)
    later = NOW + timedelta(minutes=1)
    arrive(pier, direct(QUESTION, "z"), now=later)
    item = Item.objects.get(arrival__channel=pier)
    wish = Wish(item.pk, "At ten.", new_id(), pier.workspace_id, pier.pk, upto=item.pk)
    answer(
        access(ada_at.person, pier.workspace.slug, Right.ANSWER), item.thread_id, wish, now=later
    )

    ask(now=later + PAUSE)

    assert Survey.objects.filter(workspace=pier.workspace).count() == 1


@pytest.mark.parametrize("hurtful", [DANGER, ABUSE])
def test_nobody_in_danger_and_nobody_after_abuse_is_asked(
    quay: Channel, on: Setup, ada_at: Access, hurtful: str
) -> None:
    answered(quay, ada_at, direct(hurtful, "m1"), direct(QUESTION, "m2", minutes=1))

    assert ask(now=LATER) == 0
    assert Delivery.objects.count() == 1


def test_comments_unanswered_ones_and_old_ones_are_not_asked_about(
    quay: Channel, on: Setup, ada_at: Access
) -> None:
    answered(quay, ada_at, said(QUESTION, "c1"))
    arrive(quay, direct(QUESTION, "m1"))
    Thread.objects.filter(what=What.MESSAGE).update(state="done", state_at=NOW)
    early = ask(now=LATER)
    thread = Thread.objects.get(what=What.MESSAGE)
    Answer.objects.update(thread=thread)

    assert (early, ask(now=NOW + timedelta(hours=3))) == (0, 0)
    assert not Survey.objects.exists()


def test_nobody_is_asked_where_it_is_off_or_needs_a_yes_or_by_who_left(
    quay: Channel, on: Setup, ada_at: Access
) -> None:
    answered(quay, ada_at, direct(QUESTION, "m1"))
    counts = []
    for values in ({"survey": False}, {"survey": True, "approval": True}):
        Setup.objects.update(**values)
        counts.append(ask(now=LATER))
    Setup.objects.update(approval=False)
    Membership.objects.filter(person=ada_at.person).update(role=Role.VIEWER)
    counts.append(ask(now=LATER))
    before = Survey.objects.exists()
    Membership.objects.filter(person=ada_at.person).update(role=Role.AGENT)

    assert (counts, before) == ([0, 0, 0], False)
    assert ask(now=LATER) == 1


def test_only_who_sets_up_chooses_the_words(quay: Channel, ada_at: Access, mia_at: Access) -> None:
    with pytest.raises(Forbidden):
        choose(ada_at, {}, on=True, now=NOW)
    nothing = Setup.objects.exists()
    choose(mia_at, {"en": " How was it? 1 to 5 ", "fr": ""}, on=True, now=NOW)
    answered(quay, ada_at, direct(QUESTION, "m1"))
    ask(now=LATER)

    assert nothing is False
    assert Setup.objects.get().survey_texts == {"en": "How was it? 1 to 5"}
    assert Survey.objects.get().answer.delivery.payload["text"] == "How was it? 1 to 5"
