"""A copy for somebody outside: what is of others is in none of its bytes, and it checks itself."""

import base64
import gzip
import html
import io
import json
import zipfile
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people import NOW

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.evidence import proving, vault, verify
from breakwater.evidence.blackout import MARK
from breakwater.evidence.copying import Cut, Made, redacted
from breakwater.evidence.models import Access as Looked
from breakwater.evidence.models import Capture, Link
from breakwater.evidence.packing import About, pack
from breakwater.evidence.services.copying import copy_for_others
from breakwater.evidence.services.minors import minor
from breakwater.evidence.taken import Taken
from breakwater.evidence.tests.world import ORIGIN, brought, exchange, sealed
from breakwater.evidence.wacz import sha256
from breakwater.people.models import Person
from breakwater.people.selectors import Access

Files = dict[str, bytes]
OURS = "Burgers for everybody"
KIM = {
    "id": "109876543210", "username": "kim.lee", "display_name": "Kim Lee-O'Hara",
    "avatar": "https://faces.example/kim/109.png", "url": "https://quay.example/@kim.lee",
}  # fmt: skip


def unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def everything(data: bytes) -> bytes:
    """All bytes of a copy, unpacked to the ground; of what is handed out, the package alone."""
    files = unzipped(data)
    if verify.PACKAGE in files:
        return everything(files[verify.PACKAGE])
    return b"\n".join(
        [
            data,
            *files.values(),
            *(gzip.decompress(p) for p in files.values() if p[:2] == b"\x1f\x8b"),
        ]
    )


def spelled(value: str) -> list[bytes]:
    written = [json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]]
    ways = [value, html.escape(value), quote(value), quote(value, safe=""), *written]
    return [*(one.encode() for one in ways), base64.b64encode(value.encode()).rstrip(b"=")]


def crowd(text: str = f"{OURS}, says @kim.lee", said: str = "Shame on you, all of you!") -> Taken:
    """A taking in which Kim is in the post, a comment, raw answers, an address and the page."""
    taken = brought(text)
    taken.comments = [
        {"remote_id": "77.1", "author": "@kim.lee", "text": said, "created_at": NOW.isoformat()}
    ]
    raw = {
        "id": "1.stray", "content": f"<p>{html.escape(text)}</p>", "visibility": "public",
        "mentions": [KIM], "replies_count": 1, "created_at": NOW.isoformat(),
        "descendants": [{"id": "77.1", "content": f"<p>{html.escape(said)}</p>", "account": KIM}],
    }  # fmt: skip
    page = f"<script>let u='{KIM['url']}'</script><p>{OURS}</p><b title='Kim Lee-O&#x27;Hara'>{said}</b>"
    taken.exchanges = [
        exchange("/api/posts/1.stray", json.dumps(raw).encode()),
        exchange(f"/api/people/{KIM['username']}?max_id=109876543210", json.dumps(KIM).encode()),
        exchange("/posts/1.stray", page.encode(), "text/html"),
        exchange("/m/1", b"\x89PNG one" * 9, "image/png"),
    ]
    return taken


def package_of(taken: Taken) -> bytes:
    values: dict[str, Any] = {
        "workspace": "Harbour", "network": "quay", "origin": ORIGIN, "account": "@quay",
        "account_id": "quay-1", "remote_id": "1.stray", "url": f"{ORIGIN}/posts/1.stray",
        "why": "Not ours.", "asked_by": "Bob", "asked_at": NOW.isoformat(), "incident": "",
    }  # fmt: skip
    about = About(capture=new_id(), taking=1, address_only=False, facts={}, version="1", **values)
    return pack(about, taken).data


MADE = Made("Bob", NOW.isoformat(), "For their lawyer")


def test_nothing_of_others_is_in_the_copy_and_our_own_words_are() -> None:
    copy = redacted(package_of(crowd()), Cut(), MADE)

    data = everything(copy.data)
    found = [v for v in [*KIM.values(), "Shame on you", "77.1"] for s in spelled(v) if s in data]
    assert found == []
    files = unzipped(copy.data)
    post = json.loads(files["items/post.json"])
    assert (post["text"], post["remote_id"]) == (f"{OURS}, says {MARK}", "1.stray")
    assert json.loads(files["items/comments.json"])[0] == {
        "remote_id": MARK, "author": MARK, "text": MARK, "created_at": NOW.isoformat(),
    }  # fmt: skip
    assert f"<blockquote>{OURS}, says {MARK}</blockquote>" in files["items/post.html"].decode()
    assert f"<p>{OURS}</p>".encode() in data
    assert verify.check_package(copy.data) == []
    assert not [name for name in files if name.startswith("items/media")]
    assert b"\x89PNG" not in data


def test_the_manifest_says_what_went_and_why() -> None:
    original = package_of(crowd())

    told = json.loads(unzipped(redacted(original, Cut(), MADE).data)["manifest.json"])

    copy = told["copy"]
    assert copy["of"] == {
        "manifest": sha256(unzipped(original)["manifest.json"]), "package": sha256(original)
    }  # fmt: skip
    assert (copy["by"], copy["for"]) == ("Bob", "For their lawyer")
    gone = {(one["where"], one["kind"]): (one["times"], one["why"]) for one in copy["taken_out"]}
    assert gone["items/comments.json", "texts"] == (
        1, "words of third parties, or that are not known to be ours"
    )  # fmt: skip
    assert gone["items/media-1.png", "pictures"][0] == 1
    assert gone["items/post.json", "handles"][0] == 1


