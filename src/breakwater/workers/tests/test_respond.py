"""What an account shows is on disk within seconds, whole or said to be partial; absence is proved."""

import asyncio
import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from breakwater.channels.models import Channel
from breakwater.core import blobs, clock
from breakwater.core.ids import new_id
from breakwater.domain.guarantees import Guarantee
from breakwater.evidence import vault
from breakwater.evidence.models import Absence, Capture, Link
from breakwater.evidence.services import ask, expect_absence
from breakwater.workers.respond import RespondLoop
from breakwater.workers.tests.conftest import FAST, Bench

pytestmark = pytest.mark.django_db(transaction=True)


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (3, 2), "teal").save(made, "PNG")
    return made.getvalue()


def stray(bench: Bench, channel: Channel, text: str = "Burgers for everybody") -> str:
    """Somebody else posts it; its remote id."""
    return str(bench.ask(channel, lambda practice: practice.intrude(text, [picture()])))


def asked(bench: Bench, channel: Channel, remote_id: str, **changes: object) -> Capture:
    url = f"{channel.origin}/posts/{remote_id}"
    wanted = {
        "about": {"what": "stray", "facts": {"first_seen": "2026-11-28"}}, "why": "Not ours.",
        "incident": None, "by": bench.person.pk, "now": clock.now(), **changes,
    }  # fmt: skip
    return ask(channel, remote_id, url, **wanted)  # type: ignore[arg-type]


def respond(*, rounds: int = 1, deadline_s: float = 4.0) -> None:
    async def work() -> None:
        loop = RespondLoop(timings=FAST, deadline_s=deadline_s, steps=[])
        for _ in range(rounds):
            await loop.turn()
            await loop.settle()
        loop.stop()
        await loop.run()

    asyncio.run(work())


def files_of(capture: Capture) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(vault.package(capture))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_somebody_else_posted_is_sealed_whole(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay))

    respond()

    capture.refresh_from_db()
    files = files_of(capture)
    assert capture.state == "sealed"
    assert {one["code"] for one in capture.missing} <= {"unsupported"}  # what the harbour has not
    assert blobs.exists(capture.blob)
    assert json.loads(files["items/post.json"])["text"] == "Burgers for everybody"
    assert files["items/media-1.png"] == picture()
    assert b"Burgers for everybody" in files["items/post.html"]
    assert json.loads(files["items/known.json"])["facts"] == {"first_seen": "2026-11-28"}
    link = Link.objects.get()
    assert (link.number, link.manifest_digest) == (1, capture.manifest_digest)


def test_the_archive_has_each_answer_and_no_sign_in(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    remote_id = stray(bench, quay)
    capture = asked(bench, quay, remote_id)

    respond()

    capture.refresh_from_db()
    warc = files_of(capture)["archive/data.warc.gz"]
    records = list(ArchiveIterator(BytesIO(warc)))
    kinds = [record.rec_type for record in records]
    assert kinds.count("response") == kinds.count("request") >= 3
    headers = {
        name.lower()
        for record in ArchiveIterator(BytesIO(warc))
        if record.rec_type == "request"
        for name, _ in record.http_headers.headers
    }
    assert "authorization" not in headers


def test_what_was_gone_before_is_partial(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    remote_id = stray(bench, quay)
    bench.ask(quay, lambda practice: practice.vanish(remote_id))
    capture = asked(bench, quay, remote_id)

    respond()

    capture.refresh_from_db()
    assert capture.state == "partial"
    assert {"name": "post", "code": "not_there"} in capture.missing
    assert json.loads(files_of(capture)["manifest.json"])["complete"] is False


def test_a_network_that_is_silent_gives_a_partial_capture_at_the_deadline(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay))

    respond(deadline_s=0.0)

    capture.refresh_from_db()
    assert capture.state == "partial"
    assert {"name": "post", "code": "late"} in capture.missing


def test_of_a_minor_the_address_alone_is_kept(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay), address_only=True, about={})

    respond()

    capture.refresh_from_db()
    files = files_of(capture)
    assert capture.state == "sealed"
    assert set(files) == {"manifest.json", "datapackage.json", "datapackage-digest.json"}
    assert b"Burgers" not in b"".join(files.values())
    assert json.loads(files["manifest.json"])["post"]["address"] == capture.url


def test_a_full_disk_fails_and_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    respond()

    capture.refresh_from_db()
    assert capture.state == "failed"
    assert {"name": "disk", "code": "disk_full"} in capture.missing
    assert not Link.objects.exists()


def test_who_was_killed_while_taking_is_followed_by_another(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay))
    Capture.objects.update(state="taking", begun=1, lease_until=clock.now() - timedelta(seconds=1))

    respond()

    capture.refresh_from_db()
    assert (capture.state, capture.begun) == ("sealed", 2)


def test_what_kills_its_worker_five_times_has_failed(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    capture = asked(bench, quay, stray(bench, quay))
    Capture.objects.update(state="taking", begun=5, lease_until=clock.now() - timedelta(seconds=1))

    respond()

    capture.refresh_from_db()
    assert capture.state == "failed"


def test_what_was_deleted_is_absent_at_once_and_is_looked_for_again(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    remote_id = stray(bench, quay)
    bench.ask(quay, lambda practice: practice.vanish(remote_id))
    delivery, url = new_id(), f"{quay.origin}/posts/{remote_id}"
    for _ in range(2):
        expect_absence(quay, remote_id, url, delivery=delivery, capture=None, now=clock.now())

    respond()

    rounds = [(one.round, one.outcome, one.status) for one in Absence.objects.order_by("round")]
    assert rounds == [(0, "absent", 404), (1, "", None), (2, "", None)]


def test_what_is_still_there_is_said_to_be_there(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    remote_id = stray(bench, quay)
    expect_absence(quay, remote_id, "", delivery=new_id(), capture=None, now=clock.now())

    respond()

    first = Absence.objects.order_by("round")[0]
    assert (first.outcome, first.status) == ("there", None)
    assert first.facts["post"]["text"] == "Burgers for everybody"


def test_many_on_three_channels_are_sealed_in_one_chain(bench: Bench) -> None:
    channels = [bench.channel(Guarantee.NONE, name) for name in ("one", "two", "three")]
    for number in range(12):
        channel = channels[number % 3]
        asked(bench, channel, stray(bench, channel, f"Burger {number}"))

    respond(rounds=2)

    assert set(Capture.objects.values_list("state", flat=True)) == {"sealed"}
    numbers = list(Link.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 13))


def test_once_the_channel_is_disconnected_its_public_page_is_asked_all_the_same(
    bench: Bench,
) -> None:
    quay = bench.channel(Guarantee.NONE)
    for remote_id in (stray(bench, quay), "1.gone"):
        url = f"{quay.origin}/posts/{remote_id}"
        expect_absence(
            quay, remote_id, url, delivery=new_id(), capture=None, now=clock.now()
        )  # fmt: skip
    quay.credential.delete()
    Channel.objects.filter(pk=quay.pk).update(state="disconnected")

    respond()

    looked = Absence.objects.filter(round=0).order_by("created_at", "pk")
    assert [(one.outcome, one.status, one.facts) for one in looked] == [
        ("unknown", 200, {"trouble": "disconnected"}),
        ("unknown", 404, {"trouble": "disconnected"}),
    ]  # fmt: skip
