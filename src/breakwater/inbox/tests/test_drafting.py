"""What is typed is kept, each person's own; what may sound angry is pointed out, never held."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, StaleState
from breakwater.domain.scoring.scores import Head
from breakwater.inbox.models import Draft, Thread
from breakwater.inbox.services.drafting import Temper, keep_draft, revision_of, temper
from breakwater.inbox.tests.world import NOW, QUESTION, arrive, said
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=5)


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(QUESTION, "a"))
    return Thread.objects.get()


def test_each_person_has_a_draft_of_their_own(
    ada_at: Access, mia_at: Access, thread: Thread
) -> None:
    first = keep_draft(ada_at, thread.pk, "Good", revision="", now=NOW)
    keep_draft(mia_at, thread.pk, "Hello", revision="", now=NOW)
    keep_draft(ada_at, thread.pk, "Good morning", revision=revision_of(first), now=LATER)

    assert sorted(Draft.objects.values_list("person__name", "text")) == [
        ("Ada", "Good morning"), ("Mia", "Hello"),
    ]  # fmt: skip


def test_another_window_of_the_same_person_overwrites_nothing(
    ada_at: Access, thread: Thread
) -> None:
    first = keep_draft(ada_at, thread.pk, "Good", revision="", now=NOW)
    keep_draft(ada_at, thread.pk, "Good morning", revision=revision_of(first), now=LATER)

    with pytest.raises(StaleState) as refusal:
        keep_draft(ada_at, thread.pk, "Goodbye", revision=revision_of(first), now=LATER)

    assert refusal.value.code == "draft_elsewhere"
    assert Draft.objects.get().text == "Good morning"


def test_who_answers_nobody_keeps_no_draft(ann_at: Access, thread: Thread) -> None:
    with pytest.raises(Forbidden):
        keep_draft(ann_at, thread.pk, "Good", revision="", now=NOW)

    assert not Draft.objects.exists()


def test_an_angry_draft_is_named_with_its_kind_and_words(ada_at: Access, thread: Thread) -> None:
    found = temper(ada_at.workspace, "You are a stupid idiot, leave us alone.", now=NOW)

    assert Head.INSULT in found.kinds
    assert any("idiot" in word for word in found.words)
    assert temper(ada_at.workspace, "Good morning, the shop opens at ten.", now=NOW) == Temper()
    assert temper(ada_at.workspace, "  ", now=NOW) == Temper()
