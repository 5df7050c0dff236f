"""The button on every page, the answer, the banner, and what is done about a pause."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.pauses.models import Pause
from breakwater.pauses.selectors import barriers
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, delivery, member, practice_channel

BEGIN = "/w/harbour/pause/"
WHY = {"why": "A storm."}


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings) -> Channel:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SPOOL = tmp_path / "spool"
    return practice_channel(harbour_workspace, ann)


@pytest.fixture
def author(ann: Person, quay: Channel) -> Client:
    return at_desk(ann)


@pytest.fixture
def approver(bob: Person, quay: Channel) -> Client:
    return at_desk(bob)


def _words(client: Client, path: str) -> str:
    shown = client.get(path)
    assert shown.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", shown.content.decode()).split())


def _paused(client: Client) -> str:
    answer = client.post(BEGIN, WHY)
    assert answer.status_code == 303
    return str(answer["Location"])


def test_every_page_has_the_button_and_its_form_works_without_script(author: Client) -> None:
    assert f'action="{BEGIN}"' in author.get("/w/harbour/status/").content.decode()
    assert "Pause everything in Harbour?" in _words(author, BEGIN)

    said = _words(author, _paused(author))

    assert "Nothing more leaves" in said
    assert "0 posts wait" in said
    assert Pause.objects.get().via == "page"


def test_without_a_reason_nothing_is_paused(author: Client) -> None:
    assert author.post(BEGIN, {"why": " "}).status_code == 400

    assert (Pause.objects.count(), Hold.objects.count()) == (0, 0)


def test_the_answer_lists_what_was_leaving_and_looks_again_by_itself(
    author: Client, ann: Person, quay: Channel, worker: Worker
) -> None:
    row = delivery(quay, ann)
    Delivery.objects.filter(pk=row.pk).update(state="sending", worker=worker)
    at = _paused(author)

    assert "we do not know yet" in _words(author, at)
    assert 'hx-trigger="every 2s"' in author.get(at).content.decode()
    Delivery.objects.filter(pk=row.pk).update(state="verified", accepted_at=clock.now())
    part = author.get(at, headers={"HX-Request": "true"}).content.decode()
    assert "it is out" in part
    assert "<h1>" not in part


def test_every_page_says_that_everything_is_paused(author: Client) -> None:
    at = _paused(author)

    said = _words(author, "/w/harbour/calendar/")

    assert "Harbour: everything is paused. A storm. See the pause" in said
    assert f'href="{at}"' in author.get("/notices/").content.decode()


def test_who_may_not_pause_sees_the_banner_and_no_button(
    author: Client, harbour_workspace: Workspace
) -> None:
    _paused(author)
    viewer = at_desk(member(harbour_workspace, Role.VIEWER, name="vic"))

    page = viewer.get("/w/harbour/calendar/").content.decode()

    assert "everything is paused" in page
    assert BEGIN not in page
    assert viewer.get(BEGIN).status_code == 403
    assert viewer.post(BEGIN, WHY).status_code == 403


def test_an_author_pauses_and_an_approver_lets_go(author: Client, approver: Client) -> None:
    at = _paused(author)

    assert author.post(f"{at}resume/", {}).status_code == 403
    assert "End the pause" not in _words(author, at)
    assert approver.post(f"{at}resume/", {}).status_code == 303

    assert Pause.objects.get().state == "ended"
    assert "This pause has ended" in _words(author, at)
    assert "everything is paused" not in _words(author, "/w/harbour/calendar/")


def test_what_stands_against_the_end_is_said_on_the_form(author: Client, approver: Client) -> None:
    at = _paused(author)
    Pause.objects.update(reevaluate_at=clock.now())

    asked = approver.post(f"{at}resume/", {})
    insisted = approver.post(f"{at}resume/", {"despite": "on", "why": "All are safe."})

    assert asked.status_code == 400
    assert "The time to look again is over." in asked.content.decode()
    assert f'href="{at}review/"' in asked.content.decode()
    assert insisted.status_code == 303


def test_more_is_held_back_and_a_second_person_asked_for(author: Client) -> None:
    at = _paused(author)

    sent = author.post(f"{at}close/", {"closed": ["replies"], "second": "on"})

    assert sent.status_code == 303
    pause = Pause.objects.get()
    assert (pause.closed, pause.two_persons) == (["replies"], True)
    assert len(barriers(pause)) == 4
    assert "Answers and corrections by named persons held" in _words(author, at)


def test_it_is_narrowed_to_channels_or_countries_and_not_to_labels_that_nothing_bears(
    author: Client, approver: Client, quay: Channel
) -> None:
    Channel.objects.filter(pk=quay.pk).update(country="FR")
    at = _paused(author)

    assert approver.post(f"{at}narrow/", {}).status_code == 400
    unused = {"labels": "fun, launch", "countries": ["FR"]}
    assert approver.post(f"{at}narrow/", unused).status_code == 400
    assert barriers(Pause.objects.get())[0].only == []
    sent = approver.post(f"{at}narrow/", {"countries": ["FR"]})

    assert sent.status_code == 303
    assert barriers(Pause.objects.get())[0].only == [f"channel:{quay.pk}"]
    assert "A part is paused" in _words(author, at)


def test_it_goes_on_day_by_day_and_is_looked_at_again(author: Client, approver: Client) -> None:
    at = _paused(author)

    assert approver.post(f"{at}mode/", {"why": "Calmer."}).status_code == 303
    wall = {"at": "2199-01-01T09:00", "why": "Still stormy."}
    assert approver.post(f"{at}reevaluate/", wall).status_code == 303

    pause = Pause.objects.get()
    assert (pause.mode, pause.reevaluate_at.isoformat()) == ("daily", "2199-01-01T08:00:00+00:00")
    assert "only what is confirmed for the day leaves" in _words(author, "/w/harbour/calendar/")
    assert approver.post(f"{at}mode/", {"why": "Worse."}).status_code == 303
    assert Pause.objects.get().mode == "all"


def test_several_workspaces_are_paused_at_once(
    author: Client, ann: Person, other_workspace: Workspace, member_factory: object
) -> None:
    member_factory(other_workspace, ann, Role.AUTHOR)  # type: ignore[operator]
    chosen = {"workspace": ["harbour", other_workspace.slug], "why": "An accident."}

    assert author.post("/pause/", {"why": "An accident."}).status_code == 400
    assert author.post("/pause/", chosen).status_code == 303

    assert Pause.objects.count() == 2
    assert "paused already" in _words(author, "/pause/")


def test_another_workspaces_pause_is_not_found(
    author: Client, eve: Person, other_workspace: Workspace
) -> None:
    at = _paused(author)

    assert at_desk(eve).get(at).status_code == 404
    assert "A storm." in _words(author, "/w/harbour/pauses/")
