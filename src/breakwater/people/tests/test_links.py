"""Signed links: each opens one thing, for one person, until it ends; looking at it does nothing."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from breakwater.audit.models import Entry
from breakwater.domain.errors import Forbidden, NotFound
from breakwater.people import links
from breakwater.people.models import Membership, Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.people.services import links as services


def made(workspace: Workspace, purpose: Purpose, now: datetime, person: Person) -> SignedLink:
    guest = purpose is Purpose.GUEST
    return services.make(
        purpose, workspace=workspace, person=None if guest else person,
        guest_name="Nadia" if guest else "", subject=uuid4(), by=None, now=now,
    )  # fmt: skip


def parts(link: SignedLink) -> tuple[str, str]:
    """(purpose, mac) of its address."""
    _, _, purpose, _, mac, _ = links.address(link).split("/")
    return purpose, mac


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("tried", list(Purpose))
def test_a_link_opens_what_it_is_for_and_nothing_else(
    harbour_workspace: Workspace, ann: Person, now: datetime, purpose: Purpose, tried: Purpose
) -> None:
    link = made(harbour_workspace, purpose, now, ann)
    _, mac = parts(link)

    if tried is purpose:
        assert links.opened(tried, link.pk, mac, now=now) == link
    else:
        with pytest.raises(NotFound, match="link_gone"):
            links.opened(tried, link.pk, mac, now=now)
    link.refresh_from_db()
    assert (link.uses, link.used_at) == (0, None)


def test_a_changed_letter_and_another_links_letters_open_nothing(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    one, other = (made(harbour_workspace, Purpose.PAUSE, now, ann) for _ in range(2))
    _, mac = parts(one)

    for wrong in ("", mac[:-1], mac + "A", "A" + mac[1:] if mac[0] != "A" else "B" + mac[1:]):
        with pytest.raises(NotFound, match="link_gone"):
            links.opened(Purpose.PAUSE, one.pk, wrong, now=now)
    with pytest.raises(NotFound, match="link_gone"):
        links.opened(Purpose.PAUSE, other.pk, mac, now=now)


def test_it_ends_by_itself_and_no_later_than_its_purpose_lasts(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    link = services.make(
        Purpose.ALARM, workspace=harbour_workspace, person=ann,
        expires_at=now + timedelta(days=9), by=None, now=now,
    )  # fmt: skip
    _, mac = parts(link)

    assert link.expires_at == now + timedelta(hours=24)
    assert links.opened("alarm", link.pk, mac, now=now + timedelta(hours=23, minutes=59)) == link
    with pytest.raises(NotFound, match="link_gone"):
        links.opened("alarm", link.pk, mac, now=now + timedelta(hours=24))


def test_it_acts_with_the_rights_of_the_moment(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    link = made(harbour_workspace, Purpose.PAUSE, now, ann)
    assert links.access_by(link, Right.PAUSE).person == ann

    with pytest.raises(Forbidden):
        links.access_by(link, Right.RESPOND)
    Membership.objects.filter(person=ann).update(role=Role.VIEWER)
    with pytest.raises(Forbidden):
        links.access_by(link, Right.PAUSE)
    Membership.objects.filter(person=ann).delete()
    with pytest.raises(NotFound, match="link_gone"):
        links.access_by(link, Right.PAUSE)


def test_who_is_no_longer_active_opens_nothing(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    link = made(harbour_workspace, Purpose.PAUSE, now, ann)
    Person.objects.filter(pk=ann.pk).update(is_active=False)

    with pytest.raises(NotFound, match="link_gone"):
        links.opened("pause", link.pk, parts(link)[1], now=now)


def test_a_new_pause_link_ends_the_one_before(
    harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    old = services.make_pause_link(ann, harbour_workspace.slug, by=ann.pk, now=now)
    new = services.make_pause_link(ann, harbour_workspace.slug, by=ann.pk, now=now)

    assert list(links.living("pause", now, person=ann)) == [new]
    with pytest.raises(NotFound):
        links.opened("pause", old.pk, parts(old)[1], now=now)
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["link.made", "link.revoked", "link.made"]


def test_who_may_not_pause_gets_no_link(
    harbour_workspace: Workspace, ann: Person, eve: Person, now: datetime
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.VIEWER)

    with pytest.raises(Forbidden):
        services.make_pause_link(ann, harbour_workspace.slug, by=ann.pk, now=now)
    with pytest.raises(NotFound):
        services.make_pause_link(eve, harbour_workspace.slug, by=eve.pk, now=now)
    assert not SignedLink.objects.exists()


def test_a_link_is_taken_back_by_its_person_or_who_invites(
    harbour_workspace: Workspace, ann: Person, bob: Person, now: datetime
) -> None:
    link = made(harbour_workspace, Purpose.PAUSE, now, ann)
    approver = access(bob, harbour_workspace.slug, Right.SEE)
    own = access(ann, harbour_workspace.slug, Right.SEE)

    with pytest.raises(NotFound):
        services.revoke(approver, link.pk, now=now)
    services.revoke(own, link.pk, now=now)
    with pytest.raises(NotFound):
        services.revoke(own, link.pk, now=now)
    with pytest.raises(NotFound, match="link_gone"):
        links.opened("pause", link.pk, parts(link)[1], now=now)
    assert Entry.objects.filter(verb="link.revoked").count() == 1
