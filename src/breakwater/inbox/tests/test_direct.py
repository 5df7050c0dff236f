"""Answers and deeds past a conversation meet what stands before a conversation's."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.talking import Done, Said
from breakwater.domain.errors import Forbidden, NotFound, Problem
from breakwater.inbox.models import Item, Kept, Setup
from breakwater.inbox.services import direct
from breakwater.inbox.tests.world import ABUSE, NOW, QUESTION, arrive, said
from breakwater.networks.base import Deed
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
THREAT = "I know where you live, I will come and break your legs"


def _done(by: Access, quay: Channel, done: Done) -> Delivery:
    return direct.deed(by, quay, done, request=new_id(), now=NOW)


def test_by_the_networks_own_ids_a_threat_is_kept_before_it_goes(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(THREAT, "a"))

    for done in (Done(Deed.LIKE, target="a"), Done(Deed.HIDE, target="elsewhere")):
        _done(ada_at, quay, done)
    before = Kept.objects.count()
    _done(ada_at, quay, Done(Deed.HIDE, target="a"))

    assert (before, [one.why for one in Kept.objects.all()]) == (0, ["threat"])


def test_of_a_person_who_is_blocked_by_their_id_every_threat_is_kept(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(THREAT, "a"), said(THREAT, "b"), said(QUESTION, "c"))
    author = Item.objects.all()[0].arrival.author_id

    _done(ada_at, quay, Done(Deed.BLOCK, target=author))

    threats = Item.objects.filter(arrival__remote_id__in=["a", "b"])
    kept = set(Kept.objects.values_list("arrival", flat=True))
    assert kept == set(threats.values_list("pk", flat=True))


@pytest.mark.parametrize("known", [True, False])
def test_who_may_not_take_down_removes_nothing(
    quay: Channel, ada_at: Access, *, known: bool
) -> None:
    arrive(quay, said(ABUSE, "a"))
    done = Done(Deed.REMOVE, Item.objects.get().pk) if known else Done(Deed.REMOVE, target="post-1")

    with pytest.raises(Forbidden) as refusal:
        _done(ada_at, quay, done)

    assert refusal.value.data["right"] == "take_down"
    assert not Delivery.objects.exists()


def _answers(by: Access, quay: Channel) -> Delivery:
    words = Said("At nine.", Item.objects.get().pk)
    return direct.answer(by, quay, words, request=new_id(), now=NOW)


def _changes(by: Access, quay: Channel) -> Delivery:
    row = Delivery.objects.get()
    return direct.change(by, row, "At ten.", request=new_id(), now=NOW)


@pytest.mark.parametrize("says", [_answers, _changes])
def test_where_answers_need_a_yes_no_words_leave_past_it(
    quay: Channel, ada_at: Access, says: Callable[[Access, Channel], Delivery]
) -> None:
    arrive(quay, said(QUESTION, "a"))
    before: list[UUID] = [_answers(ada_at, quay).pk] if says is _changes else []
    Setup.objects.create(workspace=quay.workspace, approval=True, created_at=NOW)

    with pytest.raises(Problem) as refusal:
        says(ada_at, quay)

    assert refusal.value.code == "answer_needs_yes"
    assert list(Delivery.objects.values_list("pk", flat=True)) == before


def test_nothing_leaves_from_another_workspaces_channel(
    quay: Channel, ada_at: Access, other_workspace: Workspace
) -> None:
    elsewhere = replace(ada_at, workspace=other_workspace)
    words, done = Said("At nine.", to_post="p"), Done(Deed.LIKE, target="a")

    with pytest.raises(NotFound):
        direct.answer(elsewhere, quay, words, request=new_id(), now=NOW)
    with pytest.raises(NotFound):
        direct.deed(elsewhere, quay, done, request=new_id(), now=NOW)

    assert not Delivery.objects.exists()
