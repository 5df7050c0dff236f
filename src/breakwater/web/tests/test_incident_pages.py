"""Incidents at the desk: opened, worked on tab by tab, closed; and what a guest's link shows."""

from datetime import timedelta

import pytest
from django.test import Client

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.decisions import Facts
from breakwater.incidents.models import Action, Advice, Incident, Playbook, Task, Verdict
from breakwater.incidents.services import deciding, pinning, saying, timeline
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.conftest import home
from breakwater.incidents.tests.test_saying import draft
from breakwater.incidents.tests.world import channels, go_on, intrude
from breakwater.notices.models import Notice
from breakwater.people.links import address, living
from breakwater.people.models import Membership, Person, Purpose, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.publishing.models import Post
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
__all__ = ["home"]
HERE = "/w/harbour/incidents/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


def opened(by: Person, title: str = "A joke about a storm", kind: str = "bad_post") -> Incident:
    granted = access(by, "harbour", Right.RESPOND)
    return open_incident(granted, Opening(kind, title), now=clock.now())


def test_it_is_opened_and_a_line_is_added(mia: Person) -> None:
    client = at_desk(mia)
    typed = {"kind": "bad_post", "title": "A joke about a storm", "severity": "2"}

    page = told(client, f"{HERE}new/", typed)
    case = Incident.objects.get()
    lined = told(client, f"{HERE}{case.pk}/", {"text": "The mayor called."})
    listed = client.get(HERE).content.decode()

    assert "#1 A joke about a storm" in page
    assert "Opened, by hand." in page
    assert "The mayor called." in lined
    assert "6 tasks to do" in listed


def test_whoever_answers_people_may_open_one_and_sees_no_more(
    ada: Person, harbour_workspace: Workspace
) -> None:
    client = at_desk(ada)
    typed = {"kind": "pile_on", "title": "Many are angry", "severity": "2"}

    answer = client.post(f"{HERE}new/", typed)

    assert answer.status_code == 303
    case = Incident.objects.get()
    assert client.get(f"{HERE}{case.pk}/").status_code == 403


def test_tasks_are_done_with_one_tap(mia: Person) -> None:
    case, client = opened(mia), at_desk(mia)
    task = Task.objects.filter(incident=case).order_by("position")[0]

    page = told(client, f"{HERE}tasks/{task.pk}/done/")
    more = told(
        client, f"{HERE}{case.pk}/tasks/", {"text": "Call the mayor back", "who": str(mia.pk)}
    )

    assert "Done by Mia" in page
    assert "Call the mayor back" in more


def test_the_aid_prefers_nothing_and_a_person_signs(mia: Person) -> None:
    case, client = opened(mia), at_desk(mia)
    typed = {
        "origin": "ours", "harm": ["tasteless"], "minors": "no", "captured": "yes", "evident": "",
        "kept": "", "reputation": "neutral", "pressed_by": "nobody",
    }  # fmt: skip

    page = told(client, f"{HERE}{case.pk}/decide/", typed)  # type: ignore[arg-type]
    advice = Advice.objects.get()
    empty = client.post(f"{HERE}{case.pk}/decide/{advice.pk}/", {"decision": "leave", "why": ""})
    signed = told(
        client,
        f"{HERE}{case.pk}/decide/{advice.pk}/",
        {"decision": "leave", "why": "We stand by it."},
    )

    assert "Leave it where it is" in page
    assert "Coombs 2007" in page
    assert "checked" not in page.split("Your decision")[1].split("Ask again")[0]
    assert empty.status_code == 400
    assert Verdict.objects.count() == 1
    assert "We stand by it." in signed


def test_a_review_is_written_and_what_changes_is_followed(mia: Person) -> None:
    case, client = opened(mia), at_desk(mia)

    first = told(client, f"{HERE}{case.pk}/close/")
    told(
        client, f"{HERE}{case.pk}/review/", {"text": "Nobody reads on Sundays.", "causes": "hours"}
    )
    acted = told(
        client, f"{HERE}{case.pk}/actions/",
        {"text": "Two read each draft.", "kind": "approval", "owner": "", "due_at": "2027-01-31"},
    )  # fmt: skip
    ended = told(client, f"{HERE}actions/{Action.objects.get().pk}/end/", {"to": "closed"})
    closed = told(client, f"{HERE}{case.pk}/close/")

    assert "Write its review first, or say why there is none." in first
    assert "Two read each draft." in acted
    assert "It has changed" not in ended.split("Something is to change")[0]
    assert "The incident is closed." in closed