def test_kinds_and_pictures_that_are_wanted_stay_and_named_words_go() -> None:
    cut = Cut(frozenset({"handles", "addresses", "avatars"}), pictures=True, words=("everybody",))

    data = everything(redacted(package_of(crowd()), cut, MADE).data)

    assert b"Kim Lee-O'Hara" in data
    assert b"Shame on you" in data
    assert b"\x89PNG one" in data
    assert b"kim.lee" not in data
    assert b"everybody" not in data.lower()


LETTERS = st.characters(codec="utf-8", categories=("Ll", "Lu", "Lo", "Nd", "So"))
NAMES = st.text(LETTERS, min_size=6, max_size=14)
SENTENCES = st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=2, max_size=5).map(" ".join)
FRAME = everything(redacted(package_of(brought(OURS)), Cut(), MADE).data)


@given(name=NAMES, handle=NAMES, avatar=NAMES, said=SENTENCES, deep=st.booleans(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_blacked_out_string_is_anywhere_in_the_copy(
    name: str, handle: str, avatar: str, said: str, deep: bool, data: st.DataObject
) -> None:
    taken = brought(f"{OURS} {name} @{handle}")
    face = f"https://faces.example/{avatar}"
    person: Any = {"display_name": name, "handle": handle, "avatar": face, handle: {"bio": said}}
    person = [{"people": [[person]]}] if deep else person
    raw = json.dumps(person, ensure_ascii=data.draw(st.booleans())).encode()
    taken.comments = [{"remote_id": "7", "author": name, "text": said, "created_at": ""}]
    page = (
        f"<p title='{html.escape(name)}'>{html.escape(said)} @{html.escape(handle)}<br>{OURS}</p>"
    )
    taken.exchanges = [
        exchange(f"/u/{quote(handle)}?of={quote(name)}", raw),
        exchange("/p", page.encode(), "text/html"),
        exchange("/t", f"{name}: {said}".encode(), "text/plain"),
    ]

    copy = everything(redacted(package_of(taken), Cut(), MADE).data)

    went = [one for one in (name, handle, avatar, said) if one.encode() not in FRAME]
    assert [one for one in went for way in spelled(one) if way in copy] == []


def test_a_copy_is_handed_out_chained_and_noted_and_the_original_stays(
    channel: Channel, bob: Person, bob_at: Access
) -> None:
    kept = sealed(channel, "1.stray", bob.pk, crowd())
    before = (vars(Capture.objects.get()), blobs.path(kept.blob).read_bytes())

    files = unzipped(copy_for_others(bob_at, kept, Cut(), " For their  lawyer", now=NOW))

    after = (vars(Capture.objects.get()), blobs.path(kept.blob).read_bytes())
    del before[0]["_state"], after[0]["_state"]
    assert after == before
    assert verify.check(files) == []
    link = Link.objects.get(number=2)
    assert (link.capture, link.blob, link.package_digest) == (
        kept, "", sha256(files[verify.PACKAGE])
    )  # fmt: skip
    assert verify.check(files, f"2:{link.seal}") == []
    assert proving.prove(kept.workspace_id) == []
    assert (Looked.objects.get().person, Looked.objects.get().what) == (bob, "copied")
    assert Entry.objects.filter(verb="evidence.copied", actor_id=bob.pk).count() == 1


def test_what_is_changed_in_a_copy_is_found(channel: Channel, bob: Person, bob_at: Access) -> None:
    kept = sealed(channel, "1.stray", bob.pk, crowd())
    files = unzipped(copy_for_others(bob_at, kept, Cut(), "Press", now=NOW))
    other = redacted(vault.package(kept), Cut(frozenset({"names"})), MADE)

    forged = verify.check_place(other.data, verify.read_chain(files[verify.CHAIN])[0])

    assert forged == [("manifest", "is not what link 2 names")]


def test_a_copy_of_what_the_chain_does_not_know_is_found(
    channel: Channel, bob: Person, bob_at: Access
) -> None:
    kept = sealed(channel, "1.stray", bob.pk, crowd())
    files = unzipped(copy_for_others(bob_at, kept, Cut(), "Press", now=NOW))
    links = verify.read_chain(files[verify.CHAIN])[0]
    links[0]["package"] = "0" * 64

    found = verify.check_place(files[verify.PACKAGE], links)

    assert found == [("manifest", "names an original that no link before it names")]


@pytest.mark.parametrize(
    ("cut", "why", "code"),
    [
        (Cut(), " ", "copy_why"),
        (Cut(frozenset(), pictures=True), "Press", "copy_of_all"),
        (Cut(words=("a",)), "Press", "copy_words"),
    ],
)
def test_a_copy_says_what_for_and_takes_something_out(
    channel: Channel, bob: Person, bob_at: Access, cut: Cut, why: str, code: str
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    with pytest.raises(Invalid) as refused:
        copy_for_others(bob_at, kept, cut, why, now=NOW)

    assert refused.value.code == code
    assert (Link.objects.count(), Looked.objects.count()) == (1, 0)


def test_who_does_not_respond_makes_no_copy(
    channel: Channel, bob: Person, ann_at: Access, now: datetime
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)

    with pytest.raises(Forbidden):
        copy_for_others(ann_at, kept, Cut(), "Press", now=now)

    assert (Link.objects.count(), Looked.objects.count()) == (1, 0)


def test_of_an_address_alone_no_copy_is_made(
    channel: Channel, bob: Person, bob_at: Access, mia_at: Access
) -> None:
    kept = sealed(channel, "1.stray", bob.pk)
    minor(mia_at, kept, now=NOW)
    kept = minor(bob_at, kept, now=NOW)

    with pytest.raises(StaleState) as refused:
        copy_for_others(bob_at, kept, Cut(), "Press", now=NOW)

    assert refused.value.code == "copy_of_address"
    assert Link.objects.count() == 1
