"""Rules at the desk: written without script, tried, switched on, put in order; veiled stays veiled."""

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.inbox.models import Label, Rule, Thread
from breakwater.inbox.services import automation
from breakwater.inbox.tests.world import ABUSE, LEO, QUESTION, arrive, said
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
RULES = "/w/harbour/inbox/setup/rules/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


def test_a_rule_is_written_tried_and_switched_on(quay: Channel, mia: Person) -> None:
    now = clock.now()
    arrive(quay, said(QUESTION, "a", at=now), said(ABUSE, "b", by=LEO, at=now), now=now)
    label = Label.objects.create(workspace=quay.workspace, name="Hours", created_at=clock.now())
    client = at_desk(mia)
    typed = {
        "name": "Opening hours", "network": "sandbox", "words": "open OR bitch", "hourly": "60",
        "label": str(label.pk), "assign": "turn", "done": "on", "days": ["0", "1", "2", "3", "4", "5", "6"],
        "author_most": "9",
    }  # fmt: skip

    written = told(client, f"{RULES}add/", typed)  # type: ignore[arg-type]
    rule = Rule.objects.get()
    early = told(client, f"{RULES}{rule.pk}/switch/", {"on": "1", "revision": "1"})
    tried = client.post(f"{RULES}{rule.pk}/try/").content.decode()
    on = told(client, f"{RULES}{rule.pk}/switch/", {"on": "1", "revision": "1"})
    arrive(quay, said(f"{QUESTION} Please.", "c"), now=clock.now())
    automation.turn(now=clock.now())
    page = client.get(f"{RULES}{rule.pk}/").content.decode()
    edit = client.get(f"{RULES}{rule.pk}/change/").content.decode()

    assert "The rule is there, and off. Try it first." in written
    assert "Try it on the last 30 days first." in early
    assert "2 messages were looked at." in tried
    assert QUESTION in tried
    assert "bitch" not in tried.split("What it would have done")[1]
    assert "The rule acts on what comes from now on." in on
    assert [("Last tried:" in one) for one in (written, tried, page)] == [False, True, True]
    assert "Label" in page.split("What it did lately")[1]
    assert Thread.objects.get(key="c").state == "done"
    assert 'value="open OR bitch"' in edit


def test_hiding_what_may_be_criticism_asks_for_a_reason(quay: Channel, mia: Person) -> None:
    typed = {"name": "Quiet", "words": "refund", "hide": "on", "hourly": "60"}

    answer = at_desk(mia).post(f"{RULES}add/", typed)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "This would hide or set aside criticism" in page
    assert "Criticism is not abuse" in page
    assert not Rule.objects.exists()


def test_a_network_is_called_as_the_reader_calls_it(quay: Channel, mia: Person) -> None:
    client = at_desk(mia)
    typed = {"name": "Calme", "network": "sandbox", "words": "refund", "done": "on", "hourly": "60"}
    told(client, f"{RULES}add/", typed)
    Person.objects.filter(pk=mia.pk).update(language="fr")

    pages = [client.get(page).content.decode() for page in (f"{RULES}add/", RULES)]

    assert [page.count("Port d’entraînement") for page in pages] == [1, 1]
    assert [page.count("Practice harbour") for page in pages] == [0, 0]


def test_agents_see_rules_and_change_none(quay: Channel, mia: Person, ada: Person) -> None:
    typed = {"name": "Quiet", "words": "refund", "done": "on", "hourly": "60"}
    told(at_desk(mia), f"{RULES}add/", typed)
    rule = Rule.objects.get()
    client = at_desk(ada)

    listed = client.get(RULES).content.decode()
    refused = [
        client.post(f"{RULES}{rule.pk}/{deed}/", {"on": "1"}).status_code
        for deed in ("try", "switch", "move", "remove", "change")
    ]

    assert "Words in it: refund" in listed
    assert "A new rule" not in listed
    assert refused == [403] * 5
    assert Rule.objects.get().tried == 0


def test_two_rules_change_places(quay: Channel, mia: Person) -> None:
    client = at_desk(mia)
    for name in ("First", "Second"):
        told(client, f"{RULES}add/", {"name": name, "words": "a", "done": "on", "hourly": "60"})

    page = told(client, f"{RULES}{Rule.objects.get(name='Second').pk}/move/", {"way": "up"})

    assert page.index("Second") < page.index("First")


def test_a_change_over_somebody_elses_is_refused(quay: Channel, mia: Person) -> None:
    client = at_desk(mia)
    typed = {"name": "One", "words": "a", "done": "on", "hourly": "60"}
    told(client, f"{RULES}add/", typed)
    rule = Rule.objects.get()

    answer = client.post(f"{RULES}{rule.pk}/change/", {**typed, "words": "b", "revision": "9"})

    assert answer.status_code == 409
    assert Rule.objects.get().revision == 1
