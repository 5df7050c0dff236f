"""Home and the other pages of one's own keep the way back into the workspace at their side."""

import re

import pytest
from django.test import Client
from pytest_django import Settings
from tests.people import make_member, make_workspace

from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member


def side(client: Client, path: str = "/") -> list[str]:
    """Where the links at the side lead."""
    page = client.get(path).content.decode()
    nav = page.split('<nav class="nav"')[1].split("</nav>")[0]
    return re.findall(r'<a [^>]*href="([^"]+)"', nav)


def new_post(client: Client) -> list[tuple[str, str]]:
    """Address and words of the button on the home page."""
    page = client.get("/").content.decode()
    found = re.findall(r'<a [^>]*href="([^"]*/posts/new/)">(.*?)</a>', page, re.DOTALL)
    return [(url, re.sub(r"<.*?>", "", words)) for url, words in found]


@pytest.fixture
def pier(ann: Person, harbour_workspace: Workspace) -> Workspace:
    """ann's second workspace."""
    workspace = make_workspace("Pier")
    make_member(workspace, ann, Role.OWNER)
    return workspace


@pytest.mark.parametrize("path", ["/", "/notices/", "/profile/"])
def test_somebody_with_one_workspace_has_its_links_on_every_page(
    ann: Person, harbour_workspace: Workspace, path: str
) -> None:
    client = at_desk(ann)

    there = side(client, "/w/harbour/calendar/")

    assert "/w/harbour/deliveries/" in there
    assert side(client, path) == there


def test_those_who_may_write_begin_a_post_at_home(
    ann: Person, harbour_workspace: Workspace
) -> None:
    kim = member(harbour_workspace, Role.VIEWER)

    assert new_post(at_desk(ann)) == [("/w/harbour/posts/new/", "New post")]
    assert new_post(at_desk(kim)) == []


def test_between_two_workspaces_nobody_guesses(ann: Person, pier: Workspace) -> None:
    client = at_desk(ann)

    assert side(client) == ["/"]
    assert new_post(client) == []


def test_with_two_workspaces_it_is_the_one_where_one_was_last(ann: Person, pier: Workspace) -> None:
    client = at_desk(ann)

    for slug, name in (("pier", "Pier"), ("harbour", "Harbour")):
        client.get(f"/w/{slug}/calendar/")
        assert side(client)[1] == f"/w/{slug}/inbox/"
        assert new_post(client) == [(f"/w/{slug}/posts/new/", f"New post for {name}")]


def test_who_left_a_workspace_is_not_led_back_to_it(ann: Person, pier: Workspace) -> None:
    client = at_desk(ann)
    client.get("/w/pier/calendar/")
    make_member(make_workspace("Quay"), ann, Role.OWNER)
    Membership.objects.filter(workspace=pier, person=ann).delete()

    assert side(client) == ["/"]


def test_outside_of_all_workspaces_there_is_only_home(eve: Person) -> None:
    assert side(at_desk(eve)) == ["/"]
    assert new_post(at_desk(eve)) == []


def test_a_part_that_another_tab_asks_for_moves_nobody(ann: Person, pier: Workspace) -> None:
    client = at_desk(ann)
    client.get("/w/pier/calendar/")

    client.get("/w/harbour/deliveries/", headers={"HX-Request": "true"})

    assert side(client)[1] == "/w/pier/inbox/"


def test_the_cookie_is_for_this_host_and_no_script(
    ann: Person, pier: Workspace, settings: Settings
) -> None:
    settings.SECURE = True

    answer = at_desk(ann).get("/w/pier/calendar/", secure=True)

    cookie = answer.cookies["__Host-workspace"]
    kept = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")}
    assert cookie.value == "pier"
    assert kept == {
        "secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": "",
    }  # fmt: skip


def test_the_cookie_grants_nothing(ann: Person, eve: Person, pier: Workspace) -> None:
    client = at_desk(eve)
    client.cookies["workspace"] = "pier"

    assert side(client) == ["/"]
    assert client.get("/w/pier/calendar/").status_code == 404


def test_who_signs_out_leaves_no_trace_of_where_they_were(ann: Person, pier: Workspace) -> None:
    client = at_desk(ann)
    client.get("/w/pier/calendar/")

    client.post("/account/logout/")

    assert client.cookies["workspace"].value == ""
