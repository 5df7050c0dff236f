"""Answers in an account's name: left alone by themselves, judged where people said so."""

from datetime import time, timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import NotFound
from breakwater.networks.base import Arrived, What
from breakwater.people.models import Person, Workspace
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.selectors import sights
from breakwater.strays.services import add_rule, judge_answers, link_twin
from breakwater.strays.services.rules import Wish
from breakwater.strays.tests.world import NOW, OURS, channel_of, ordered, out, post, seen, shows

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def watched(quay: Channel, ann: Person) -> Channel:
    """Its answers are judged, too."""
    judge_answers(quay.workspace_id, quay.pk, True, by=ann.pk, now=NOW)
    return quay


def answer(text: str, remote_id: str, *, what: What = What.COMMENT) -> Arrived:
    """In our name, below a comment of somebody's."""
    return Arrived(what, remote_id, NOW, OURS, text, parent="c1", thread="p1", own=True)


def replied(channel: Channel, text: str, remote_id: str, by: Person) -> Delivery:
    row = out(channel, text, remote_id, by)
    Delivery.objects.filter(pk=row.pk).update(kind="reply")
    return row


def test_an_answer_made_by_hand_is_nobodys_alarm_by_itself(quay: Channel) -> None:
    shows(quay, answer("We open at nine.", "a1"), answer("And on Sundays.", "a2", what=What.POST))

    assert seen() == []
    assert not Alarm.objects.exists()


def test_where_answers_are_watched_one_that_nobody_here_sent_is_an_alarm(watched: Channel) -> None:
    shows(watched, answer("Buy my coins", "a1"), answer("Buy them", "a2", what=What.POST), now=SOON)

    assert seen() == [("post", "a1", "stray"), ("post", "a2", "stray")]
    assert Alarm.objects.get().told_at == SOON


def test_our_own_answer_is_known_by_its_id(watched: Channel, ann: Person) -> None:
    replied(watched, "We open at nine.", "a1", ann)

    shows(watched, answer("@eve We open at nine.", "a1"), now=SOON)

    assert seen() == []


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_the_desk_has_answered_before_may_be_said_by_hand(
    elsewhere: bool, watched: Channel, harbour_workspace: Workspace, ann: Person
) -> None:
    said = channel_of(harbour_workspace, "2") if elsewhere else watched
    replied(said, "Thank you!", "a0", ann)

    shows(watched, answer("Thank you!", "a1"), now=SOON)

    assert seen() == [("post", "a1", "explained")]
    assert Sighting.objects.get().code == "said_before"
    assert not Alarm.objects.exists()


def test_a_post_of_equal_words_is_still_a_duplicate_and_not_explained_by_an_answer(
    watched: Channel, ann: Person
) -> None:
    replied(watched, "Free money for all", "a0", ann)

    shows(watched, post("Free money for all", "x1"), now=SOON)

    assert seen() == [("post", "x1", "stray")]


def test_an_answer_that_is_just_leaving_waits_even_where_the_network_writes_a_name_before_it(
    watched: Channel, ann: Person
) -> None:
    row = ordered(watched, "We open at nine.", ann, state="unknown", first_sent_at=NOW)
    payload = {**row.payload, "reply_to": "c1", "root": "p1"}
    Delivery.objects.filter(pk=row.pk).update(kind="reply", payload=payload)

    shows(watched, answer("@eve We open at nine.", "a1"), now=SOON)

    assert seen() == [("post", "a1", "waits")]
    assert not Alarm.objects.exists()


def test_an_answer_of_ours_that_did_not_leave_and_was_given_by_hand_is_a_question(
    watched: Channel, ann: Person
) -> None:
    row = ordered(watched, "We open at nine.", ann, state="held")
    Delivery.objects.filter(pk=row.pk).update(kind="reply")
    row.refresh_from_db()

    shows(watched, answer("We open at nine.", "a1"), now=SOON)

    assert seen() == [("post", "a1", "twin")]
    link_twin(Sighting.objects.get(), row, by=ann.pk, now=SOON)
    row.refresh_from_db()
    assert (row.state, row.remote_id, row.commit_calls) == ("accepted", "a1", 0)


def test_a_rule_for_posts_made_by_hand_is_one_for_answers_too(
    watched: Channel, ann: Person
) -> None:
    tomorrow = (NOW + timedelta(days=1)).date()
    wish = Wish(tuple(range(7)), time(6), time(18), "Fair", tomorrow)
    add_rule(watched.workspace_id, watched.pk, wish, by=ann.pk, now=NOW)

    shows(watched, answer("See you at the stand", "a1"), now=SOON)

    assert seen() == [("post", "a1", "allowed")]


def test_a_private_message_in_our_name_is_nobodys_alarm(watched: Channel) -> None:
    shows(watched, answer("Between us", "m1", what=What.MESSAGE), now=SOON)

    assert seen() == []


def test_who_said_so_is_on_record_and_answers_from_before_stay_alone(
    quay: Channel, ann: Person
) -> None:
    shows(quay, answer("We open at nine.", "a1"))

    judge_answers(quay.workspace_id, quay.pk, True, by=ann.pk, now=NOW)
    judge_answers(quay.workspace_id, quay.pk, True, by=ann.pk, now=SOON)
    shows(quay, now=SOON)

    assert seen() == []
    assert [one.answers for one in sights(quay.workspace_id)] == [True]
    assert Entry.objects.filter(verb="answers.judged").count() == 1
    judge_answers(quay.workspace_id, quay.pk, False, by=ann.pk, now=SOON)
    assert [one.answers for one in sights(quay.workspace_id)] == [False]
    assert Entry.objects.filter(verb="answers.left_alone").count() == 1


def test_a_channel_of_others_cannot_be_set(
    other_workspace: Workspace, quay: Channel, ann: Person
) -> None:
    theirs = channel_of(other_workspace, "9")

    with pytest.raises(NotFound):
        judge_answers(quay.workspace_id, theirs.pk, True, by=ann.pk, now=NOW)

    assert not Entry.objects.filter(verb="answers.judged").exists()
    assert [one.answers for one in sights(other_workspace.pk)] == [False]
