"""A yes is another person's, bound to the digest they were shown, and can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.people import MakeMember

from breakwater.audit.models import Entry
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import TargetOf
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.selectors import approved_now
from breakwater.publishing.tests.conftest import MakeContent, advance, make_channel, out


def approve(version: Version, by: Person, now: datetime, **changes: str) -> Post:
    values = {"digest": version.digest, **changes}
    return services.decide(version, by=by.pk, approved=True, now=now, **values)


def nothing_happened(version: Version) -> bool:
    post = Post.objects.get(pk=version.post_id)
    return (
        post.state == "in_review"
        and not Decision.objects.exists()
        and not Delivery.objects.exists()
        and Notice.objects.count() == 1
    )


def test_a_yes_schedules_it(submitted: Version, ann: Person, bob: Person, now: datetime) -> None:
    post = approve(submitted, bob, now)

    assert post.state == "scheduled"
    row = Delivery.objects.get()
    target = Target.objects.get()
    assert (row.source, row.kind, row.state) == (submitted.pk, "publish", "queued")
    assert (row.digest, row.payload) == (target.digest, target.payload)
    assert row.due_at == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
    assert row.missed_at - row.due_at == timedelta(minutes=15)
    assert approved_now([submitted.pk]) == {submitted.pk}
    told = Notice.objects.get(code="approved")
    assert (told.person, told.data) == (ann, {"who": "Bob", "post": "Fog on the pier."})
    verbs = list(Entry.objects.filter(subject_id=post.pk).values_list("verb", flat=True))
    assert verbs == ["post.written", "post.in_review", "post.approved", "post.scheduled"]


def test_a_no_makes_it_a_draft_with_the_comment(
    submitted: Version, ann: Person, bob: Person, now: datetime
) -> None:
    post = services.decide(
        submitted, by=bob.pk, approved=False, digest=submitted.digest, comment=" Too foggy. ",
        now=now,
    )  # fmt: skip

    assert post.state == "draft"
    decision = Decision.objects.get()
    assert (decision.person, decision.approved, decision.comment) == (bob, False, "Too foggy.")
    told = Notice.objects.get(code="changes_asked")
    assert (told.person, told.data["note"]) == (ann, "Too foggy.")
    assert not Delivery.objects.exists()
    assert approved_now([submitted.pk]) == set()


def test_a_no_needs_a_reason(submitted: Version, bob: Person, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        services.decide(submitted, by=bob.pk, approved=False, digest=submitted.digest, now=now)

    assert (refused.value.code, refused.value.field) == ("comment_needed", "comment")
    assert nothing_happened(submitted)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.APPROVER])
def test_it_refuses_its_own_author(
    submitted: Version, ann: Person, now: datetime, role: str
) -> None:
    Membership.objects.filter(person=ann).update(role=role)

    with pytest.raises(Forbidden) as refused:
        approve(submitted, ann, now)

    assert refused.value.code == "own_post"
    assert nothing_happened(submitted)


def test_it_refuses_its_last_editor(
    draft: Post, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    post = services.save_draft(draft.pk, draft.workspace_id, 1, content("x"), by=bob.pk, now=now)
    version = services.submit(post, by=ann.pk, now=now)

    with pytest.raises(Forbidden) as refused:
        approve(version, bob, now)

    assert refused.value.code == "own_post"
    assert not Decision.objects.exists()
    assert not Notice.objects.exists()


def test_it_refuses_its_submitter(draft: Post, bob: Person, now: datetime) -> None:
    version = services.submit(draft, by=bob.pk, now=now)

    with pytest.raises(Forbidden) as refused:
        approve(version, bob, now)

    assert refused.value.code == "own_post"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", [None, Role.AUTHOR, Role.AGENT, Role.AGENCY, Role.VIEWER])
def test_it_refuses_who_may_not_approve(
    submitted: Version,
    eve: Person,
    harbour_workspace: Workspace,
    member_factory: MakeMember,
    now: datetime,
    role: str | None,
) -> None:
    if role:
        member_factory(harbour_workspace, eve, role)

    with pytest.raises(Forbidden) as refused:
        approve(submitted, eve, now)

    assert refused.value.code == "not_an_approver"
    assert nothing_happened(submitted)


def test_it_refuses_a_digest_that_was_not_shown(
    submitted: Version, bob: Person, now: datetime
) -> None:
    with pytest.raises(StaleState) as refused:
        approve(submitted, bob, now, digest="0" * 64)

    assert refused.value.code == "digest_changed"
    assert nothing_happened(submitted)


def test_it_refuses_parts_that_are_not_what_was_frozen(
    submitted: Version, bob: Person, now: datetime
) -> None:
    target = Target.objects.get()
    target.payload = {**target.payload, "text": "Something else."}
    target.save()

    with pytest.raises(StaleState) as refused:
        approve(submitted, bob, now)

    assert refused.value.code == "altered_since_submission"
    assert nothing_happened(submitted)


def test_it_refuses_a_version_that_was_replaced(
    submitted: Version, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    post = services.reopen(submitted.post, by=ann.pk, now=now)
    post = services.save_draft(
        post.pk, post.workspace_id, post.revision, content("New."), by=ann.pk, now=now
    )
    newer = services.submit(post, by=ann.pk, now=now)

    with pytest.raises(StaleState) as refused:
        approve(submitted, bob, now)

    assert refused.value.code == "not_in_review"
    assert not Decision.objects.exists()
    assert newer.number == 2


def test_one_yes_is_enough(scheduled: Post, submitted: Version, bob: Person, now: datetime) -> None:
    with pytest.raises(StaleState) as refused:
        approve(submitted, bob, now)

    assert refused.value.code == "not_in_review"
    assert Decision.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_a_yes_that_comes_late_lets_a_person_decide_again(
    submitted: Version, bob: Person, now: datetime
) -> None:
    late = now + timedelta(days=5)

    approve(submitted, bob, late)

    assert Delivery.objects.get().missed_at < late


def test_a_yes_taken_back_stops_it(scheduled: Post, bob: Person, now: datetime) -> None:
    decision = Decision.objects.get()

    post = services.revoke_approval(decision, by=bob.pk, now=now)

    assert post.state == "draft"
    row = Delivery.objects.get()
    assert (row.state, row.digest) == ("cancelled", "")
    decision.refresh_from_db()
    assert decision.revoked_at == now
    assert approved_now([decision.version_id]) == set()


def test_a_yes_is_not_taken_back_by_anybody(scheduled: Post, ann: Person, now: datetime) -> None:
    with pytest.raises(Forbidden):
        services.revoke_approval(Decision.objects.get(), by=ann.pk, now=now)

    assert Decision.objects.get().revoked_at is None
    assert Delivery.objects.get().state == "queued"


def test_a_yes_is_taken_back_once(scheduled: Post, bob: Person, now: datetime) -> None:
    services.revoke_approval(Decision.objects.get(), by=bob.pk, now=now)

    with pytest.raises(StaleState) as refused:
        services.revoke_approval(Decision.objects.get(), by=bob.pk, now=now)

    assert refused.value.code == "not_approved"


def test_a_yes_to_what_is_out_cannot_be_taken_back(
    scheduled: Post, bob: Person, now: datetime
) -> None:
    out(Delivery.objects.get(), now=now)

    with pytest.raises(StaleState) as refused:
        services.revoke_approval(Decision.objects.get(), by=bob.pk, now=now)

    assert refused.value.data == {"code": "already_out", "channels": "@quay"}
    assert Decision.objects.get().revoked_at is None


def test_a_yes_taken_back_stops_what_has_not_begun(
    harbour_workspace: Workspace, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    one, other = (make_channel(harbour_workspace, name, now) for name in ("@one", "@two"))
    written = content(targets={one.pk: TargetOf(), other.pk: TargetOf()})
    draft = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)
    approve(services.submit(draft, by=ann.pk, now=now), bob, now)
    advance(Delivery.objects.get(channel=one), "claimed", "prepared", "sending", now=now)

    post = services.revoke_approval(Decision.objects.get(), by=bob.pk, now=now)

    assert post.state == "scheduled"
    assert Delivery.objects.get(channel=one).state == "sending"
    assert Delivery.objects.get(channel=other).state == "cancelled"
    assert approved_now([Decision.objects.get().version_id]) == set()


@pytest.mark.parametrize(
    ("first", "code"),
    [("accepted", "already_out"), ("sending", "being_sent"), ("", "nothing_waits")],
)
def test_a_yes_of_which_nothing_is_left_to_stop_stays(
    harbour_workspace: Workspace, ann: Person, bob: Person, content: MakeContent, now: datetime,
    first: str, code: str,
) -> None:  # fmt: skip
    one, other = (make_channel(harbour_workspace, name, now) for name in ("@one", "@two"))
    written = content(targets={one.pk: TargetOf(), other.pk: TargetOf()})
    draft = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)
    approve(services.submit(draft, by=ann.pk, now=now), bob, now)
    way = ("claimed", "prepared", "sending", "accepted")
    begun = way[: way.index(first) + 1] if first else ("claimed", "failed")
    advance(Delivery.objects.get(channel=one), *begun, now=now)
    refused = advance(Delivery.objects.get(channel=other), "claimed", "failed", now=now)

    with pytest.raises(StaleState) as error:
        services.revoke_approval(Decision.objects.get(), by=bob.pk, now=now)

    assert error.value.code == code
    assert error.value.data.get("channels") == ("@one" if first else None)
    assert Decision.objects.get().revoked_at is None
    assert Delivery.objects.get(channel=other).state == "failed"
    assert Delivery.objects.get(channel=other).digest == refused.digest != ""
