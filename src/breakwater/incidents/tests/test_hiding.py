"""Where a network does not delete: out of sight instead, with proof; where it hides neither, a task."""

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.evidence.models import Absence
from breakwater.incidents import selectors
from breakwater.incidents.models import Containment, Incident, Subject, Task
from breakwater.incidents.services import containing, progress
from breakwater.incidents.tests.world import LATER, channels, deletes, intrude, seal_all
from breakwater.notices.models import Notice
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.strays.tests.world import NOW


@pytest.fixture
def place(harbour_workspace: Workspace) -> Channel:
    [one] = channels(harbour_workspace, 1)
    return one


def contained(by: Access, place: Channel, n: int = 2, *, partly: bool = False) -> Incident:
    """Everything is held and sealed, and the first deletes are ordered."""
    incident = containing.begin(by, intrude([place], n), via="page", now=NOW)
    seal_all(now=LATER, partly=partly)
    progress.advance_all(LATER)
    return incident


def refused(rows: list[Delivery]) -> None:
    """As the network says no to what was ordered."""
    for one in rows:
        Delivery.objects.filter(pk=one.pk).update(state="failed", reason="not_allowed")


def hidings() -> list[Delivery]:
    return list(Delivery.objects.filter(kind="act").order_by("created_at", "pk"))


def codes(incident: Incident) -> list[str]:
    return [one.code for one in selectors.timeline(incident)]


def states(incident: Incident) -> list[str]:
    subjects = selectors.subjects(incident)
    return sorted(progress.states_of(subjects, {}).values())


def test_what_a_network_refuses_to_delete_is_taken_out_of_sight_with_proof(
    by_bob: Access, place: Channel
) -> None:
    incident = contained(by_bob, place)
    refused(deletes())

    progress.advance_all(LATER)

    first, second = hidings()
    assert {first.payload["deed"], second.payload["deed"]} == {"withdraw"}
    assert {first.payload["target"], second.payload["target"]} == {"s0", "s1"}
    assert all(one.needs_blob and "statement" in one.tags for one in hidings())
    assert states(incident) == ["removing", "removing"]

    Delivery.objects.filter(kind="act").update(state="verified")
    progress.advance_all(LATER)
    progress.advance_all(LATER)

    assert states(incident) == ["hidden", "hidden"]
    assert Containment.objects.get().state == "proved"
    assert codes(incident).count("hides") == 2
    assert codes(incident).count("hidden") == 1
    assert "proved" not in codes(incident)
    assert Notice.objects.filter(code="contain_hidden", person=by_bob.person).count() == 1
    assert not Notice.objects.filter(code="contained").exists()
    assert not Absence.objects.exists()
    assert len(hidings()) == len(deletes()) == 2
    assert not Task.objects.filter(incident=incident, key__startswith="by_hand").exists()


def test_a_part_that_is_hidden_and_a_part_that_is_gone_are_told_apart(
    by_bob: Access, place: Channel
) -> None:
    incident = contained(by_bob, place)
    one, other = deletes()
    refused([one])
    Delivery.objects.filter(pk=other.pk).update(state="verified")
    progress.advance_all(LATER)
    Delivery.objects.filter(kind="act").update(state="verified")

    progress.advance_all(LATER)

    assert states(incident) == ["gone", "hidden"]
    lines = {one.code: one.data for one in selectors.timeline(incident)}
    assert (lines["hidden"], lines["proved"]) == ({"n": 1}, {"n": 1})
    assert not Notice.objects.filter(code="contained").exists()


def test_nothing_is_hidden_before_its_evidence_is_on_disk(by_bob: Access, place: Channel) -> None:
    Channel.objects.filter(pk=place.pk).update(network="sandbox")

    incident = contained(by_bob, place, partly=True)

    assert hidings() == deletes() == []
    assert states(incident) == ["sealing", "sealing"]
    assert Containment.objects.get().state == "stuck"


def test_where_it_is_refused_too_a_person_is_asked_once_with_the_address(
    by_bob: Access, place: Channel
) -> None:
    incident = contained(by_bob, place)
    Subject.objects.update(url="https://quay.example/posts/s0")
    refused(deletes())
    progress.advance_all(LATER)
    refused(hidings())

    progress.advance_all(LATER)
    progress.advance_all(LATER)

    assert states(incident) == ["trouble", "trouble"]
    task = Task.objects.get(incident=incident, key=f"by_hand:{place.pk}")
    assert task.link == "https://quay.example/posts/s0"
    assert "Practice harbour" in task.text
    assert len(hidings()) == 2


def test_a_network_that_does_neither_is_a_task_and_nothing_leaves(
    by_bob: Access, place: Channel
) -> None:
    alarm = intrude([place], 2)
    Channel.objects.filter(pk=place.pk).update(network="tiktok")
    incident = containing.begin(by_bob, alarm, via="page", now=NOW)
    seal_all(now=LATER)

    progress.advance_all(LATER)
    progress.advance_all(LATER)

    assert hidings() == deletes() == []
    assert {one.cannot for one in Subject.objects.all()} == {"no_delete"}
    assert Containment.objects.get().state == "stuck"
    task = Task.objects.get(incident=incident, key=f"by_hand:{place.pk}")
    assert task.text.startswith("TikTok lets us neither delete nor hide")


def test_an_account_that_granted_no_hiding_is_left_to_hands(by_bob: Access, place: Channel) -> None:
    alarm = intrude([place], 1)
    Channel.objects.filter(pk=place.pk).update(network="facebook", scopes=["pages_show_list"])
    incident = containing.begin(by_bob, alarm, via="page", now=NOW)
    seal_all(now=LATER)
    progress.advance_all(LATER)
    refused(deletes())

    progress.advance_all(LATER)

    assert hidings() == []
    assert states(incident) == ["trouble"]
    assert Task.objects.filter(incident=incident, key=f"by_hand:{place.pk}").count() == 1
