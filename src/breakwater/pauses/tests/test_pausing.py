"""One button: from its answer on nothing leaves by itself, and people can still speak."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.deliveries import MakeDelivery

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import deeds, put_off, raise_wall, release
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.notices.models import Notice
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import answer, barriers, open_pause
from breakwater.pauses.services.pausing import ask_second, close_more, pause_all, reevaluate
from breakwater.pauses.services.resuming import (
    Scope,
    confirm_day,
    narrow,
    resume_all,
    to_daily,
)
from breakwater.pauses.services.telling import tell_of_pauses
from breakwater.pauses.tests.conftest import Leave
from breakwater.people.models import Person
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _state(row: Delivery) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


def test_the_answer_counts_what_waits_what_leaves_and_what_is_out(
    queued: MakeDelivery, leave: Leave, by_ann: Access, now: datetime
) -> None:
    going = queued("Going.")
    leave(now)
    out = queued("Out.")
    Delivery.objects.filter(pk=out.pk).update(state="verified", accepted_at=now - HOUR)
    queued("Due.")
    queued("Tomorrow.", due_at=now + DAY)

    said = pause_all(by_ann, " A  storm. ", via="page", now=now)

    assert (said.held, [row.pk for row in said.leaving], said.out_day) == (2, [going.pk], 1)
    assert said.pause.why == "A storm."
    assert barriers(said.pause)[0].tag == "workspace"
    assert sorted((one.tag, one.kinds) for one in barriers(said.pause)) == [
        ("api", ["reply", "edit"]), ("automatic", ["reply"]), ("workspace", ["publish"]),
    ]  # fmt: skip
    assert said.pause.reevaluate_at == datetime(2026, 3, 3, 8, tzinfo=UTC)  # nine in Paris
    assert [one.now for one in answer(said.pause).leaving] == ["unknown"]
    assert leave(now) == []


def test_after_the_answer_nothing_leaves_but_what_a_named_person_says(
    queued: MakeDelivery, leave: Leave, channel: Channel, by_ann: Access, now: datetime
) -> None:
    pause_all(by_ann, "A storm.", via="page", now=now)
    queued()
    said = deeds.Answer("We are here.", to_post="7")
    me = by_ann.person.pk
    own = deeds.answer(channel, said, request=new_id(), by=me, now=now)
    for tag in ("automatic", "api"):
        told = deeds.Answer("We are here.", to_post="7", tags=(tag,))
        deeds.answer(channel, told, request=new_id(), by=me, now=now)
    deed = deeds.do(channel, "hide", "8", request=new_id(), by=me, now=now)
    rule = deeds.do(channel, "hide", "9", tags=("automatic",), request=new_id(), by=me, now=now)
    stray = deeds.Stray(channel, "66", "", new_id(), "")
    (gone,) = deeds.remove_strays([stray], by=me, now=now)
    statement = queued("We are sorry.", tags=["statement"])

    begun = {row.pk for row in leave(now)}

    assert begun == {own.pk, deed.pk, rule.pk, gone.pk, statement.pk}


def test_a_persons_correction_passes_and_a_programs_does_not(
    queued: MakeDelivery, leave: Leave, by_ann: Access, now: datetime
) -> None:
    rows = [queued(), queued()]
    Delivery.objects.all().update(state="verified", remote_id="5")
    pause_all(by_ann, "A storm.", via="page", now=now)
    me = by_ann.person.pk
    own = deeds.change(rows[0], "Corrected.", request=new_id(), by=me, now=now)
    deeds.change(rows[1], "Corrected.", tags=("api",), request=new_id(), by=me, now=now)

    assert [row.pk for row in leave(now)] == [own.pk]


def test_replies_deeds_and_rules_can_be_closed_too_and_deletes_cannot(
    queued: MakeDelivery, leave: Leave, channel: Channel, by_ann: Access, now: datetime
) -> None:
    pause = pause_all(by_ann, "A hijack.", via="page", now=now).pause
    me = by_ann.person.pk
    close_more(by_ann, pause, ["replies", "deeds", "rules"], now=now)
    close_more(by_ann, pause, ["replies"], now=now)
    said = deeds.Answer("We are here.", to_post="7")
    deeds.answer(channel, said, request=new_id(), by=me, now=now)
    deeds.do(channel, "hide", "8", request=new_id(), by=me, now=now)
    stray = deeds.Stray(channel, "66", "", new_id(), "")
    (gone,) = deeds.remove_strays([stray], by=me, now=now)

    assert [row.pk for row in leave(now)] == [gone.pk]
    pause.refresh_from_db()
    assert pause.closed == ["replies", "deeds", "rules"]
    assert len(barriers(pause)) == 6
    with pytest.raises(Invalid, match="unknown_closing"):
        close_more(by_ann, pause, ["deletes"], now=now)


def test_only_an_empty_reason_and_a_missing_right_refuse(
    by_ann: Access, eve: Person, now: datetime
) -> None:
    outside = Access(eve, by_ann.workspace, "viewer", frozenset())

    with pytest.raises(Invalid, match="why_needed"):
        pause_all(by_ann, "  ", via="page", now=now)
    with pytest.raises(Forbidden):
        pause_all(outside, "A storm.", via="page", now=now)

    assert (Pause.objects.count(), Hold.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_pressed_twice_it_is_the_same_pause_with_both_reasons_on_record(
    by_ann: Access, by_bob: Access, now: datetime
) -> None:
    first = pause_all(by_ann, "A storm.", via="page", now=now).pause
    again = pause_all(by_bob, "An accident.", via="link", now=now + MINUTE).pause

    assert (again.pk, again.why) == (first.pk, "A storm.")
    facts = Entry.objects.filter(subject="pause").order_by("number")
    assert [(one.verb, one.data["why"]) for one in facts] == [
        ("pause.began", "A storm."), ("pause.again", "An accident."),
    ]  # fmt: skip
    assert len(barriers(again)) == 3


def test_pressed_again_everything_that_was_loosened_is_shut_again(
    queued: MakeDelivery, leave: Leave, channel: Channel, by_ann: Access, by_bob: Access,
    now: datetime,
) -> None:  # fmt: skip
    row = queued(due_at=now + HOUR)
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    narrow(by_bob, pause, Scope(channels=[new_id()]), now=now)
    pause = pause_all(by_ann, "Worse.", via="page", now=now).pause

    assert pause.scope == {}
    assert leave(now + HOUR) == []
    assert _state(row) == ("held", "hold")


def test_pressed_while_it_is_being_resumed_it_asks_for_the_wall_before_the_chain(
    by_ann: Access, now: datetime
) -> None:
    """Whoever begins to send stands at the wall and then writes: the other way round is a deadlock."""
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    Pause.objects.filter(pk=pause.pk).update(state="resuming")

    with CaptureQueriesContext(connection) as asked:
        again = pause_all(by_ann, "Worse.", via="page", now=now + MINUTE).pause

    said = [one["sql"] for one in asked.captured_queries]
    wall = next(at for at, sql in enumerate(said) if 'UPDATE "delivery_wall"' in sql)
    chain = next(at for at, sql in enumerate(said) if "audit_head" in sql)
    assert wall < chain
    assert (again.pk, again.state, len(barriers(again))) == (pause.pk, "open", 3)


def test_resumed_what_lies_ahead_leaves_and_all_that_was_late_asks_without_a_notice_each(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    looked_at, not_looked_at = queued(), queued(due_at=now + 2 * MINUTE)
    ahead = queued(due_at=now + HOUR)
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    leave(now)

    ended = resume_all(by_bob, pause, now=now + 3 * MINUTE)

    assert (ended.asks, ended.goes_on, ended.dropped) == (2, 0, 0)
    assert [_state(row) for row in (looked_at, not_looked_at, ahead)] == [
        ("missed", "paused"), ("missed", "paused"), ("queued", ""),
    ]  # fmt: skip
    assert not Delivery.objects.filter(to_tell=True).exists()
    assert open_pause(by_ann.workspace.pk) is None
    assert leave(now + 4 * MINUTE) == []
    assert [row.pk for row in leave(now + HOUR)] == [ahead.pk]


def test_what_a_rule_wanted_to_answer_is_over_when_it_ends(
    channel: Channel, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    told = deeds.Answer("Opening hours …", to_post="7", tags=("automatic",))
    row = deeds.answer(channel, told, request=new_id(), by=by_ann.person.pk, now=now)
    leave(now)

    assert resume_all(by_bob, pause, now=now + MINUTE).dropped == 1

    assert _state(row) == ("cancelled", "paused")


def test_a_post_with_a_new_time_passes_the_end_of_the_pause(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    row = queued()
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    leave(now)
    put_off([row], now + HOUR, by=by_bob.person.pk, now=now)

    resume_all(by_bob, pause, now=now + MINUTE)

    assert leave(now + 30 * MINUTE) == []
    assert [one.pk for one in leave(now + HOUR)] == [row.pk]


def test_a_pause_is_not_ended_when_the_time_to_look_again_is_over_unless_somebody_says_why(
    by_ann: Access, by_bob: Access, now: datetime
) -> None:
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    with pytest.raises(Exception, match="look_first"):
        resume_all(by_bob, pause, now=now + 2 * DAY)
    assert open_pause(by_ann.workspace.pk) is not None

    reevaluate(by_bob, pause, now + 3 * DAY, "Still stormy.", now=now + 2 * DAY)
    ask_second(by_ann, pause, now=now)
    assert resume_all(by_bob, pause, now=now + 2 * DAY).pause.ended_by == by_bob.person


def test_who_may_only_pause_may_not_let_go(by_ann: Access, now: datetime) -> None:
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause

    with pytest.raises(Forbidden):
        resume_all(by_ann, pause, now=now)
    with pytest.raises(Forbidden):
        narrow(by_ann, pause, Scope(labels=["fun"]), now=now)
    with pytest.raises(Forbidden):
        to_daily(by_ann, pause, "Calmer.", now=now)

    assert len(barriers(pause)) == 3


def test_narrowed_only_what_it_names_stays_and_what_was_late_asks(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    fun, late = queued(tags=["label:fun"]), queued()
    ahead = queued(due_at=now + HOUR)
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    leave(now)

    done = narrow(by_bob, pause, Scope(labels=["fun"]), now=now + MINUTE)

    assert (done.asks, done.goes_on) == (1, 0)
    assert _state(fun) == ("held", "hold")
    assert _state(late) == ("missed", "paused")
    assert [row.pk for row in leave(now + HOUR)] == [ahead.pk]
    with pytest.raises(Invalid, match="scope_empty"):
        narrow(by_bob, pause, Scope(), now=now)


def test_narrowing_asks_what_ending_asks_and_takes_no_label_that_no_post_has(
    queued: MakeDelivery, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    queued(tags=["label:fun"])
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause

    with pytest.raises(StaleState, match="look_first"):
        narrow(by_bob, pause, Scope(labels=["fun"]), now=now + 2 * DAY)
    with pytest.raises(Invalid, match="why_needed"):
        narrow(by_bob, pause, Scope(labels=["fun"]), despite=True, now=now + 2 * DAY)
    with pytest.raises(Invalid, match="scope_no_such_label"):
        narrow(by_bob, pause, Scope(labels=["fun", "fan"]), now=now)
    assert [one.only for one in barriers(pause)] == [[], [], []]

    done = narrow(
        by_bob, pause, Scope(labels=["fun"]), why="Calm.", despite=True, now=now + 2 * DAY
    )
    assert done.pause.scope["labels"] == ["fun"]


def test_narrowed_what_rules_and_programs_say_stays_held_also_where_it_is_renewed(
    queued: MakeDelivery, leave: Leave, channel: Channel, by_ann: Access, by_bob: Access,
    now: datetime,
) -> None:  # fmt: skip
    queued(tags=["label:fun"], due_at=now + HOUR)
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    narrow(by_bob, pause, Scope(labels=["fun"]), now=now)
    to_daily(by_bob, pause, "Calmer.", now=now)
    for tag in ("automatic", "api"):
        told = deeds.Answer("We are here.", to_post="7", tags=(tag,))
        deeds.answer(channel, told, request=new_id(), by=by_bob.person.pk, now=now)

    assert leave(now) == []
    assert [one.only for one in barriers(pause)] == [["label:fun"], [], []]


def test_day_by_day_only_what_somebody_confirmed_for_that_day_leaves(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    yes, no = queued(due_at=now + HOUR), queued(due_at=now + HOUR)
    tomorrow = queued(due_at=now + DAY)
    pause = pause_all(by_ann, "Mourning.", via="page", mode="daily", now=now).pause
    confirm_day(by_ann, pause, [yes.pk, tomorrow.pk], now=now)

    assert [row.pk for row in leave(now + HOUR)] == [yes.pk]
    assert leave(now + DAY) == []
    assert _state(no) == ("held", "hold")
    assert _state(tomorrow) == ("held", "hold")


def test_a_pause_becomes_day_by_day_and_whole_again_without_a_gap(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    row = queued()
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    pause = to_daily(by_bob, pause, "Calmer.", now=now)
    assert leave(now) == []
    confirm_day(by_ann, pause, [row.pk], now=now)
    pause_all(by_ann, "Worse.", via="page", now=now)

    assert leave(now) == []
    assert open_pause(by_ann.workspace.pk).mode == "all"  # type: ignore[union-attr]


def test_another_hold_that_is_released_lets_nothing_past_the_pause(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    row = queued()
    hold, _ = raise_wall(row.workspace_id, why="budget", by=None, now=now)
    pause_all(by_ann, "A storm.", via="page", now=now)
    leave(now)
    release(hold, by=by_bob.person.pk, now=now)

    assert leave(now) == []


def test_a_pause_of_ten_thousand_posts_is_told_once(
    queued: MakeDelivery, leave: Leave, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    for number in range(5):
        queued(str(number))
    pause = pause_all(by_ann, "A storm.", via="page", now=now).pause
    leave(now)
    tell_of_pauses(now=now)
    tell_of_pauses(now=now)
    resume_all(by_bob, pause, now=now + HOUR)
    tell_of_pauses(now=now + HOUR)

    told = Notice.objects.filter(person=by_ann.person).order_by("created_at")
    assert [(one.code, one.data.get("held"), one.data.get("asks")) for one in told] == [
        ("pause_began", 5, None), ("pause_ended", None, 5),
    ]  # fmt: skip


def test_pressed_again_people_hear_it_with_who_and_why_once_for_each_press(
    queued: MakeDelivery, by_ann: Access, by_bob: Access, now: datetime
) -> None:
    queued()
    pause_all(by_ann, "A storm.", via="page", now=now)
    tell_of_pauses(now=now)
    pause_all(by_bob, "An accident.", via="link", now=now + MINUTE)
    tell_of_pauses(now=now + MINUTE)
    tell_of_pauses(now=now + MINUTE)

    told = Notice.objects.filter(person=by_ann.person).order_by("created_at")
    assert [(one.code, one.data["who"], one.data["why"]) for one in told] == [
        ("pause_began", str(by_ann.person), "A storm."),
        ("pause_began", str(by_bob.person), "An accident."),
    ]  # fmt: skip
