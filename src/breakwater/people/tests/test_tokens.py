"""API tokens: never more than their maker may, proved by their secret, dead at once."""

from datetime import datetime, timedelta

import pytest

from breakwater.domain.errors import Forbidden, Invalid
from breakwater.people.models import ApiToken, Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.people.services.tokens import create_token, revoke_token, token_access


@pytest.fixture
def owner(harbour_workspace: Workspace, ann: Person) -> Access:
    Membership.objects.filter(person=ann).update(role=Role.OWNER)
    return access(ann, harbour_workspace.slug, Right.INVITE)


def test_a_token_makes_no_token_that_may_more_than_itself(owner: Access, now: datetime) -> None:
    _, plain = create_token(owner, name="door", scopes=["see", "invite"], now=now)
    by_token = token_access(plain, Right.INVITE, now=now)

    with pytest.raises(Invalid) as refused:
        create_token(by_token, name="key", scopes=["approve"], with_approve=True, now=now)

    assert refused.value.code == "scope_not_yours"
    assert ApiToken.objects.count() == 1


def test_only_a_hash_of_the_secret_is_kept(owner: Access, now: datetime) -> None:
    token, plain = create_token(owner, name="door", scopes=["see"], now=now)

    secret = plain.split("_", 2)[2]
    kept = ApiToken.objects.values().get(pk=token.pk)
    assert secret not in str(kept)
    assert len(secret) == 43


@pytest.mark.parametrize("plain", ["", "bw", "bw_x", "bw_x_y", "xx_aaaaaaaaaa_y", "bw__"])
def test_what_is_no_token_is_refused_alike(owner: Access, now: datetime, plain: str) -> None:
    with pytest.raises(Forbidden) as refused:
        token_access(plain, Right.SEE, now=now)

    assert refused.value.code == "token_invalid"


def test_a_dead_an_old_and_a_wrong_token_are_refused_alike(owner: Access, now: datetime) -> None:
    ends = now + timedelta(days=1)
    token, plain = create_token(owner, name="door", scopes=["see"], expires_at=ends, now=now)
    assert token_access(plain, Right.SEE, now=now).person == owner.person

    for tried, moment in ((f"{plain}x", now), (plain, ends)):
        with pytest.raises(Forbidden, match="token_invalid"):
            token_access(tried, Right.SEE, now=moment)
    revoke_token(owner, token.pk, now=now)
    with pytest.raises(Forbidden, match="token_invalid"):
        token_access(plain, Right.SEE, now=now)


def test_a_demoted_person_takes_their_tokens_down_with_them(
    owner: Access, ann: Person, now: datetime
) -> None:
    _, plain = create_token(owner, name="door", scopes=["see", "write"], now=now)
    Membership.objects.filter(person=ann).update(role=Role.VIEWER)

    with pytest.raises(Forbidden):
        token_access(plain, Right.WRITE, now=now)

    assert token_access(plain, Right.SEE, now=now).rights == {Right.SEE}
