"""Home shows what waits for this person: questions first, then calmly what goes on."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.models import Post, Version
from breakwater.publishing.tests.conftest import advance
from breakwater.web.tests.drafts import channel, draft, rows_of, scheduled, submitted
from breakwater.web.tests.quay import at_desk, member


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


def sections(person: Person) -> dict[str, list[str]]:
    """Head line -> the titles below it."""
    page = at_desk(person).get("/").content.decode()
    found: dict[str, list[str]] = {}
    for part in page.split('<section class="section">')[1:]:
        head = re.sub(r"<[^>]+>", "", part.split("</h2>")[0]).strip()
        found[head] = re.findall(r'<div class="rows-main"><a [^>]*>(.*?)</a>', part)
    found.pop("Your workspaces", None)
    return found


def refuse(version: Version, by: Person) -> Post:
    return services.decide(
        version, by=by.pk, approved=False, digest=version.digest, comment="No.", now=clock.now()
    )


def test_each_sort_is_shown_to_those_whom_it_waits_for(
    ann: Person, bob: Person, quay: Channel
) -> None:
    submitted(ann, quay, text="Approve me.")
    refuse(submitted(ann, quay, text="Change me."), bob)
    draft(ann, quay, text="Half a thought.")
    lost = scheduled(ann, bob, quay, text="Lost.")
    (row,) = rows_of(lost)
    advance(row, "missed", now=clock.now(), reason="late")

    assert sections(ann) == {
        "Questions": ["Lost."],
        "Changes asked": ["Change me."],
        "Your drafts": ["Half a thought."],
    }
    assert sections(bob) == {"Questions": ["Lost."], "To approve": ["Approve me."]}


def test_nothing_waits_for_those_who_only_read(
    ann: Person, bob: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    kim = member(harbour_workspace, Role.VIEWER)
    submitted(ann, quay)
    scheduled(ann, bob, quay)

    page = at_desk(kim).get("/").content.decode()

    assert sections(kim) == {}
    assert "Nothing waits for you. Planned posts leave by themselves." in page


def test_nobody_is_asked_to_approve_their_own(bob: Person, quay: Channel) -> None:
    submitted(bob, quay)

    assert sections(bob) == {}


def test_another_workspace_keeps_its_own(
    ann: Person, eve: Person, other_workspace: Workspace, quay: Channel
) -> None:
    submitted(ann, quay)

    assert sections(eve) == {}


def test_where_no_channel_is_yet_the_way_to_the_first_is_shown(
    harbour_workspace: Workspace, tmp_path: Path, settings: Settings
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    mia = member(harbour_workspace, Role.MANAGER, name="mia")

    before = at_desk(mia).get("/").content.decode()
    channel(harbour_workspace, "@quay")
    after = at_desk(mia).get("/").content.decode()

    assert 'href="/w/harbour/channels/connect/"' in before
    assert 'href="/w/harbour/channels/connect/"' not in after
