"""Coming in: the first owner, invitations, and who is turned away."""

import threading
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from breakwater.audit.models import Entry
from breakwater.audit.selectors import verify
from breakwater.domain.errors import BreakwaterError, Forbidden, Invalid, NotFound, Problem
from breakwater.people import services
from breakwater.people.models import Invitation, Membership, Person, Policy, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access, open_invitation, open_invitations

GOOD = "tide barrel copper meadow hinge"


def set_up(now: datetime, **changes: str) -> tuple[Person, Workspace]:
    given = {
        "email": "Ann@Example.TEST",
        "name": "Ann",
        "password": GOOD,
        "workspace": "Blue Boat",
        "language": "fr",
        "zone": "Europe/Paris",
    }
    person = services.first_owner(**(given | changes), now=now)
    return person, Workspace.objects.get()


@pytest.fixture
def owner(db: None, now: datetime) -> Access:
    person, workspace = set_up(now)
    return access(person, workspace.slug, Right.SEE)


def rows() -> tuple[int, int, int]:
    return Person.objects.count(), Membership.objects.count(), Entry.objects.count()


@pytest.mark.django_db
def test_the_first_visitor_becomes_the_owner(now: datetime) -> None:
    person, workspace = set_up(now)

    assert (person.email, person.language, workspace.slug) == (
        "ann@example.test",
        "fr",
        "blue-boat",
    )
    assert workspace.policy == Policy.ONE
    assert person.check_password(GOOD)
    assert person.password.startswith("argon2$argon2id$")
    assert access(person, "blue-boat", Right.INVITE).role == Role.OWNER
    assert EmailAddress.objects.get(user=person).email == person.email
    assert [entry.verb for entry in Entry.objects.all()] == ["workspace.created"]
    assert verify(workspace.pk) is None


def test_there_is_no_second_first_owner(owner: Access, now: datetime) -> None:
    before = rows()

    with pytest.raises(Problem) as refusal:
        set_up(now, email="eve@example.test")

    assert refusal.value.code == "already_set_up"
    assert rows() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_at_once_one_wins(now: datetime) -> None:
    gate, outcomes = threading.Barrier(4), []

    def try_it(number: int) -> None:
        gate.wait()
        try:
            set_up(now, email=f"p{number}@example.test")
            outcomes.append("in")
        except BreakwaterError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already_set_up"] * 3 + ["in"]
    assert rows() == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"password": "BlueBoat-2026!!!"}, "weak_password", "password"),
        ({"email": "nobody"}, "bad_email", "email"),
        ({"name": " \n "}, "name_empty", "name"),
        ({"name": "x" * 101}, "name_too_long", "name"),
        ({"workspace": ""}, "name_empty", "workspace"),
        ({"zone": "Mars/Olympus"}, "unknown_zone", "zone"),
        ({"language": "xx"}, "unknown_language", "language"),
    ],
)
def test_a_wrong_field_keeps_nothing(
    now: datetime, changes: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        set_up(now, **changes)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert rows() == (0, 0, 0)


def test_an_invited_stranger_joins_once(owner: Access, now: datetime) -> None:
    invitation, token = services.invite(owner, email="Bob@Example.test", role="author", now=now)

    member = services.accept_invitation(token, name="Bob", password=GOOD, now=now)

    assert (member.person.email, member.role, member.person.language) == (
        "bob@example.test",
        "author",
        "fr",
    )
    assert invitation.token_hash != token
    assert token not in str(list(Entry.objects.values_list("data", flat=True)))
    before = rows()
    with pytest.raises(NotFound) as refusal:
        services.accept_invitation(token, name="Eve", password=GOOD, now=now)
    assert refusal.value.code == "invitation_gone"
    assert rows() == before
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["workspace.created", "invitation.made", "member.added"]


def test_somebody_known_joins_by_signing_in_as_themselves(
    owner: Access, bob: Person, eve: Person, now: datetime
) -> None:
    _, token = services.invite(owner, email=bob.email, role="approver", now=now)

    with pytest.raises(Forbidden) as stranger:
        services.accept_invitation(token, name="Bob", password=GOOD, now=now)
    with pytest.raises(Forbidden) as other:
        services.accept_invitation(token, person=eve, now=now)
    member = services.accept_invitation(token, person=bob, now=now)

    assert (stranger.value.code, other.value.code) == ("sign_in_first", "invitation_for_another")
    assert (member.person, member.role) == (bob, "approver")
    assert not Membership.objects.filter(person=eve).exists()


def test_an_invitation_dies_with_time_revocation_and_a_newer_one(
    owner: Access, now: datetime
) -> None:
    old, first = services.invite(owner, email="bob@example.test", role="author", now=now)
    new, second = services.invite(owner, email="bob@example.test", role="viewer", now=now)
    assert list(open_invitations(owner.workspace.pk, now)) == [new]

    with pytest.raises(NotFound):
        open_invitation(first, now)
    with pytest.raises(NotFound):
        open_invitation(second, now + timedelta(days=7))
    assert open_invitation(second, now + timedelta(days=6)) == new
    services.revoke_invitation(owner, new.pk, now=now)
    with pytest.raises(NotFound):
        services.accept_invitation(second, name="Bob", password=GOOD, now=now)
    with pytest.raises(NotFound):
        services.revoke_invitation(owner, old.pk, now=now)

    assert Person.objects.count() == 1


def test_a_weak_password_does_not_use_the_invitation_up(owner: Access, now: datetime) -> None:
    _, token = services.invite(owner, email="bob@example.test", role="author", now=now)

    with pytest.raises(Invalid):
        services.accept_invitation(token, name="Bob", password="Blue Boat 2026 !", now=now)

    assert Person.objects.count() == 1
    assert Invitation.objects.get().accepted_at is None


def test_a_member_is_not_invited_again(owner: Access, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        services.invite(owner, email="ANN@example.test", role="author", now=now)

    assert refusal.value.code == "already_member"
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("role", ["approver", "author", "agent", "agency", "viewer"])
def test_who_may_not_invite_does_not(owner: Access, bob: Person, role: str, now: datetime) -> None:
    services.add_member(owner.workspace, bob, role, by=None, now=now)
    of_bob = access(bob, "blue-boat", Right.SEE)
    _, token = services.invite(owner, email="x@example.test", role="viewer", now=now)

    with pytest.raises(Forbidden):
        services.invite(of_bob, email="eve@example.test", role="owner", now=now)
    with pytest.raises(Forbidden):
        services.revoke_invitation(of_bob, Invitation.objects.get().pk, now=now)

    assert open_invitation(token, now).email == "x@example.test"
    assert Invitation.objects.count() == 1
