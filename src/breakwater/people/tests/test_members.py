"""Roles, leaving, settings and tokens: who may, and what is dead afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from breakwater.audit.models import Entry
from breakwater.domain.errors import BreakwaterError, Forbidden, Invalid, NotFound
from breakwater.people import links, services
from breakwater.people.models import ApiToken, Membership, Person, Policy, Purpose, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access, open_invitation
from breakwater.people.services import token_access
from breakwater.people.services.links import make


@pytest.fixture
def boss(
    harbour_workspace: Workspace, person_factory: Callable[[str], Person], now: datetime
) -> Access:
    """carol owns Harbour, beside ann (author) and bob (approver)."""
    carol = person_factory("carol")
    services.add_member(harbour_workspace, carol, Role.OWNER, by=None, now=now)
    return at_work(carol)


def at_work(person: Person) -> Access:
    return access(person, "harbour", Right.SEE)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("verb", flat=True))[1:]


def refused(code: str, deed: Callable[..., object], *args: object, **kwargs: object) -> None:
    before = (verbs(), sorted(Membership.objects.values_list("person_id", "role")))
    with pytest.raises(BreakwaterError) as refusal:
        deed(*args, **kwargs)
    assert refusal.value.code == code
    assert (verbs(), sorted(Membership.objects.values_list("person_id", "role"))) == before


def test_a_role_changes_and_is_written_down(boss: Access, ann: Person, now: datetime) -> None:
    services.change_role(boss, ann.pk, "manager", now=now)

    assert at_work(ann).may(Right.APPROVE)
    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.actor_id) == ("member.role_changed", boss.person.pk)
    assert entry.data == {"person": str(ann.pk), "from": "author", "to": "manager"}


def test_only_owners_make_and_unmake_owners(
    boss: Access, ann: Person, eve: Person, now: datetime
) -> None:
    services.change_role(boss, ann.pk, "manager", now=now)
    manager = at_work(ann)

    refused("owner_by_owner", services.change_role, manager, ann.pk, "owner", now=now)
    refused("owner_by_owner", services.change_role, manager, boss.person.pk, "viewer", now=now)
    refused("owner_by_owner", services.remove_member, manager, boss.person.pk, now=now)
    refused("owner_by_owner", services.invite, manager, email="x@y.test", role="owner", now=now)
    refused("not_found", services.change_role, boss, eve.pk, "viewer", now=now)
    refused("unknown_role", services.change_role, boss, ann.pk, "king", now=now)


def test_the_last_owner_stays(boss: Access, ann: Person, now: datetime) -> None:
    refused("last_owner", services.change_role, boss, boss.person.pk, "viewer", now=now)
    refused("last_owner", services.remove_member, boss, boss.person.pk, now=now)
    services.change_role(boss, ann.pk, "owner", now=now)
    Person.objects.filter(pk=ann.pk).update(is_active=False)
    refused("last_owner", services.remove_member, boss, boss.person.pk, now=now)
    Person.objects.filter(pk=ann.pk).update(is_active=True)

    services.remove_member(boss, boss.person.pk, now=now)

    assert not Membership.objects.filter(person=boss.person).exists()


def test_who_is_removed_finds_every_door_shut(boss: Access, bob: Person, now: datetime) -> None:
    services.change_role(boss, bob.pk, "manager", now=now)
    manager = at_work(bob)
    _, plain = services.create_token(manager, name="robot", scopes=["see"], now=now)
    _, invitation = services.invite(manager, email="eve@example.test", role="viewer", now=now)

    services.remove_member(boss, bob.pk, now=now)

    with pytest.raises(NotFound):
        at_work(bob)
    with pytest.raises(Forbidden):
        token_access(plain, Right.SEE, now=now)
    with pytest.raises(NotFound):
        open_invitation(invitation, now)
    assert verbs()[-1] == "member.removed"


def test_anybody_may_leave_but_not_remove_others(
    boss: Access, ann: Person, bob: Person, now: datetime
) -> None:
    refused("forbidden", services.remove_member, at_work(ann), bob.pk, now=now)

    services.remove_member(at_work(ann), ann.pk, now=now)

    assert not Membership.objects.filter(person=ann).exists()


def test_a_demoted_inviter_leaves_no_open_invitation(
    boss: Access, bob: Person, now: datetime
) -> None:
    services.change_role(boss, bob.pk, "manager", now=now)
    _, token = services.invite(at_work(bob), email="eve@example.test", role="viewer", now=now)

    services.change_role(boss, bob.pk, "author", now=now)

    with pytest.raises(NotFound):
        open_invitation(token, now)


@pytest.mark.parametrize("leaves", [True, False])
def test_the_guests_of_who_may_no_longer_respond_find_the_door_shut(
    boss: Access, bob: Person, ann: Person, now: datetime, leaves: bool
) -> None:
    incident = uuid4()
    his, other = (
        make(
            Purpose.GUEST, workspace=boss.workspace, guest_name="Nadia", subject=incident, by=one.pk,
            now=now,
        )
        for one in (bob, boss.person)
    )  # fmt: skip
    services.change_role(boss, bob.pk, "manager", now=now)
    assert set(links.living(Purpose.GUEST, now, subject=incident)) == {his, other}

    if leaves:
        services.remove_member(at_work(bob), bob.pk, now=now)
    else:
        services.change_role(boss, bob.pk, "author", now=now)

    assert list(links.living(Purpose.GUEST, now, subject=incident)) == [other]
    ended = Entry.objects.get(verb="link.revoked")
    assert (ended.subject_id, ended.data["purpose"]) == (his.pk, "guest")


def test_the_guest_of_somebody_inactive_finds_the_door_shut(
    boss: Access, bob: Person, now: datetime
) -> None:
    link = make(
        Purpose.GUEST, workspace=boss.workspace, guest_name="Nadia", subject=uuid4(), by=bob.pk,
        now=now,
    )  # fmt: skip
    mac = links.address(link).split("/")[4]
    assert links.opened(Purpose.GUEST, link.pk, mac, now=now) == link

    Person.objects.filter(pk=bob.pk).update(is_active=False)

    with pytest.raises(NotFound, match="link_gone"):
        links.opened(Purpose.GUEST, link.pk, mac, now=now)


def test_the_policy_is_chosen_by_who_may_invite(boss: Access, bob: Person, now: datetime) -> None:
    refused("forbidden", services.update_workspace, at_work(bob), policy="none", now=now)
    refused("unknown_policy", services.update_workspace, boss, policy="some", now=now)

    workspace = services.update_workspace(boss, policy="none", name="Port", now=now)

    assert (workspace.policy, workspace.name, workspace.slug) == (Policy.NONE, "Port", "harbour")
    entry = Entry.objects.latest("number")
    assert entry.data == {
        "from": {"name": "Harbour", "policy": "one"},
        "to": {"name": "Port", "policy": "none"},
    }
    services.update_workspace(boss, policy="none", now=now)
    assert Entry.objects.latest("number") == entry


def test_a_workspace_is_made_by_who_may_invite_somewhere(
    boss: Access, ann: Person, eve: Person, now: datetime
) -> None:
    given = {"name": "Harbour", "zone": "Europe/Paris", "language": "en"}
    for person in (ann, eve):
        refused("forbidden", services.create_workspace, **given, by=person, now=now)

    second = services.create_workspace(**given, by=boss.person, now=now)

    assert second.slug == "harbour-2"
    assert access(boss.person, "harbour-2", Right.INVITE).role == "owner"


def test_a_profile_is_ones_own_taste(ann: Person) -> None:
    services.update_profile(ann, language="fr", zone="Asia/Tokyo", theme="dark", mails=False)

    kept = Person.objects.get(pk=ann.pk)
    assert (kept.language, kept.zone, kept.theme, kept.mails) == ("fr", "Asia/Tokyo", "dark", False)
    for wrong in ({"language": "xx"}, {"zone": "Nowhere"}, {"theme": "loud"}):
        with pytest.raises(Invalid):
            services.update_profile(kept, **wrong)  # type: ignore[arg-type]
    assert Person.objects.get(pk=ann.pk).theme == "dark"


def test_a_new_name_and_password_are_written_down(boss: Access, ann: Person, now: datetime) -> None:
    services.rename(ann, " Anna ", now=now)
    services.set_password(ann, "tide barrel copper meadow hinge", by=None, now=now)

    assert verbs()[-2:] == ["person.renamed", "person.password_set"]
    assert Person.objects.get(pk=ann.pk).check_password("tide barrel copper meadow hinge")
    with pytest.raises(Invalid):
        services.set_password(ann, "harbour-2026-harbour", by=None, now=now)


def test_a_token_does_what_its_scopes_and_its_person_may(boss: Access, now: datetime) -> None:
    token, plain = services.create_token(
        boss, name="robot", scopes=["see", "write"], now=now, expires_at=now + timedelta(days=1)
    )

    granted = token_access(plain, Right.WRITE, slug="harbour", now=now)
    assert granted.person == boss.person
    assert granted.rights == {Right.SEE, Right.WRITE}
    assert plain.startswith(f"bw_{token.prefix}_")
    assert plain.split("_", 2)[2] not in str(ApiToken.objects.values())
    assert ApiToken.objects.get().last_used_at == now
    refused("token_scope", token_access, plain, Right.SCHEDULE, now=now)
    refused("not_found", token_access, plain, Right.SEE, slug="elsewhere", now=now)
    refused("token_invalid", token_access, plain, Right.SEE, now=now + timedelta(days=1))
    for wrong in ("", "bw", "bw__", plain[:-1], plain + "x", f"xx{plain[2:]}", "bw_aaaaaaaaaa_x"):
        refused("token_invalid", token_access, wrong, Right.SEE, now=now)
    services.revoke_token(boss, token.pk, now=now)
    refused("token_invalid", token_access, plain, Right.SEE, now=now)
    refused("not_found", services.revoke_token, boss, token.pk, now=now)
    assert verbs()[-2:] == ["token.made", "token.revoked"]


def test_a_token_loses_what_its_person_loses(boss: Access, bob: Person, now: datetime) -> None:
    services.change_role(boss, bob.pk, "manager", now=now)
    _, plain = services.create_token(at_work(bob), name="r", scopes=["see", "connect"], now=now)
    services.change_role(boss, bob.pk, "viewer", now=now)

    assert token_access(plain, Right.SEE, now=now).rights == {Right.SEE}
    refused("forbidden", token_access, plain, Right.CONNECT, now=now)
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    refused("not_found", token_access, plain, Right.SEE, now=now)


def test_a_token_approves_only_where_that_was_said(
    boss: Access, ann: Person, now: datetime
) -> None:
    make = services.create_token
    refused("scope_approve", make, boss, name="r", scopes=["see", "approve"], now=now)
    refused("scope_unknown", make, boss, name="r", scopes=["fly"], now=now)
    refused("scopes_empty", make, boss, name="r", scopes=[], now=now)
    refused("expiry_past", make, boss, name="r", scopes=["see"], expires_at=now, now=now)
    refused("forbidden", make, at_work(ann), name="r", scopes=["see"], now=now)
    assert ApiToken.objects.count() == 0

    _, plain = make(boss, name="r", scopes=["approve"], with_approve=True, now=now)

    assert token_access(plain, Right.APPROVE, now=now).rights == {Right.APPROVE}
