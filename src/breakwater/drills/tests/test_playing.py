"""The beats of a drill are played in order, at their time, each once, whoever dies in between."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services import disconnect, practice
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden
from breakwater.drills.models import Beat, Drill
from breakwater.drills.selectors import progress
from breakwater.drills.services import Wish, begin, deeds, end, play, playing
from breakwater.drills.services.playing import LEASE
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access
from breakwater.publishing.models import Post

SECOND = timedelta(seconds=1)


def begun(by: Access, now: datetime, scenario: str = "wrong_account", **changes: Any) -> Drill:
    return begin(by, Wish(scenario, "en", 60, changes.get("people", {})), now=now)


def played(drill: Drill, now: datetime) -> Drill:
    """All that is due by then."""
    while play(now=now):
        drill.refresh_from_db()
    drill.refresh_from_db()
    return drill


def started(drill: Drill, now: datetime) -> datetime:
    """Its clock goes: nothing sends in these tests, so that it starts after a minute without."""
    played(drill, now)
    at = now + timedelta(seconds=61)
    assert play(now=at)
    return at


def own_posts(drill: Drill, place: int) -> list[str]:
    channel = Channel.objects.filter(workspace=drill.workspace).order_by("created_at")[place]
    shown = practice.look_round(channel, limit=60).posts
    return [one.seen.text for one in shown]


def test_first_the_brand_s_accounts_are_opened_and_its_posts_written(
    by_mia: Access, today: datetime
) -> None:
    drill = played(begun(by_mia, today), today)

    handles = [one.handle for one in Channel.objects.filter(workspace=drill.workspace)]
    mark = drill.pk.hex[-4:]
    assert sorted(handles) == sorted(
        f"@harbour-lights{one}-{mark}" for one in ("", "-blood", "-youth")
    )
    assert set(Channel.objects.values_list("network", flat=True)) == {"sandbox"}
    assert Post.objects.get().state == "scheduled"
    assert Delivery.objects.get().due_at == today
    assert (drill.state, drill.began_at) == ("preparing", None)


def test_then_its_clock_starts_and_what_is_planned_is_approved(
    by_mia: Access, ann: Person, bob: Person, today: datetime
) -> None:
    drill = begun(by_mia, today, people={ann.pk: "author", bob.pk: "approver"})

    at = started(drill, today)
    played(drill, at)

    assert (drill.state, drill.began_at) == ("running", at)
    assert sorted(Post.objects.values_list("state", flat=True)) == ["scheduled", "scheduled"]
    assert Workspace.objects.get(pk=drill.workspace_id).policy == "one"


def test_a_beat_waits_for_its_moment_on_the_compressed_clock(
    by_mia: Access, today: datetime
) -> None:
    drill = begun(by_mia, today)
    at = played(drill, started(drill, today)).began_at
    assert at is not None

    played(drill, at + 3.9 * SECOND)
    before = progress(drill).said
    played(drill, at + 4 * SECOND)

    assert (progress(drill).posted, before, progress(drill).said) == (1, 0, 1)


def test_what_somebody_else_posts_arrives_as_a_network_would_push_it(
    by_mia: Access, today: datetime
) -> None:
    drill = begun(by_mia, today)
    at = started(drill, today)

    played(drill, at)

    stray = Arrival.objects.get(what="post")
    assert stray.text.startswith("Sam found two more bottles of cider")
    assert stray.own
    assert own_posts(drill, 0) == [stray.text]
    assert not Delivery.objects.filter(remote_id=stray.remote_id).exists()


class Died(BaseException):
    """The process is gone: nobody catches it."""


def test_a_beat_that_is_played_again_after_a_death_does_nothing_twice(
    by_mia: Access, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = begun(by_mia, today)
    later = started(drill, today) + 60 * SECOND
    whole = dict(deeds.DEEDS)
    done: set[int] = set()

    def dying(name: str) -> Any:
        """The beat is done, and its first player dies before it can be marked."""

        def deed(own: Drill, beat: Beat, now: datetime) -> Any:
            made = whole[name](own, beat, now)
            if beat.number not in done:
                done.add(beat.number)
                raise Died
            return made

        return deed

    monkeypatch.setattr(playing, "DEEDS", {name: dying(name) for name in whole})
    while drill.beats.filter(state__in=("waiting", "taken")).exists():
        with suppress(Died):
            play(now=later)
        drill.beats.filter(state="taken").update(lease_until=later)

    assert len(done) == 13
    assert set(drill.beats.values_list("state", flat=True)) == {"played"}
    assert Arrival.objects.filter(what="post").count() == 1
    assert Arrival.objects.exclude(what="post").count() == 10
    assert sorted(Post.objects.values_list("state", flat=True)) == ["scheduled"] * 2


def test_a_beat_in_hand_is_left_to_whoever_has_it(by_mia: Access, today: datetime) -> None:
    drill = begun(by_mia, today)
    Beat.objects.filter(drill=drill, number=0).update(
        state="taken", lease_until=today + LEASE, tries=1
    )

    assert not play(now=today)
    assert not Channel.objects.exists()

    assert play(now=today + LEASE)
    assert Channel.objects.count() == 1


def test_an_intruder_meets_a_closed_door_once_the_accounts_are_shut(
    by_mia: Access, mia: Person, today: datetime
) -> None:
    drill = begun(by_mia, today, "hijack")
    at = started(drill, today)
    played(drill, at + 10 * SECOND)
    out = progress(drill).posted
    for channel in Channel.objects.filter(workspace=drill.workspace):
        disconnect(workspace_id=channel.workspace_id, channel_id=channel.pk, by=mia.pk, now=at)

    played(drill, at + 80 * SECOND)

    assert (out, progress(drill).posted, progress(drill).met) == (9, 9, 46)


def test_a_drill_that_is_ended_plays_nothing_more(
    by_mia: Access, mia: Person, today: datetime
) -> None:
    drill = begun(by_mia, today)
    at = started(drill, today)
    by = access(mia, drill.workspace.slug, Right.INVITE)

    ended = end(by, played(drill, at), now=at + SECOND)

    assert (ended.state, ended.ended_at) == ("ended", at + SECOND)
    assert not play(now=at + 80 * SECOND)
    assert progress(ended).said == 0
    states = Channel.objects.filter(workspace=drill.workspace).values_list("state", flat=True)
    assert set(states) == {"disconnected"}
    assert end(by, ended, now=at + 2 * SECOND).ended_at == at + SECOND


def test_only_who_may_invite_there_ends_it(by_mia: Access, ann: Person, today: datetime) -> None:
    drill = begun(by_mia, today, people={ann.pk: "author"})

    with pytest.raises(Forbidden):
        end(access(ann, drill.workspace.slug, Right.SEE), drill, now=today)

    drill.refresh_from_db()
    assert drill.state == "preparing"


def test_one_that_nobody_ends_stops_after_twelve_hours(by_mia: Access, today: datetime) -> None:
    drill = begun(by_mia, today)

    assert not play(now=today + timedelta(hours=12))

    drill.refresh_from_db()
    assert drill.state == "ended"
    assert not drill.beats.exclude(state="dropped").exists()