def test_a_guest_sees_no_names_nothing_typed_and_nothing_else(mia: Person) -> None:
    case, other = opened(mia), opened(mia, "Another thing entirely", "other")
    granted = access(mia, "harbour", Right.RESPOND)
    timeline.write(granted, case, "Ann posted it from her phone.", now=clock.now())
    advice = deciding.ask(granted, case, Facts("ours"), now=clock.now())
    deciding.decide(granted, advice.pk, "leave", "Ann is sorry.", now=clock.now())
    client = at_desk(mia)
    told(client, f"{HERE}{case.pk}/roles/", {"lead": str(mia.pk), "spokesperson": "", "scribe": ""})
    made = client.post(f"{HERE}{case.pk}/guests/", {"name": "Kim of the council"})
    link = living(Purpose.GUEST, clock.now(), subject=case.pk).get()

    page = Client().get(address(link)).content.decode()

    assert address(link) in made.content.decode()
    assert "A joke about a storm" in page
    assert "Decided: Leave it." in page
    assert "whoever leads" in page
    for hidden in ("Mia", "Ann", "sorry", "Kim of the council", other.title, "@example.test"):
        assert hidden not in page, hidden
    signed = address(link).removesuffix("/")
    forged = f"{signed[:-1]}{'B' if signed.endswith('A') else 'A'}/"
    assert Client().get(forged).status_code == 404
    told(client, f"{HERE}{case.pk}/guests/{link.pk}/end/")
    assert Client().get(address(link)).status_code == 404


def test_a_playbook_is_saved_as_a_new_version_or_said_why_not(mia: Person) -> None:
    client = at_desk(mia)
    typed = {
        "seen": "0", "key-0": "call", "source-0": "", "en-0": "Call Mia.", "fr-0": "Appeler Mia.",
        "who-0": "lead", "within-0": "5", "key-1": "own1", "source-1": "", "en-1": "", "fr-1": "",
        "who-1": "lead", "within-1": "0",
    }  # fmt: skip

    page = told(client, f"{HERE}playbooks/event/", typed)
    half = client.post(f"{HERE}playbooks/event/", {**typed, "seen": "1", "fr-0": ""})

    assert "Call Mia." in page
    assert half.status_code == 400
    assert "Each step is needed in English and in French." in half.content.decode()
    assert Playbook.objects.count() == 1
    assert client.get(f"{HERE}playbooks/nothing/").status_code == 404


def test_not_us_is_one_press_and_the_posts_are_followed(
    bob: Person, harbour_workspace: Workspace, home: object
) -> None:
    alarm = intrude(channels(harbour_workspace), 3)
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    client = at_desk(bob)

    page = client.get(f"/w/harbour/alarms/{alarm.pk}/").content.decode()
    pressed = client.post(f"/w/harbour/alarms/{alarm.pk}/contain/")
    out = client.get(pressed["Location"])
    again = at_desk(Person.objects.get(pk=bob.pk))
    go_on(clock.now() + timedelta(seconds=5))
    after = again.get(pressed["Location"]).content.decode()

    assert "Not us: contain" in page
    assert "Burgers" not in page
    assert out.status_code == 302
    assert out["Location"].startswith("/account/login/")
    assert after.count("taken down</span>") == 3
    assert after.count("sealed") >= 3
    assert "Containing: the posts are no longer shown to us" in after


def test_a_call_for_help_rings_the_others(
    mia: Person, bob: Person, harbour_workspace: Workspace
) -> None:
    alarm = intrude(channels(harbour_workspace, 1), 1)

    page = told(at_desk(bob), f"/w/harbour/alarms/{alarm.pk}/help/")

    assert "1 person was rung." in page
    assert [one.person for one in Notice.objects.filter(code="alarm_help")] == [mia]


def test_a_statement_that_is_pinned_is_unpinned_by_one_press(bob: Person, channel: Channel) -> None:
    own, now = opened(bob), clock.now()
    by_bob = access(bob, "harbour", Right.RESPOND)
    said = saying.write(by_bob, own, draft(channel, alone=True), now=now)
    saying.let_leave(now)
    Delivery.objects.filter(kind="publish").update(state="verified", remote_id="1.a")
    Post.objects.filter(pk=said.post_id).update(left_at=now)
    pinning.pin_what_is_out(now)
    client, page = at_desk(bob), f"/w/harbour/incidents/{own.pk}/statement/"
    shown = client.get(page).content.decode()
    assert f"Pinned on {channel}" in shown
    press = {"channel": str(channel.pk), "request": str(new_id())}

    for _ in range(2):
        client.post(f"/w/harbour/incidents/statements/{said.pk}/unpin/", press)

    deeds = [one.deed for one in Delivery.objects.filter(kind="act").order_by("created_at")]
    assert deeds == ["pin", "unpin"]
    assert f"Unpinned on {channel}" in client.get(page).content.decode()
