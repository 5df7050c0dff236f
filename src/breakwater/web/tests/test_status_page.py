"""Is everything all right? One sentence on top, the troubles below, and two deeds about them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Circuit, ClockMark, Delivery, Hold, Reconciliation, Worker
from breakwater.delivery.services import hold_everything, raise_wall
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import LOST, at_desk, delivery, led, member, practice_channel, told

STATUS = "/w/harbour/status/"
CLOCK = f"{STATUS}clock/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings) -> Channel:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SPOOL = tmp_path / "spool"
    alive()
    return practice_channel(harbour_workspace, ann)


@pytest.fixture
def owner(bob: Person, quay: Channel) -> Client:
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    return at_desk(bob)


def alive() -> None:
    now = clock.now()
    Worker.objects.create(host="here", pid=1, lock_key=1, seen_at=now, created_at=now)


def doubted(reason: str = "jump") -> ClockMark:
    now = clock.now()
    return ClockMark.objects.create(
        boot="b", host="pier", baseline_us=0, seen_us=9, boot_us=0, seen_at=now, held_since=now,
        reason=reason,
    )  # fmt: skip


def words(client: Client, path: str = STATUS) -> str:
    shown = client.get(path)
    assert shown.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", shown.content.decode()).split())


def test_a_calm_day_is_one_sentence(ann: Person, quay: Channel) -> None:
    said = words(at_desk(ann))

    assert "Everything is all right." in said
    assert "1 is alive" in said
    assert "Never compared with its account." in said
    assert 'aria-current="page"' in at_desk(ann).get(STATUS).content.decode()


def test_what_needs_somebody_comes_with_its_way_on(ann: Person, quay: Channel) -> None:
    row = led(delivery(quay, ann), *LOST, reason="not_found", worker=None)
    led(delivery(quay, ann, "Ebb."), *LOST[:-1])
    client = at_desk(ann)

    shown, said = client.get(STATUS).content.decode(), words(client)

    assert "1 thing needs you." in said
    assert "Breakwater is taking care of 1 more." in said
    assert "1 delivery needs an answer" in said
    assert "1 outcome is not known" in said
    assert f'href="/w/harbour/deliveries/{row.pk}/"' in shown


def test_no_worker_is_said_loudly(ann: Person, quay: Channel) -> None:
    Worker.objects.all().delete()

    client = at_desk(ann)

    assert "Nothing leaves: no worker is alive" in words(client)
    assert client.get(STATUS).content.decode().count('data-tone="stop"') == 2


def test_a_viewer_sees_it_and_is_offered_no_deed(
    harbour_workspace: Workspace, quay: Channel, bob: Person
) -> None:
    hold, _ = raise_wall(harbour_workspace.pk, why="Storm.", by=bob.pk, now=clock.now())
    doubted()
    client = at_desk(member(harbour_workspace, Role.VIEWER))

    shown = client.get(STATUS).content.decode()

    assert "Storm." in shown
    assert "by Bob" in shown
    assert "/release/" not in shown
    assert CLOCK not in shown
    for url in (f"{STATUS}holds/{hold.pk}/release/", CLOCK):
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert Hold.objects.get().released_at is None
    assert ClockMark.objects.get().held_since is not None


def test_it_looks_again_and_brings_only_what_changed(ann: Person, quay: Channel) -> None:
    client = at_desk(ann)
    stamp = client.get(STATUS).context["stamp"]

    same = client.get(f"{STATUS}?seen={stamp}", headers=HTMX)
    led(delivery(quay, ann), *LOST, reason="not_found", worker=None)
    other = client.get(f"{STATUS}?seen={stamp}", headers=HTMX)

    assert same.status_code == 204
    assert "1 thing needs you." in other.content.decode()
    assert "<html" not in other.content.decode()


def test_it_costs_the_same_however_many_there_are(
    ann: Person, bob: Person, quay: Channel, harbour_workspace: Workspace,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(8):
        led(delivery(quay, ann, f"Lost {number}."), *LOST, reason="not_found", worker=None)
        delivery(quay, ann, f"Late {number}.", due_at=clock.now() - timedelta(minutes=1))
        raise_wall(harbour_workspace.pk, tag=f"label:{number}", why="", by=bob.pk, now=clock.now())
    Circuit.objects.create(origin=quay.origin, opened_at=clock.now(), probe_at=clock.now())
    client = at_desk(ann)

    with django_assert_max_num_queries(13):
        shown = client.get(STATUS).content.decode()

    assert shown.count("and 3 more") == 2


def test_an_owner_releases_a_hold_after_seeing_what_it_does(
    owner: Client, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    hold, _ = raise_wall(harbour_workspace.pk, why="Storm.", by=bob.pk, now=clock.now())
    row = delivery(quay, bob, tags=["workspace"])
    led(row, "held", reason="hold")
    url = f"{STATUS}holds/{hold.pk}/release/"

    assert url in owner.get(STATUS).content.decode()
    assert "What became too late is not sent" in words(owner, url)
    assert Hold.objects.get().released_at is None
    after = told(owner, url)

    assert "Released. 1 delivery goes on by itself." in after
    row.refresh_from_db()
    assert row.state == "queued"
    assert Entry.objects.get(verb="hold.released").actor_id == bob.pk
    assert owner.post(url).status_code == 404


def test_after_a_restore_the_channels_not_compared_are_named_and_asked_for(
    owner: Client, quay: Channel
) -> None:
    now = clock.now()
    hold_everything("restored", known_until=now - timedelta(days=1), now=now)
    url = f"{STATUS}holds/{Hold.objects.get().pk}/release/"

    said = words(owner, url)
    refused = owner.post(url)

    assert "were not compared with their accounts" in said
    assert "quay" in said
    assert refused.status_code == 409
    assert Hold.objects.get().released_at is None

    assert "Released." in told(owner, url, {"unchecked": "yes"})
    assert Entry.objects.get(verb="hold.released").data == {"not_compared": [str(quay.pk)]}


def test_a_person_confirms_the_time_that_they_saw(owner: Client, bob: Person) -> None:
    doubted()

    assert "The clock that decides says:" in words(owner, CLOCK)
    for shown in ("", "yesterday", "2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00"):
        assert owner.post(CLOCK, {"shown": shown}).status_code == 409
    assert ClockMark.objects.get().held_since is not None
    after = told(owner, CLOCK, {"shown": clock.now().isoformat()})

    assert "Confirmed." in after
    assert ClockMark.objects.get().held_since is None
    assert Entry.objects.get(verb="clock.confirmed").actor_id == bob.pk
    assert "Nothing waits to be confirmed" in words(owner, CLOCK)


def test_two_clocks_that_differ_cannot_be_confirmed_away(owner: Client) -> None:
    doubted("skew")

    assert CLOCK not in owner.get(STATUS).content.decode()
    assert "Nothing waits to be confirmed" in words(owner, CLOCK)


def test_the_last_comparison_is_told(ann: Person, quay: Channel) -> None:
    now = clock.now()
    Reconciliation.objects.create(
        workspace_id=quay.workspace_id, channel=quay, since=now - timedelta(days=3), until=now,
        complete=False, agreed=12, counts={"stray": 1}, created_at=now,
    )  # fmt: skip

    assert "not all was seen: 12 agree, 1 differs." in words(at_desk(ann))


def test_another_workspaces_hold_is_not_there(
    owner: Client, eve: Person, other_workspace: Workspace
) -> None:
    hold, _ = raise_wall(other_workspace.pk, why="", by=eve.pk, now=clock.now())

    assert owner.post(f"{STATUS}holds/{hold.pk}/release/").status_code == 404
    assert Hold.objects.get().released_at is None


def test_french_people_read_french(harbour_workspace: Workspace, quay: Channel) -> None:
    client = at_desk(member(harbour_workspace, Role.VIEWER, language="fr"))

    assert "Tout va bien." in words(client)


def test_what_is_missed_leads_to_its_page(ann: Person, quay: Channel) -> None:
    led(delivery(quay, ann), "missed", reason="late")

    said = words(at_desk(ann))

    assert "1 post missed its time" in said
    assert "Its time passed before it could leave" in said
    assert Delivery.objects.get().state == "missed"
