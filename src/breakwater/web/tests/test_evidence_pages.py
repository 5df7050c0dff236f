"""Pages of what is kept: no word of it before somebody opens it, and whoever does is written down."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.people import NOW, make_member, make_person

from breakwater.channels.models import Channel
from breakwater.evidence import selectors, verify
from breakwater.evidence.models import Access, Capture, Link, Signature, Stamp
from breakwater.evidence.services import ask
from breakwater.evidence.services.leasing import lease
from breakwater.evidence.services.sealing import keep
from breakwater.evidence.tests.world import brought, sealed
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.wellbeing.models import Exposure

WORDS = "Burgers for everybody"


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def desk(client: Client, bob: Person, harbour_workspace: Workspace) -> Client:
    client.force_login(bob)
    return client


def at(capture: Capture, deed: str = "") -> str:
    return f"/w/harbour/evidence/{capture.pk}/{deed}"


def test_no_word_is_on_the_pages_before_somebody_opens_it(
    desk: Client, channel: Channel, bob: Person
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    pages = [desk.get("/w/harbour/evidence/"), desk.get(at(kept))]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(WORDS not in page.content.decode() for page in pages)
    assert kept.manifest_digest in pages[1].content.decode()
    assert not Access.objects.exists()


def test_the_list_runs_by_number_the_newest_first_over_its_pages(
    desk: Client, channel: Channel, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(8):
        ask(channel, f"{n}", "", about={"what": "stray", "facts": {}}, why="Not ours.",
            incident=None, by=bob.pk, now=NOW + timedelta(minutes=n))  # fmt: skip
    leased = lease(limit=5, now=NOW + timedelta(hours=1))
    for row in sorted(leased, key=lambda one: one.remote_id, reverse=True):
        keep(row, brought(), now=NOW + timedelta(hours=1))
    monkeypatch.setattr(selectors, "PAGE", 2)

    found, pages, address = [], 0, "/w/harbour/evidence/"
    while address:
        page = desk.get(address)
        found += [row.remote_id for row, _ in page.context["rows"]]
        html, pages = page.content.decode(), pages + 1
        onward = re.findall(r'href="(\?(?:before|below)=[^"]+)"', html)
        address = f"/w/harbour/evidence/{onward[0]}" if onward else ""

    assert found == ["7", "6", "5", "0", "1", "2", "3", "4"]
    assert pages == 5


def test_opening_it_is_an_exposure_and_is_written_down(
    desk: Client, channel: Channel, bob: Person
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    page = desk.post(at(kept, "open/"))

    assert WORDS in page.content.decode()
    assert "<img" not in page.content.decode().split("<main")[1]
    assert (Access.objects.get().person, Access.objects.get().what) == (bob, "seen")
    assert Exposure.objects.get().subject == f"capture:{kept.pk}"
    assert "Bob · read on the page" in desk.get(at(kept)).content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, "It is asked for within a minute."),
        ({"trouble": "stamp_away"}, "The authority cannot be reached. Next try:"),
        ({"outcome": "refused", "trouble": "stamp_signature"},
         "given up The stamp is not signed by an authority that this installation trusts."),
        ({"outcome": "stamped", "token": "0" * 64, "at": NOW, "authority": "Harbour <time>"},
         "· Harbour &lt;time&gt;"),
    ],
)  # fmt: skip
def test_the_page_says_by_whom_it_is_stamped_or_why_not(
    desk: Client, channel: Channel, bob: Person, settings: Settings,
    row: dict[str, object] | None, said: str,
) -> None:  # fmt: skip
    kept = sealed(channel, "1.stray", bob.pk)
    without = desk.get(at(kept)).content.decode()
    settings.TIMESTAMP_URL = "https://tsa.example.org"
    if row is not None:
        Stamp.objects.create(link=Link.objects.get(), due_at=NOW, **row)

    page = desk.get(at(kept)).content.decode()

    assert "not time-stamped by a third party" in without
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert said in words
    had = "· Harbour" in said
    assert ('time-stamped</span> <time datetime="2026-03-02T09:00:00Z">' in page) == had
    assert ("It does not show that what is in it is true." in page) == had


def test_a_package_is_handed_out_by_name(desk: Client, channel: Channel, bob: Person) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    answer = desk.post(at(kept, "export/"))

    assert answer["Content-Disposition"] == 'attachment; filename="evidence-harbour-1.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert verify.check(files) == []
    assert "commissaire de justice" in files["READ-ME.fr.txt"].decode()
    assert Access.objects.get().what == "exported"


def test_a_copy_for_others_comes_without_what_is_theirs(
    desk: Client, channel: Channel, bob: Person
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)
    kinds = ["names", "handles", "avatars", "addresses", "texts"]

    asked = desk.get(at(kept, "copy/"))
    refused = desk.post(at(kept, "copy/"), {"why": "", "kinds": kinds})
    none = desk.post(at(kept, "copy/"), {"why": "Press", "pictures": "on"})
    copy = desk.post(at(kept, "copy/"), {"why": "Press", "kinds": kinds, "words": "Burgers\n"})

    ticked = re.findall(r'name="(\w+)"[^>]* checked', asked.content.decode().split("<main")[1])
    assert ticked.count("kinds") == 5
    assert "pictures" not in ticked
    assert (refused.status_code, none.status_code) == (400, 400)
    assert "Choose what is blacked out" in none.content.decode()
    assert copy["Content-Disposition"] == 'attachment; filename="evidence-harbour-1-copy.zip"'
    with zipfile.ZipFile(io.BytesIO(copy.content)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert verify.check(files) == []
    assert b"Who are you?" not in files[verify.PACKAGE]
    assert b"Burgers" not in files[verify.PACKAGE]
    assert "Bob · handed out a copy with things blacked out" in desk.get(at(kept)).content.decode()


def test_what_is_partial_is_signed_for_or_taken_again(
    desk: Client, channel: Channel, bob: Person
) -> None:
    taken = brought()
    taken.lacks("media", "too_large", url="http://harbour.internal/m/9")
    kept = sealed(channel, "1.stray", bob.pk, taken)

    page = desk.get(at(kept)).content.decode()
    refused = desk.post(at(kept, "sign/"), {"why": " "})
    signed = desk.post(at(kept, "sign/"), {"why": "It shows an address."})
    again = desk.post(at(kept, "again/"))

    assert "larger than 25 MB: its address alone is kept" in page
    assert (refused.status_code, signed.status_code, again.status_code) == (400, 303, 303)
    assert Signature.objects.get().why == "It shows an address."
    assert Capture.objects.get().state == "asked"


def test_of_a_minor_the_package_goes_with_a_second_yes(
    desk: Client, channel: Channel, bob: Person, harbour_workspace: Workspace
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)
    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)

    asked = desk.get(at(kept, "minor/"))
    first = desk.post(at(kept, "minor/"), {"answer": "yes"})
    again = desk.post(at(kept, "minor/"), {"answer": "yes"})
    waits = desk.get(at(kept)).content.decode()
    opened = desk.post(at(kept, "open/"))

    assert "Nothing takes that back." in asked.content.decode()
    assert (first.status_code, again.status_code, opened.status_code) == (303, 409, 409)
    assert "Bob says that an illegal image of a minor is in it" in waits
    assert "Hand out the package" not in waits
    assert "You have said so." in desk.get(at(kept, "minor/")).content.decode()
    desk.force_login(mia)
    assert "With your yes it is shredded." in desk.get(at(kept, "minor/")).content.decode()
    second = desk.post(at(kept, "minor/"), {"answer": "yes"})

    kept.refresh_from_db()
    assert second.status_code == 303
    assert (kept.state, kept.address_only, bytes(kept.key), kept.about) == ("asked", True, b"", {})
    assert desk.post(at(kept, "open/")).status_code == 404
    assert "To report it" in desk.get(at(kept)).content.decode()


def test_a_first_word_is_taken_back(
    desk: Client, channel: Channel, bob: Person, harbour_workspace: Workspace
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)
    make_member(harbour_workspace, make_person("mia"), Role.OWNER)
    desk.post(at(kept, "minor/"), {"answer": "yes"})

    back = desk.post(at(kept, "minor/"), {"answer": "no"})

    assert back.status_code == 303
    assert desk.post(at(kept, "open/")).status_code == 200


def test_it_is_kept_on_by_name(desk: Client, channel: Channel, bob: Person) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    desk.post(at(kept, "hold/"), {"why": "Court of Paris"})

    assert "Bob keeps it on: Court of Paris" in desk.get(at(kept)).content.decode()


def test_who_does_not_respond_sees_nothing_of_it(
    client: Client, channel: Channel, ann: Person, bob: Person
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)
    client.force_login(ann)

    codes = {client.get(at(kept)).status_code, client.post(at(kept, "export/")).status_code}

    assert codes == {403}
    assert not Access.objects.exists()
