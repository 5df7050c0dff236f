"""What a pause asks of posts: another time by name, labels that it can be about, and statements."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.people.models import Membership, Person, Policy, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf, as_json, parse
from breakwater.publishing.models import Decision, Post
from breakwater.publishing.previews import preview
from breakwater.publishing.selectors import approved_now, policy_of

LATER = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


def _content(channel: Channel, **values: object) -> Content:
    given = {"text": "Fog.", "wall": "2026-03-05T09:30", "zone": "Europe/Paris", **values}
    return Content(targets={channel.pk: TargetOf()}, **given)  # type: ignore[arg-type]


def test_another_time_is_a_decision_by_name_and_the_calendar_agrees(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    version = scheduled.version
    assert version is not None

    services.send_at(version, LATER, by=bob.pk, now=now)

    row = Delivery.objects.get()
    assert (row.due_at, row.not_before, row.missed_at) == (
        LATER, LATER, LATER + timedelta(minutes=15),
    )  # fmt: skip
    scheduled.refresh_from_db()
    assert (scheduled.planned_at, scheduled.stands_at) == (LATER, LATER)
    assert (scheduled.planned_wall, parse(scheduled.draft).wall) == (
        "2026-03-06T18:00", "2026-03-06T18:00",
    )  # fmt: skip
    assert Decision.objects.get(about="later").person == bob
    assert approved_now([version.pk]) == {version.pk}
    assert services.recount(now=now) == 0


def test_what_was_missed_gets_another_time(scheduled: Post, bob: Person, now: datetime) -> None:
    Delivery.objects.update(state="missed", reason="paused")
    assert scheduled.version is not None

    services.send_at(scheduled.version, LATER, by=bob.pk, now=now)

    row = Delivery.objects.get()
    assert (row.state, row.due_at, row.reason) == ("queued", LATER, "")


def test_its_author_gives_it_no_other_time_nor_anybody_a_past_one(
    scheduled: Post, ann: Person, bob: Person, now: datetime
) -> None:
    due = Delivery.objects.get().due_at
    assert scheduled.version is not None

    with pytest.raises(Forbidden):
        services.send_at(scheduled.version, LATER, by=ann.pk, now=now)
    with pytest.raises(Invalid, match="time_past"):
        services.send_at(scheduled.version, now, by=bob.pk, now=now)

    assert Delivery.objects.get().due_at == due
    assert not Decision.objects.filter(about="later").exists()


def test_labels_are_tags_of_its_deliveries_and_nothing_that_leaves(
    quay: Channel, ann: Person, bob: Person, now: datetime
) -> None:
    bare = services.new_post(quay.workspace_id, by=ann.pk, now=now, content=_content(quay))
    labelled = _content(quay, labels=("launch", "fun"))
    post = services.new_post(quay.workspace_id, by=ann.pk, now=now, content=labelled)

    version = services.submit(post, by=ann.pk, now=now)
    services.decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)

    assert {"label:launch", "label:fun"} < set(Delivery.objects.get().tags)
    assert version.digest == preview(bare, now=now).digest


def test_labels_are_few_short_and_each_once() -> None:
    raw = as_json(Content())

    assert parse({**raw, "labels": [" fun ", "fun", "", "a  b"]}).labels == ("fun", "a b")
    with pytest.raises(Invalid, match="far_too_many"):
        parse({**raw, "labels": [str(n) for n in range(11)]})
    with pytest.raises(Invalid, match="far_too_long"):
        parse({**raw, "labels": ["x" * 41]})


def test_a_statement_needs_somebody_elses_yes_whatever_the_policy_is(
    quay: Channel, ann: Person, bob: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    Workspace.objects.filter(pk=harbour_workspace.pk).update(policy=Policy.NONE)
    Membership.objects.filter(person=ann).update(role=Role.APPROVER)
    post = services.new_post(
        quay.workspace_id, by=ann.pk, now=now, content=_content(quay), purpose="statement"
    )

    version = services.submit(post, by=ann.pk, now=now)
    assert (version.policy, Delivery.objects.count()) == (Policy.ONE, 0)
    services.decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)

    assert "statement" in Delivery.objects.get().tags


def test_where_nobody_else_could_say_yes_its_author_confirms_it(
    quay: Channel, ann: Person, bob: Person, now: datetime
) -> None:
    post = services.new_post(
        quay.workspace_id, by=ann.pk, now=now, content=_content(quay), purpose="statement"
    )

    Membership.objects.filter(person=ann).update(role=Role.APPROVER)
    Membership.objects.filter(person=bob).update(role=Role.VIEWER)

    assert policy_of(post, ann.pk) == Policy.NONE
