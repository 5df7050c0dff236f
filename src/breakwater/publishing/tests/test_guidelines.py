"""A guideline is tried, turned on, and holds drafts back while they are written and at the door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from breakwater.audit.models import Entry
from breakwater.delivery.services import claims
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.domain.guarantees import Outcome
from breakwater.guidelines import services
from breakwater.guidelines.models import Guideline
from breakwater.guidelines.services import Wish
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.publishing.content import Content
from breakwater.publishing.models import Post
from breakwater.publishing.previews import report
from breakwater.publishing.selectors import approved_now, deliveries_of, refused_now
from breakwater.publishing.services import (
    decide,
    new_post,
    submit,
    try_guideline,
    turn_on_guideline,
)
from breakwater.publishing.tests.conftest import send

pytestmark = pytest.mark.django_db
CLAUSE = "We sell nothing with words of violence."
KILLER = Wish("words", {"words": ["killer deal"]}, "block", CLAUSE)


@pytest.fixture
def mia_at(harbour_workspace: Workspace, person_factory: Any, member_factory: Any) -> Access:
    """Manages."""
    mia = person_factory("mia")
    member_factory(harbour_workspace, mia, Role.MANAGER)
    return access(mia, harbour_workspace.slug, Right.INVITE)


def _on(by: Access, wish: Wish, now: datetime) -> Guideline:
    row = services.add(by, wish, now=now)
    try_guideline(by, row.pk, now=now)
    return turn_on_guideline(by, row.pk, now=now)[0]


def _planned(
    content: Content, by: Person, yes: Person, workspace: Workspace, now: datetime
) -> Post:
    post = new_post(workspace.pk, by=by.pk, now=now, content=content)
    version = submit(post, by=by.pk, now=now)
    return decide(version, by=yes.pk, approved=True, digest=version.digest, now=now)


def test_a_draft_is_told_while_it_is_typed_and_not_let_through(
    mia_at: Access, ann: Person, content: Callable[..., Content], now: datetime
) -> None:
    _on(mia_at, KILLER, now)
    draft = content(text="A Killer Deal for your boat.")
    post = new_post(mia_at.workspace.pk, by=ann.pk, now=now, content=draft)

    typed = report(mia_at.workspace.pk, draft, now=now)
    with pytest.raises(Invalid) as refused:
        submit(post, by=ann.pk, now=now)

    [stop] = typed.stops
    assert (stop.code, stop.data["clause"], stop.data["found"]) == (
        "guideline_block", CLAUSE, "killer deal",
    )  # fmt: skip
    assert refused.value.data["findings"] == [stop]
    assert Post.objects.get(pk=post.pk).state == "draft"


def test_a_warning_stops_nothing(
    mia_at: Access, ann: Person, content: Callable[..., Content], now: datetime
) -> None:
    _on(mia_at, replace(KILLER, effect="warn"), now)
    draft = content(text="A killer deal.")
    post = new_post(mia_at.workspace.pk, by=ann.pk, now=now, content=draft)

    warned = report(mia_at.workspace.pk, draft, now=now)

    assert [one.code for one in warned.warnings if one.code.startswith("guideline")] == [
        "guideline_warn"
    ]
    assert warned.stops == ()
    assert submit(post, by=ann.pk, now=now).number == 1


def test_the_door_refuses_what_the_draft_was_told(
    mia_at: Access,
    ann: Person,
    bob: Person,
    content: Callable[..., Content],
    harbour_workspace: Workspace,
    now: datetime,
) -> None:
    bad = _planned(content(text="A killer deal."), ann, bob, harbour_workspace, now)
    good = _planned(content(text="Fog on the pier."), ann, bob, harbour_workspace, now)
    _on(mia_at, KILLER, now)
    rows = [*deliveries_of(bad), *deliveries_of(good)]

    found = refused_now(rows)

    assert found == {row.pk: "guideline" for row in deliveries_of(bad)}
    assert len(found) >= 1


def test_a_statement_is_let_through_the_door(
    mia_at: Access,
    ann: Person,
    bob: Person,
    content: Callable[..., Content],
    harbour_workspace: Workspace,
    now: datetime,
) -> None:
    post = _planned(content(text="A killer deal."), ann, bob, harbour_workspace, now)
    _on(mia_at, KILLER, now)
    rows = deliveries_of(post)
    for row in rows:
        row.tags = [*row.tags, "statement"]

    assert refused_now(rows) == {}


def test_what_warns_or_is_over_or_elsewhere_stops_nothing_at_the_door(
    mia_at: Access,
    ann: Person,
    bob: Person,
    content: Callable[..., Content],
    harbour_workspace: Workspace,
    other_workspace: Workspace,
    now: datetime,
) -> None:
    post = _planned(content(text="A killer deal."), ann, bob, harbour_workspace, now)
    _on(mia_at, replace(KILLER, effect="warn"), now)
    _on(mia_at, replace(KILLER, until=now + timedelta(hours=1)), now)
    other = _on(mia_at, KILLER, now)
    Guideline.objects.filter(pk=other.pk).update(workspace=other_workspace)

    assert refused_now(deliveries_of(post)) == {}


def test_it_may_not_be_on_before_it_was_tried(mia_at: Access, now: datetime) -> None:
    row = services.add(mia_at, KILLER, now=now)

    with pytest.raises(Invalid) as refused:
        turn_on_guideline(mia_at, row.pk, now=now)

    assert refused.value.code == "guideline_untried"
    assert not Guideline.objects.get().on


def test_other_words_have_to_be_tried_again_but_another_sentence_has_not(
    mia_at: Access, now: datetime
) -> None:
    row = _on(mia_at, KILLER, now)

    said = services.change(mia_at, row.pk, replace(KILLER, clause="No violence."), now=now)
    other = services.change(mia_at, row.pk, replace(KILLER, value={"words": ["killer"]}), now=now)

    assert (said.on, said.revision, said.clause) == (True, 1, "No violence.")
    assert (other.on, other.revision, other.tried) == (False, 2, 1)
    with pytest.raises(StaleState):
        services.mark_tried(mia_at, row.pk, revision=1, found=0, now=now)


def test_it_is_tried_on_what_left_and_planned_posts_are_told_in_one_notice(
    mia_at: Access,
    ann: Person,
    bob: Person,
    content: Callable[..., Content],
    harbour_workspace: Workspace,
    now: datetime,
) -> None:
    left = _planned(content(text="A killer deal, long ago."), ann, bob, harbour_workspace, now)
    for delivery in deliveries_of(left):
        send(delivery, now, Outcome.ACCEPTED, "accepted")
    for text in ("A killer deal.", "Another killer deal.", "Fog."):
        _planned(content(text=text), ann, bob, harbour_workspace, now)
    row = services.add(mia_at, KILLER, now=now)

    tried = try_guideline(mia_at, row.pk, now=now)
    _row, planned = turn_on_guideline(mia_at, row.pk, now=now)

    assert (tried.posts, tried.hits, [met.post.pk for met in tried.met]) == (1, 1, [left.pk])
    assert (planned.posts, planned.hits) == (3, 2)
    told = Notice.objects.filter(code="guideline_blocks")
    assert sorted(one.person.name for one in told) == ["Ann", "Bob", "Mia"]
    assert {one.data["n"] for one in told} == {2}


def test_only_who_runs_the_workspace_writes_guidelines(
    mia_at: Access, bob: Person, now: datetime
) -> None:
    row = services.add(mia_at, KILLER, now=now)
    bob_at = access(bob, mia_at.workspace.slug, Right.SEE)
    before = Entry.objects.count()

    for deed in (
        lambda: services.add(bob_at, KILLER, now=now),
        lambda: services.remove(bob_at, row.pk, now=now),
        lambda: try_guideline(bob_at, row.pk, now=now),
        lambda: turn_on_guideline(bob_at, row.pk, now=now),
    ):
        with pytest.raises(Forbidden):
            deed()

    assert Entry.objects.count() == before
    assert Guideline.objects.get().tried == 0
    assert Membership.objects.filter(person=bob).exists()


def test_the_door_that_is_handed_it_holds_the_post_with_its_reason(
    mia_at: Access,
    ann: Person,
    bob: Person,
    content: Callable[..., Content],
    harbour_workspace: Workspace,
    now: datetime,
) -> None:
    post = _planned(content(text="A killer deal."), ann, bob, harbour_workspace, now)
    _on(mia_at, KILLER, now)
    [row] = deliveries_of(post)
    worker = arrive(host="pier", pid=1, lock_key=7, now=row.due_at)

    got = claims.claim(worker, limit=5, approved=approved_now, refused=refused_now, now=row.due_at)

    row.refresh_from_db()
    assert got.taken == ()
    assert (row.state, row.reason, row.commit_calls) == ("held", "guideline", 0)
