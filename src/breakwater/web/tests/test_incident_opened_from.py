"""An incident is opened from where somebody sees that something is wrong, and shows what it is about."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Pile, Thread
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped, pile
from breakwater.inbox.tests.world import ABUSE, arrive, said
from breakwater.incidents.models import Incident, Subject
from breakwater.pauses.models import Signal
from breakwater.pauses.services import watching
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.publishing.models import Post
from breakwater.web.tests.drafts import channel, published
from breakwater.web.tests.quay import at_desk, member

pytestmark = pytest.mark.django_db
HERE = "/w/harbour/incidents/"
OFFER = re.compile(r'href="(/w/harbour/incidents/new/\?from=[^"]*)"')


@pytest.fixture
def bell(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@bell")


@pytest.fixture
def post(ann: Person, bob: Person, bell: Channel) -> Post:
    """As it is once the answer of the network was written down."""
    made = published(ann, bob, bell, text="A joke about a storm.")
    Post.objects.update(left_at=clock.now())
    return made


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(ABUSE, "a"))
    return Thread.objects.get()


@pytest.fixture
def heap(quay: Channel) -> Pile:
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    return pile("delivery late")


@pytest.fixture
def signal(bob: Person, harbour_workspace: Workspace) -> Signal:
    return watching.tap(access(bob, "harbour", Right.PAUSE), "A dam broke.", now=clock.now())


def offers(client: Client, page: str) -> list[str]:
    return [unescape(one) for one in OFFER.findall(client.get(page).content.decode())]


def opened(client: Client, page: str, title: str = "Something is wrong") -> tuple[str, Incident]:
    """The form that the page's one offer leads to, and what came of it."""
    (there,) = offers(client, page)
    form = client.get(there).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(from|id)" value="([^"]*)"', form))
    kind = re.findall(r'<option value="(\w+)" selected', form)[0]
    typed = {"kind": kind, "title": title, "severity": "2", **hidden}
    assert client.post(f"{HERE}new/", typed).status_code == 303
    return form, Incident.objects.get()


def shown(client: Client, case: Incident, tab: str = "") -> str:
    return client.get(f"{HERE}{case.pk}/{tab}").content.decode()


def test_from_a_post_with_what_is_out_of_it(bob: Person, post: Post) -> None:
    page, client = reverse("post", args=["harbour", post.pk]), at_desk(bob)
    left = clock.now() - timedelta(minutes=40)
    Delivery.objects.update(first_sent_at=left)

    form, case = opened(client, page)

    (subject,) = Subject.objects.filter(incident=case)
    assert subject.delivery is not None
    assert subject.remote_id == subject.delivery.remote_id
    assert (case.began_at, subject.at) == (left, left)
    assert (case.kind, case.from_kind, case.from_id) == ("bad_post", "post", str(post.pk))
    assert f'<a href="{page}">A joke about a storm.</a>' in form
    assert f'From a post · <a href="{page}">A joke about a storm.</a>' in shown(client, case)
    assert "@bell" in shown(client, case, "evidence/")


def test_what_has_not_left_does_no_harm_yet(bob: Person, post: Post) -> None:
    page, client = reverse("post", args=["harbour", post.pk]), at_desk(bob)
    Post.objects.update(left_at=None)

    assert offers(client, page) == []


def test_from_a_conversation_without_a_word_of_it(bob: Person, thread: Thread) -> None:
    page, client = reverse("inbox-thread", args=["harbour", thread.pk]), at_desk(bob)

    form, case = opened(client, page)

    assert [one.remote_id for one in Subject.objects.filter(incident=case)] == ["a"]
    assert (case.kind, case.from_kind, case.from_id) == ("other", "thread", str(thread.pk))
    assert 'name="title" maxlength' in form
    for said_there in (form, shown(client, case)):
        assert f'<a href="{page}">abuse on ' in said_there
        assert ABUSE not in said_there


def test_from_what_many_say(bob: Person, heap: Pile) -> None:
    page, client = reverse("inbox-pile", args=["harbour", heap.pk]), at_desk(bob)

    form, case = opened(client, page)

    assert case.began_at == heap.first_at
    assert (case.kind, case.from_kind) == ("pile_on", "pile")
    assert 'value="delivery late"' in form
    assert f'From what many said · <a href="{page}">delivery late</a>' in shown(client, case)


def test_from_a_signal_of_the_watch(bob: Person, signal: Signal) -> None:
    page, client = reverse("watch", args=["harbour"]), at_desk(bob)

    form, case = opened(client, page)

    assert (case.kind, case.from_kind, case.from_id) == ("event", "signal", str(signal.pk))
    assert 'value="A dam broke."' in form
    there = f"{page}#signal-{signal.pk}"
    assert f'<a href="{there}">A dam broke.</a>' in shown(client, case)
    assert f'id="signal-{signal.pk}"' in client.get(page).content.decode()


def test_what_has_an_incident_already_leads_to_it(bob: Person, post: Post) -> None:
    client = at_desk(bob)
    _form, case = opened(client, reverse("post", args=["harbour", post.pk]))

    again = client.get(f"{HERE}new/?from=post&id={post.pk}")

    assert again["Location"] == f"{HERE}{case.pk}/"


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.AGENCY, Role.VIEWER])
def test_who_may_open_none_is_offered_none(
    role: str, post: Post, heap: Pile, signal: Signal, harbour_workspace: Workspace
) -> None:
    client = at_desk(member(harbour_workspace, role))
    talk = Thread.objects.first()
    assert talk is not None

    for page in (
        reverse("post", args=["harbour", post.pk]),
        reverse("inbox-thread", args=["harbour", talk.pk]),
        reverse("inbox-pile", args=["harbour", heap.pk]),
        reverse("watch", args=["harbour"]),
    ):
        assert offers(client, page) == [], page
    refused = client.post(f"{HERE}new/", {"from": "post", "id": str(post.pk)})

    assert refused.status_code == 403
    assert not Incident.objects.exists()


def test_another_workspaces_thing_is_refused(
    post: Post, thread: Thread, heap: Pile, signal: Signal, other_workspace: Workspace
) -> None:
    tom = make_person("tom")
    make_member(other_workspace, tom, Role.OWNER)
    client, there = at_desk(tom), f"/w/{other_workspace.slug}/incidents/new/"
    typed = {"kind": "other", "title": "Theirs", "severity": "2"}

    for kind, row in (("post", post), ("thread", thread), ("pile", heap), ("signal", signal)):
        asked = {"from": kind, "id": str(row.pk)}
        assert client.get(there, asked).status_code == 404, kind
        assert client.post(there, {**typed, **asked}).status_code == 404, kind
    for asked in ({"from": "nothing", "id": "1"}, {"from": "post", "id": "1"}, {"from": "post"}):
        assert client.get(there, asked).status_code == 404, asked

    assert not Incident.objects.exists()
