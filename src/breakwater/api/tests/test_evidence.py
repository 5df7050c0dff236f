"""By the API: what is kept is asked for, listed without a word of it, handed out and signed for."""

import io
import zipfile
from uuid import UUID

import pytest
from tests.people import NOW

from breakwater.api.tests.conftest import Caller, make_token, member, said
from breakwater.channels.models import Arrival, Channel
from breakwater.core import clock
from breakwater.evidence import verify
from breakwater.evidence.models import Access, Capture, Link, Stamp
from breakwater.evidence.services.leasing import lease
from breakwater.evidence.services.sealing import keep
from breakwater.evidence.tests.world import brought
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
HERE = "/w/harbour/evidence"


def shown(channel_id: str, remote_id: str = "1.stray", url: str = "") -> None:
    """It came in by this channel, as what the account shows."""
    channel = Channel.objects.get(pk=channel_id)
    Arrival.objects.create(
        workspace=channel.workspace, channel=channel, what="post", remote_id=remote_id, url=url,
        thread="1.thread", at=clock.now(), arrived_at=clock.now(), own=True,
    )  # fmt: skip


def asked(caller: Caller, channel_id: str) -> UUID:
    shown(channel_id)
    wish = {"channel_id": channel_id, "remote_id": "1.stray", "why": "Not ours."}
    answer = caller.post(HERE, wish)
    assert answer.status_code == 201, answer.content
    return UUID(said(answer)["id"])


def taken(*, whole: bool = True) -> None:
    found = brought()
    if not whole:
        found.lacks("media", "too_large", url="http://harbour.internal/m/9")
    (row,) = lease(limit=1, now=clock.now())
    keep(row, found, now=clock.now())


def test_what_is_asked_for_is_handed_out_and_fits(bob_calls: Caller, channel_id: str) -> None:
    capture = asked(bob_calls, channel_id)
    taken()

    one = said(bob_calls.get(f"{HERE}/{capture}"))
    package = bob_calls.get(f"{HERE}/{capture}/package")
    listed = bob_calls.get(HERE)

    assert (one["state"], one["number"], one["missing"]) == ("sealed", 1, [])
    with zipfile.ZipFile(io.BytesIO(package.content)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert verify.check(files, said(listed)["head"]) == []
    assert b"Burgers" not in listed.content
    assert (Access.objects.get().via, Access.objects.get().what) == ("api", "exported")


def test_its_time_stamp_is_told(bob_calls: Caller, channel_id: str) -> None:
    capture = asked(bob_calls, channel_id)
    taken()
    nobody_asked = said(bob_calls.get(f"{HERE}/{capture}"))["stamp"]
    row = Stamp.objects.create(link=Link.objects.get(), due_at=NOW, trouble="stamp_away")

    waits = said(bob_calls.get(f"{HERE}/{capture}"))["stamp"]
    Stamp.objects.filter(pk=row.pk).update(
        outcome="stamped", token="0" * 64, at=NOW, authority="Harbour time", trouble=""
    )
    had = said(bob_calls.get(f"{HERE}/{capture}"))["stamp"]

    assert nobody_asked is None
    assert waits == {"outcome": "", "at": None, "authority": "", "trouble": "stamp_away"}
    assert had == {
        "outcome": "stamped", "at": "2026-03-02T09:00:00Z", "authority": "Harbour time",
        "trouble": "",
    }  # fmt: skip


def test_what_is_partial_is_signed_for(bob_calls: Caller, channel_id: str) -> None:
    capture = asked(bob_calls, channel_id)
    taken(whole=False)

    signed = bob_calls.post(f"{HERE}/{capture}/sign", {"why": "It shows an address."})
    again = bob_calls.post(f"{HERE}/{capture}/again", {})

    assert said(signed)["signed"] is True
    assert said(again)["state"] == "asked"


def test_a_copy_for_others_comes_without_what_is_theirs(bob_calls: Caller, channel_id: str) -> None:
    capture = asked(bob_calls, channel_id)
    taken()

    copy = bob_calls.post(f"{HERE}/{capture}/copy", {"why": "Press"}, key="once")
    refused = bob_calls.post(f"{HERE}/{capture}/copy", {"why": "Press", "kinds": ["faces"]})

    with zipfile.ZipFile(io.BytesIO(copy.content)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert verify.check(files, said(bob_calls.get(HERE))["head"]) == []
    assert b"Who are you?" not in files[verify.PACKAGE]
    assert refused.status_code == 422
    assert (Access.objects.get().via, Access.objects.get().what) == ("api", "copied")


def test_only_what_the_channel_has_shown_is_fetched(bob_calls: Caller, channel_id: str) -> None:
    shown(channel_id, "1.stray", "http://harbour.internal/posts/1.stray")
    wish = {"channel_id": channel_id, "why": "Not ours."}
    inside = "http://169.254.169.254/latest"

    unknown = bob_calls.post(HERE, {**wish, "remote_id": "9.else"})
    elsewhere = bob_calls.post(HERE, {**wish, "remote_id": "1.stray", "url": inside})

    assert [said(one)["code"] for one in (unknown, elsewhere)] == [
        "capture_unknown", "capture_address"
    ]  # fmt: skip
    assert not Capture.objects.exists()
    thread = bob_calls.post(HERE, {**wish, "remote_id": "1.thread"})
    alone = bob_calls.post(HERE, {**wish, "remote_id": "9.else", "address_only": True})
    known = bob_calls.post(HERE, {**wish, "remote_id": "1.stray"})
    assert [one.status_code for one in (thread, alone, known)] == [201, 201, 201]
    assert said(known)["url"] == "http://harbour.internal/posts/1.stray"


def test_no_token_shreds_evidence(bob_calls: Caller, channel_id: str) -> None:
    capture = asked(bob_calls, channel_id)
    taken()

    refused = bob_calls.post(f"{HERE}/{capture}/minor", {})

    assert refused.status_code == 404
    assert said(bob_calls.get(f"{HERE}/{capture}"))["state"] == "sealed"
    assert bob_calls.get(f"{HERE}/{capture}/package").status_code == 200


def test_a_token_that_may_not_respond_asks_for_nothing(
    desk: Workspace, bob_calls: Caller, channel_id: str
) -> None:
    weak = Caller(make_token(member(desk, "bob"), desk, {"see", "write"}))

    answer = weak.post(HERE, {"channel_id": channel_id, "remote_id": "1", "why": "x"})

    assert answer.status_code == 403
    assert Channel.objects.count() == 1
    assert not Capture.objects.exists()
