"""What the scorer learnt is shown with what it is worth, used by a person, and taken back."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.scoring.models import Correction, Learnt
from breakwater.scoring.tests.lessons import corrected
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/scoring/thresholds/"
USE, BACK = "/w/harbour/scoring/learning/use/", "/w/harbour/scoring/learning/back/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def _part(client: Client) -> str:
    page: str = client.get(PAGE).content.decode()
    return page[page.index('<section class="section" id="learning"') :].split("</section>")[0]


def _state(part: str) -> str:
    met = re.search(r'name="state" value="(\w{32})"', part)
    assert met is not None
    return met[1]


def test_what_was_learnt_is_worth_so_much_and_is_used_and_taken_back(
    mia: Person, harbour_workspace: Workspace
) -> None:
    client = at_desk(mia)
    corrected(harbour_workspace, pairs=30, now=clock.now())

    before = _part(client)
    used = told(client, USE, {"head": "insult", "state": _state(before)})
    after = _part(client)
    again = client.post(USE, {"head": "insult", "state": _state(before)})
    back = told(client, BACK, {"head": "insult"})

    assert (
        "From 60 corrections it learnt something: of the newest 12, from which it did not learn, it would get 12 "
        "right. Now 0 of 12 are."
    ) in before
    assert before.count("<button") == 1
    assert "It is used from the next text on." in used
    assert (
        "In use, learnt from 60 corrections. Of the newest 12 by then it had 12 right, where 0 were right without it."
    ) in after
    assert after.count("<button") == 1
    assert again.status_code == 409
    assert "Taken back. It is not used any more." in back
    assert client.post(BACK, {"head": "insult"}).status_code == 404
    assert [row.lessons for row in Learnt.objects.order_by("number")] == [60, 0]


def test_too_few_are_said_to_be_too_few_and_threats_are_not_learnt(
    mia: Person, harbour_workspace: Workspace
) -> None:
    corrected(harbour_workspace, pairs=2, now=clock.now())

    part = _part(at_desk(mia))

    assert "Wrongly veiled: 2. Wrongly shown: 2. It needs more to learn from." in part
    assert part.count("Wrongly veiled: 0. Wrongly shown: 0.") == 3
    assert "Threats" not in part
    assert "<button" not in part


def test_what_was_learnt_for_another_model_is_said_not_to_count(
    mia: Person, harbour_workspace: Workspace
) -> None:
    client = at_desk(mia)
    corrected(harbour_workspace, pairs=30, now=clock.now())
    told(client, USE, {"head": "insult", "state": _state(_part(client))})
    Learnt.objects.update(model="breakwater-0.9")
    Correction.objects.update(model="breakwater-0.9")

    part = _part(client)

    assert "was for the model breakwater-0.9 and does not count any more" in part
    assert "It needs more to learn from." in part
    assert part.count("<button") == 1


def test_why_it_is_not_used_is_said(mia: Person, harbour_workspace: Workspace) -> None:
    client = at_desk(mia)
    corrected(harbour_workspace, pairs=30, now=clock.now())
    told(client, USE, {"head": "insult", "state": _state(_part(client))})
    Correction.objects.filter(text_hash="0-True").delete()

    assert (
        "Not used: of the newest 11 corrections it would get 11 right. Now 11 are, and with a moved threshold 0."
    ) in _part(client)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT, Role.APPROVER])
def test_who_does_not_run_the_workspace_sees_it_and_uses_nothing(
    harbour_workspace: Workspace, role: Role
) -> None:
    client = at_desk(member(harbour_workspace, role, name="kim"))
    corrected(harbour_workspace, pairs=30, now=clock.now())

    part = _part(client)

    assert "From 60 corrections it learnt something" in part
    assert "<form" not in part
    for where in (USE, BACK):
        assert client.post(where, {"head": "insult", "state": "0" * 32}).status_code == 403
    assert not Learnt.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status"),
    [({}, 400), ({"head": "nothing"}, 400), ({"head": "threat"}, 404), ({"head": "insult"}, 409)],
)
def test_what_was_not_learnt_is_not_used(mia: Person, typed: dict[str, str], status: int) -> None:
    assert at_desk(mia).post(USE, typed).status_code == status

    assert not Learnt.objects.exists()


def test_it_is_said_in_french(mia: Person, harbour_workspace: Workspace) -> None:
    Person.objects.filter(pk=mia.pk).update(language="fr")
    corrected(harbour_workspace, pairs=30, now=clock.now())

    part = _part(at_desk(mia))

    assert "Ce qu’il apprend ici" in part
    assert "il aurait raison 12 fois. Aujourd’hui, c’est 0 fois sur 12." in part


def test_the_page_costs_few_queries(
    mia: Person, harbour_workspace: Workspace, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk(mia)
    corrected(harbour_workspace, pairs=30, now=clock.now())
    _part(client)

    with django_assert_max_num_queries(10):
        client.get(PAGE)
