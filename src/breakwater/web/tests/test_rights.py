"""Every address declares who may come, and means it: role by role, route by route."""

import pytest
from django.test import Client
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import RIGHTS, Right, Role
from breakwater.web.tests.routes import NOBODY_SIGNS_IN, Route, routes

ROUTES = routes()
PAGES = [route for route in ROUTES if route.name not in NOBODY_SIGNS_IN]
OF_PEOPLE = [route for route in PAGES if route.right != "signed"]
OF_WORKSPACES = [route for route in PAGES if route.of_workspace]


def _named(route: Route) -> str:
    return route.name


def _ask(client: Client, route: Route, method: str, slug: str) -> int:
    if method == "POST":
        return client.post(route.url(slug)).status_code
    return client.get(route.url(slug)).status_code


@pytest.mark.parametrize("route", PAGES, ids=_named)
def test_every_view_declares_its_right(route: Route) -> None:
    assert route.right in {*Right, "own", "open", "signed"}
    assert route.methods


def test_every_view_of_a_workspace_asks_for_a_right_in_it() -> None:
    assert [route.name for route in OF_WORKSPACES if not isinstance(route.right, Right)] == []
    assert len(OF_WORKSPACES) > 8


@pytest.mark.parametrize("role", Role.values)
def test_a_role_gets_what_the_table_says_and_no_more(
    role: str, harbour_workspace: Workspace
) -> None:
    person = make_person("kim")
    make_member(harbour_workspace, person, role)
    slug = harbour_workspace.slug
    before = (Membership.objects.count(), Entry.objects.count())
    client = Client()
    client.force_login(person)

    refused = set()
    for route in OF_WORKSPACES:
        if route.right in RIGHTS[role]:
            if "GET" in route.methods:
                assert _ask(client, route, "GET", slug) not in (403, 500), route.name
            continue
        for method in route.methods:
            if method != "HEAD":
                assert _ask(client, route, method, slug) == 403, route.name
        refused.add(route.right)

    assert refused == {route.right for route in OF_WORKSPACES} - RIGHTS[role]
    assert (Membership.objects.count(), Entry.objects.count()) == before


def test_somebody_outside_cannot_tell_it_exists(eve: Person, harbour_workspace: Workspace) -> None:
    client = Client()
    client.force_login(eve)

    for route in OF_WORKSPACES:
        for method in route.methods:
            if method != "HEAD":
                there = _ask(client, route, method, harbour_workspace.slug)
                nowhere = _ask(client, route, method, "no-such-place")
                assert (there, nowhere) == (404, 404), route.name


def test_a_stranger_is_asked_to_sign_in(harbour_workspace: Workspace) -> None:
    for route in PAGES:
        if route.right in ("open", "signed"):
            continue
        for method in route.methods:
            ask = Client().post if method == "POST" else Client().get
            answer = ask(route.url(harbour_workspace.slug))
            assert answer.status_code == 302, route.name
            assert answer["Location"].startswith("/account/login/"), route.name


def test_who_was_removed_is_out_at_once(ann: Person, harbour_workspace: Workspace) -> None:
    client = Client()
    client.force_login(ann)
    assert client.get("/w/harbour/people/").status_code == 200

    Membership.objects.filter(person=ann).delete()

    assert client.get("/w/harbour/people/").status_code == 404


@pytest.mark.parametrize("route", OF_PEOPLE, ids=_named)
def test_nothing_is_changed_by_a_post_without_its_token(
    route: Route, bob: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    before = (Membership.objects.count(), Entry.objects.count())

    answer = client.post(route.url(harbour_workspace.slug))

    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert (Membership.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("route", [r for r in PAGES if "GET" not in r.methods], ids=_named)
def test_a_deed_is_not_done_by_a_link(
    route: Route, bob: Person, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    client = Client()
    client.force_login(bob)

    assert client.get(route.url(harbour_workspace.slug)).status_code == 405
