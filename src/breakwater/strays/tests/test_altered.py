"""Posts of ours that read otherwise or are gone, and accounts that look otherwise."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel, Cursor, Reading
from breakwater.channels.services import portraits
from breakwater.delivery.models import Delivery
from breakwater.networks.base import Figure, Metric, Profile, Seen, What
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.strays.models import Sighting, Turn
from breakwater.strays.services import altering, profiles, telling
from breakwater.strays.tests.world import NOW, channel_of, ordered, out, post, seen, shows

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def confirm(shown: Seen | None) -> Sighting:
    """The account is asked, and shows this."""
    (row,) = altering.due(10, now=LATER)
    altering.confirm(row, shown, asked=True, now=LATER)
    telling.tell(now=LATER)
    row.refresh_from_db()
    return row


def cursor(channel: Channel, source: str) -> Cursor:
    return Cursor.objects.create(channel=channel, source=source, next_at=NOW, created_at=NOW)


def test_other_words_than_we_sent_are_told_once_the_account_shows_them(
    quay: Channel, ann: Person, mia: Person
) -> None:
    out(quay, "Fog on the pier.", "p1", ann)
    shows(quay, post("Fog on the pier.", "p1"))
    shows(quay, post("Buy my coins", "p1"), now=LATER)

    row = confirm(Seen("p1", "", "Buy my coins", NOW))

    assert (row.kind, row.state, row.confirmed) == ("altered", "told", True)
    assert Notice.objects.filter(code="altered_by_others", person=mia).count() == 1


def test_our_own_change_of_what_is_out_is_no_news(quay: Channel, ann: Person) -> None:
    row = out(quay, "Fog on the pier.", "p1", ann)
    shows(quay, post("Fog on the pier.", "p1"))
    change = ordered(quay, "Fog at the quay.", ann, state="accepted", first_sent_at=NOW)
    Delivery.objects.filter(pk=change.pk).update(kind="edit", source=row.pk)

    shows(quay, post("Fog at the quay.", "p1"), now=LATER)

    assert seen() == []


def test_a_network_that_only_spells_it_otherwise_has_not_changed_it(
    quay: Channel, ann: Person
) -> None:
    out(quay, "Hello @ann@our.host", "p1", ann)
    shows(quay, post("Hello @ann@our.host", "p1"))
    shows(quay, post("Hello @ann", "p1"), now=LATER)

    row = confirm(Seen("p1", "", "Hello @ann", NOW, spellings={"@ann@our.host": "@ann"}))

    assert row.state == "explained"


def test_a_post_that_is_gone_without_us_is_told(quay: Channel, ann: Person, mia: Person) -> None:
    out(quay, "Fog on the pier.", "p1", ann)
    shows(quay, post("Fog on the pier.", "p1"))
    shows(quay, post("", "p1", what=What.GONE), now=LATER)

    row = confirm(None)

    assert (row.kind, row.state) == ("missing", "told")
    assert Notice.objects.filter(code="missing", person=mia).exists()


def test_what_we_took_down_ourselves_is_not_missing(quay: Channel, ann: Person) -> None:
    row = out(quay, "Fog on the pier.", "p1", ann)
    shows(quay, post("Fog on the pier.", "p1"))
    gone = ordered(quay, "", ann, state="verified", first_sent_at=NOW)
    Delivery.objects.filter(pk=gone.pk).update(kind="delete", source=row.pk)

    shows(quay, post("", "p1", what=What.GONE), now=LATER)

    assert seen() == []


def test_more_changes_at_once_than_a_page_holds_are_all_seen(
    quay: Channel, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(altering, "_AT_ONCE", 2)
    names = [f"p{n}" for n in range(5)]
    for name in names:
        out(quay, "Fog on the pier.", name, ann)
    shows(quay, *(post("Fog on the pier.", name) for name in names))

    shows(quay, *(post("Buy my coins", name) for name in names), now=LATER)

    assert sorted(ref for _, ref, _ in seen()) == names
    assert Turn.objects.get().altered_at == LATER


def test_a_stray_that_its_author_takes_back_is_gone_and_not_our_doing(
    quay: Channel, mia: Person
) -> None:
    shows(quay, post("Free money", "x1"))

    shows(quay, post("", "x1", what=What.GONE), now=LATER)

    assert seen() == [("post", "x1", "gone")]


def test_a_new_name_is_told_and_the_first_look_is_not(quay: Channel, mia: Person) -> None:
    row = cursor(quay, "profile")
    portraits.seen(row, Profile("Quay", "@quay"), now=NOW)
    assert profiles.look(now=NOW) == 0
    portraits.seen(row, Profile("Other Brand", "@quay", pinned=("p1",)), now=LATER)

    assert (profiles.look(now=LATER), profiles.look(now=LATER)) == (1, 0)

    (sighting,) = Sighting.objects.all()
    assert (sighting.kind, sighting.state, sighting.data) == (
        "profile",
        "told",
        {"fields": ["name"]},
    )


def test_what_a_network_does_not_tell_is_no_change(quay: Channel) -> None:
    row = cursor(quay, "profile")
    portraits.seen(row, Profile("Quay", bio="At the quay", link=""), now=NOW)

    portraits.seen(row, Profile("Quay", phone="02 97 00 00 00"), now=LATER)

    assert profiles.look(now=LATER) == 0
    assert not Sighting.objects.exists()


def test_a_change_behind_a_right_that_was_away_is_told_when_it_is_back(quay: Channel) -> None:
    row = cursor(quay, "profile")
    portraits.seen(row, Profile("Quay", bio="At the quay"), now=NOW)
    portraits.seen(row, Profile("Quay"), now=LATER)
    assert profiles.look(now=LATER) == 0
    back = LATER + timedelta(minutes=5)

    portraits.seen(row, Profile("Quay", bio="Buy my coins"), now=back)

    assert profiles.look(now=back) == 1
    assert Sighting.objects.get().data == {"fields": ["bio"]}


def test_a_text_that_is_taken_out_is_a_change(quay: Channel) -> None:
    row = cursor(quay, "profile")
    portraits.seen(row, Profile("Quay", bio="At the quay", phone="1"), now=NOW)

    portraits.seen(row, Profile("Quay", bio="", phone="2"), now=LATER)

    assert profiles.look(now=LATER) == 1
    assert Sighting.objects.get().data == {"fields": ["bio", "phone"]}


def test_followers_that_come_with_the_profile_are_kept_and_are_no_new_portrait(
    quay: Channel,
) -> None:
    row = cursor(quay, "profile")
    yesterday = NOW - timedelta(days=1)

    portraits.seen(row, Profile("Quay", followers=10_000), now=yesterday)
    portraits.seen(row, Profile("Quay", followers=9_000), now=NOW)

    assert quay.portraits.count() == 1
    assert [one.value for one in Reading.objects.order_by("day")] == [10_000, 9_000]
    assert profiles.look(now=NOW) == 1
    assert Sighting.objects.get().kind == "followers"


def test_the_same_portrait_is_one_row_and_the_first_stands_from_the_first_look(
    quay: Channel,
) -> None:
    row = cursor(quay, "profile")

    portraits.seen(row, Profile("Quay"), now=NOW)
    portraits.seen(row, Profile("Quay"), now=LATER)

    (portrait,) = quay.portraits.all()
    assert (portrait.first_at, portrait.last_at) == (NOW, LATER)


def test_the_newest_figure_of_a_day_stays(quay: Channel) -> None:
    row = cursor(quay, "figures")

    portraits.counted(row, [Figure(Metric.FOLLOWERS, 900)], now=NOW)
    portraits.counted(row, [Figure(Metric.FOLLOWERS, 890)], now=LATER)

    assert [(one.day, one.value) for one in Reading.objects.all()] == [(NOW.date(), 890)]


@pytest.mark.parametrize(
    ("before", "after", "told"), [(10_000, 9_400, 1), (10_000, 9_600, 0), (900, 820, 0)]
)
def test_a_cliff_of_followers_is_told(
    before: int, after: int, told: int, quay: Channel, mia: Person
) -> None:
    row = cursor(quay, "figures")
    yesterday = NOW - timedelta(days=1)
    portraits.counted(row, [Figure(Metric.FOLLOWERS, before)], now=yesterday)
    portraits.counted(row, [Figure(Metric.FOLLOWERS, after)], now=NOW)

    assert profiles.look(now=NOW) == told


def test_however_many_channels_there_are_their_followers_cost_two_queries(
    quay: Channel, harbour_workspace: Workspace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        row = cursor(channel_of(harbour_workspace, f"more-{number}"), "figures")
        for day in (NOW - timedelta(days=1), NOW):
            portraits.counted(row, [Figure(Metric.FOLLOWERS, 900)], now=day)

    with django_assert_num_queries(3):  # and one for the profiles
        assert profiles.look(now=NOW) == 0
    with django_assert_num_queries(1):
        assert profiles.look(followers=False, now=NOW) == 0
