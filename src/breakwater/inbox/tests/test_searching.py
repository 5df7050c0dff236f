"""What somebody looks for in an inbox is found by its newest words, in their own workspaces alone."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.domain.errors import Invalid
from breakwater.inbox.searching import search
from breakwater.inbox.services import finding
from breakwater.inbox.tests.world import (
    COMPLAINT,
    KIM,
    LEO,
    NOW,
    QUESTION,
    arrive,
    channel_of,
    said,
    take_in,
)
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db


def found(workspace: Workspace, text: str, **more: int) -> list[str]:
    return [item.arrival.remote_id for item in search([workspace.pk], text, **more)]


def test_words_names_and_facts_are_found_the_newest_first(
    quay: Channel, harbour_workspace: Workspace
) -> None:
    arrive(quay, said(QUESTION, "a"), said(COMPLAINT, "b", by=LEO),
           said("La livraison à Lyon a du retard", "c", by=LEO))  # fmt: skip

    assert found(harbour_workspace, "lyon") == ["c", "a"]
    assert found(harbour_workspace, "lyon -retard") == ["a"]
    assert found(harbour_workspace, '"three weeks"') == ["b"]
    assert found(harbour_workspace, "leo marsh") == ["c", "b"]
    assert found(harbour_workspace, "from:@kim lyon") == ["a"]
    assert found(harbour_workspace, "livr* OR sunday") == ["c", "a"]
    assert found(harbour_workspace, "lyon", limit=1) == ["c"]


def test_the_next_page_begins_where_the_last_ended(
    quay: Channel, harbour_workspace: Workspace
) -> None:
    arrive(quay, *[said("parcel", f"m{n}") for n in range(5)])
    first = search([harbour_workspace.pk], "parcel", limit=2)

    assert found(harbour_workspace, "parcel", limit=2, before=first[-1].pk) == ["m2", "m1"]


def test_other_words_are_found_instead_of_the_old_ones(
    quay: Channel, harbour_workspace: Workspace
) -> None:
    arrive(quay, said(QUESTION, "a"))
    later = NOW + timedelta(hours=1)
    take_in(now=later)

    arrive(quay, said("Is the shop in Metz open?", "a"), now=later)

    assert (found(harbour_workspace, "lyon"), found(harbour_workspace, "metz")) == ([], ["a"])


def test_what_is_forgotten_is_found_no_more(quay: Channel, harbour_workspace: Workspace) -> None:
    arrive(quay, said(QUESTION, "a"))

    finding.forget([search([harbour_workspace.pk], "lyon")[0].pk])

    assert found(harbour_workspace, "lyon") == []


def test_nobody_finds_what_another_workspace_was_told(
    quay: Channel, harbour_workspace: Workspace, other_workspace: Workspace
) -> None:
    arrive(quay, said(QUESTION, "ours"))
    arrive(channel_of(other_workspace, remote_id="2"), said(QUESTION, "theirs", by=KIM))

    assert found(harbour_workspace, "lyon") == ["ours"]
    assert found(other_workspace, "lyon") == ["theirs"]
    assert search([], "lyon") == []
    assert found(harbour_workspace, f"workspace:{other_workspace.pk.hex} lyon") == []


def test_a_search_that_makes_no_sense_is_refused(harbour_workspace: Workspace) -> None:
    with pytest.raises(Invalid):
        search([harbour_workspace.pk], '"open')


def test_a_search_costs_two_queries(
    quay: Channel,
    harbour_workspace: Workspace,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    arrive(quay, *[said("parcel", f"m{n}") for n in range(40)])

    with django_assert_max_num_queries(3):
        assert len(search([harbour_workspace.pk], "parcel")) == 30
