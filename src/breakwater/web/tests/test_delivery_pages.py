"""Deliveries in the browser: watched, asked about, answered, sent after all, taken down."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from breakwater.channels.models import Channel
from breakwater.core.reasons import REASONS
from breakwater.delivery.models import Delivery
from breakwater.media.services import upload
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import (
    LOST,
    OUT,
    at_desk,
    delivery,
    led,
    member,
    practice_channel,
    tried,
)
from breakwater.web.tests.test_practice_pages import PNG

LIST = "/w/harbour/deliveries/"
Make = Callable[..., Delivery]


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings) -> Channel:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.BLOBS = tmp_path / "blobs"
    return practice_channel(harbour_workspace, ann)


@pytest.fixture
def lost(quay: Channel, ann: Person) -> Make:
    """A delivery that asks a person; keyword arguments go with the question."""

    def make(reason: str = "not_found", **values: Any) -> Delivery:
        row = delivery(quay, ann)
        return led(row, *LOST, reason=reason, worker=None, **values)

    return make


def of(row: Delivery) -> str:
    return f"{LIST}{row.pk}/"


def seen(remote_id: str, text: str, **values: Any) -> dict[str, Any]:
    at = "2026-03-02T09:00:05+00:00"
    return {"remote_id": remote_id, "url": "", "text": text, "at": at, "media": [], **values}


def words(client: Client, path: str) -> str:
    """What the page says, without its tags."""
    shown = client.get(path)
    assert shown.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", shown.content.decode()).split())


def test_a_workspace_without_deliveries_says_what_will_come(
    ann: Person, harbour_workspace: Workspace
) -> None:
    client = at_desk(ann)

    assert "its way out can be watched here" in words(client, LIST)
    assert "Nothing needs an answer" in words(client, f"{LIST}?show=needs-you")


def test_the_list_is_narrowed_to_what_needs_somebody(
    ann: Person, quay: Channel, lost: Make
) -> None:
    lost()
    delivery(quay, ann, "Still to come.")
    led(delivery(quay, ann, "Long done."), *OUT)
    client = at_desk(ann)

    found = {
        key: [text in words(client, f"{LIST}?show={key}") for text in ("Fog on", "Still to", "Long done")]
        for key in ("", "needs-you", "on-the-way", "done", "nonsense")
    }  # fmt: skip

    assert found == {
        "": [True, True, True],
        "needs-you": [True, False, False],
        "on-the-way": [False, True, False],
        "done": [False, False, True],
        "nonsense": [True, True, True],
    }


def test_the_list_costs_the_same_for_one_and_for_fifty(
    ann: Person, quay: Channel, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(51):
        delivery(quay, ann, f"Number {number}.")
    client = at_desk(ann)

    with django_assert_max_num_queries(9):
        shown = client.get(LIST).content.decode()

    assert shown.count('class="rows-main"') == 50
    assert "the latest fifty" in shown


def test_a_proved_post_shows_its_ledger_and_its_proof(ann: Person, quay: Channel) -> None:
    row = delivery(quay, ann)
    for step, outcome in (("commit", "begun"), ("commit", "unknown"), ("look", "found"), ("verify", "found")):  # fmt: skip
        tried(row, step, outcome, detail="500 oops" if outcome == "unknown" else "")
    led(row, *OUT, remote_id="r1", remote_url="https://harbour.test/1", seen=[seen("r1", "Fog!")])

    said = words(at_desk(ann), of(row))

    for sentence in (
        "Sending began",
        "No clear answer: it may be out",
        "500 oops",
        "We looked, and found it",
        "Read back: it is as we sent it",
        "The network has it, and we have read it back.",
        "Fog!",
        "Open it on the network",
    ):
        assert sentence in said
    assert "Paris time" in said


def test_a_page_costs_few_questions_to_the_database(
    ann: Person, lost: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = lost()
    client = at_desk(ann)

    with django_assert_max_num_queries(12):
        client.get(of(row))


def test_both_pictures_are_beside_each_other(
    ann: Person, harbour_workspace: Workspace, quay: Channel, now: Any
) -> None:
    asset = upload(harbour_workspace.pk, PNG, file_name="a.png", by=ann.pk, now=now)
    picture = {"sha256": asset.sha256, "mime": asset.mime, "size": asset.size, "width": 1, "height": 1, "alt": "A dot."}  # fmt: skip
    payload = {"text": "Look.", "language": "en", "media": [picture], "options": {}}
    row = delivery(quay, ann, payload=payload)
    theirs = {"url": f"{quay.origin}/api/media/{asset.sha256}", "alt": "Their dot."}
    led(row, *LOST, reason="altered", worker=None, seen=[seen("r1", "Look!", media=[theirs])])
    client = at_desk(ann)

    shown = client.get(of(row)).content.decode()
    ours = client.get(f"{of(row)}pictures/0/")
    ours_is_a_png = b"".join(ours.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]

    assert 'alt="A dot."' in shown
    assert 'alt="Their dot."' in shown
    assert ours_is_a_png
    assert client.get(f"{of(row)}pictures/1/").status_code == 404
    missing = client.get(f"{of(row)}seen/0/0/")  # it is not at the harbour
    assert (missing.status_code, "picture-away" in missing["Location"]) == (302, True)
    assert client.get(f"{of(row)}seen/7/0/").status_code == 404


@pytest.mark.parametrize("code", sorted(set(REASONS) - {"altered", "throttled_too_long"}))
def test_every_question_says_what_happened(ann: Person, lost: Make, code: str) -> None:
    row = lost(code)

    said = words(at_desk(ann), of(row))

    assert " ".join(str(REASONS[code]).replace("'", "&#x27;").split()) in said
    assert "Is this post out?" in said
    assert "It is not out: send it" in said


def test_a_reason_that_nobody_foresaw_still_asks(ann: Person, lost: Make) -> None:
    said = words(at_desk(ann), of(lost("brand_new")))

    assert "Is this post out?" in said


def test_a_viewer_reads_the_question_and_cannot_answer(
    harbour_workspace: Workspace, lost: Make
) -> None:
    row = lost()
    client = at_desk(member(harbour_workspace, Role.VIEWER))

    shown = client.get(of(row)).content.decode()

    assert "answer/" not in shown
    assert "can answer" in shown
    assert client.post(f"{of(row)}answer/", {"answer": "not_out"}).status_code == 403


@pytest.mark.parametrize(
    ("states", "polls"),
    [((), True), (("claimed",), True), (LOST[:4], True), (OUT[:4], True), (OUT, False), (LOST, False)],
)  # fmt: skip
def test_the_page_looks_again_by_itself_only_while_something_moves(
    ann: Person, quay: Channel, states: tuple[str, ...], polls: bool
) -> None:
    row = led(delivery(quay, ann), *states)

    assert ('hx-trigger="every 3s"' in at_desk(ann).get(of(row)).content.decode()) is polls


def test_what_is_planned_for_another_day_is_not_watched(ann: Person, quay: Channel) -> None:
    row = delivery(quay, ann)
    Delivery.objects.filter(pk=row.pk).update(not_before="2999-01-01T00:00Z")

    assert "every 3s" not in at_desk(ann).get(of(row)).content.decode()


def test_a_look_again_brings_only_what_changed(ann: Person, quay: Channel) -> None:
    row = delivery(quay, ann)
    client = at_desk(ann)
    stamp = client.get(of(row)).context["stamp"]
    htmx = {"HX-Request": "true"}

    same = client.get(f"{of(row)}?seen={stamp}", headers=htmx)
    led(row, *OUT)
    other = client.get(f"{of(row)}?seen={stamp}", headers=htmx)

    assert same.status_code == 204
    assert "arrived and read back" in other.content.decode()
    assert "<html" not in other.content.decode()
    assert "every 3s" not in other.content.decode()


def test_a_failed_one_says_why_and_who_could_send_it(ann: Person, quay: Channel) -> None:
    row = delivery(quay, ann)
    led(row, "claimed", "failed", reason="too_large", detail="413 too big", worker=None)

    said = words(at_desk(ann), of(row))

    assert "a picture or the text is too large. It was not published and is kept." in said
    assert "413 too big" in said
    assert "Send it again" not in said  # no post stands behind it: nobody approved it


def test_a_link_that_is_no_web_address_is_no_link(ann: Person, quay: Channel) -> None:
    row = led(delivery(quay, ann), *OUT, remote_id="r1", remote_url="javascript:alert(1)")

    assert "javascript:" not in at_desk(ann).get(of(row)).content.decode()


def test_another_workspaces_delivery_is_not_there(
    eve: Person, other_workspace: Workspace, lost: Make
) -> None:
    row = lost()
    client = at_desk(eve)

    assert client.get(f"/w/elsewhere/deliveries/{row.pk}/").status_code == 404
    for deed in ("answer", "send", "leave", "delete"):
        assert client.post(f"/w/elsewhere/deliveries/{row.pk}/{deed}/").status_code == 404
    row.refresh_from_db()
    assert row.state == "needs_human"


def test_the_pages_render_in_french(
    harbour_workspace: Workspace, ann: Person, quay: Channel, lost: Make
) -> None:
    lea = member(harbour_workspace, Role.OWNER, name="lea", language="fr")
    row, out = lost(), led(delivery(quay, ann), *OUT, remote_id="r1")
    client = at_desk(lea)

    for path in (LIST, of(row), of(out), f"{of(out)}delete/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert '<html lang="fr"' in answer.content.decode()


def test_every_role_may_read(harbour_workspace: Workspace, lost: Make) -> None:
    row = lost()
    kim = member(harbour_workspace, Role.VIEWER)

    for role in Role.values:
        Membership.objects.filter(person=kim).update(role=role)
        assert at_desk(kim).get(of(row)).status_code == 200
