"""The page about how it was: a switch, the words, and what people said."""

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.surveys import QUESTIONS
from breakwater.inbox.models import Answer, Item, Setup, Survey
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.tests.world import QUESTION, arrive, said
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/setup/survey/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


def scored(made: Answer, score: int | None) -> None:
    Survey.objects.create(
        workspace=made.workspace, thread=made.thread, answer=made, score=score,
        created_at=clock.now(),
    )  # fmt: skip


def test_it_is_switched_on_in_words_of_ones_own(quay: Channel, mia: Person) -> None:
    client = at_desk(mia)
    typed = {"on": "on", "text_en": QUESTIONS["en"], "text_fr": "Alors ? De 1 à 5"}

    before = client.get(PAGE).content.decode()
    page = told(client, PAGE, typed)

    assert "Nobody has said anything yet." in before
    assert "Saved. It counts from the next conversation on." in page
    row = Setup.objects.get()
    assert (row.survey, row.survey_texts) == (True, {"fr": "Alors ? De 1 à 5"})


def test_what_people_said_is_counted(quay: Channel, mia: Person) -> None:
    arrive(quay, said(QUESTION, "a"))
    item = Item.objects.get()
    wish = Wish(item.pk, "At ten.", new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    made = answer(access(mia, "harbour", Right.ANSWER), item.thread_id, wish, now=clock.now())
    assert isinstance(made, Answer)
    for score in (5, 4, None):
        scored(made, score)

    page = at_desk(mia).get(PAGE).content.decode()

    assert "3 people were asked · 2 answered · 4.5 of 5 on average" in page
    assert "<dt>5 of 5</dt><dd>1</dd>" in page


def test_who_does_not_set_up_changes_nothing(
    quay: Channel, harbour_workspace: Workspace, eve: Person
) -> None:
    ada = member(harbour_workspace, Role.AGENT, name="ada")

    statuses = [at_desk(one).post(PAGE, {"on": "on"}).status_code for one in (ada, eve)]

    assert statuses == [403, 404]
    assert not Setup.objects.exists()
