"""A third party's time stamp: only what was asked for counts, and openssl finds the same."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from tests.people import NOW

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.evidence import proving, tokens, verify
from breakwater.evidence.copying import Cut
from breakwater.evidence.models import Capture, Head, Link, Stamp
from breakwater.evidence.services import stamping
from breakwater.evidence.services.copying import copy_for_others
from breakwater.evidence.services.exporting import bundle
from breakwater.evidence.services.minors import keep_it, minor
from breakwater.evidence.services.retention import shred
from breakwater.evidence.tests.authority import NAME, Authority, made, openssl_verifies
from breakwater.evidence.tests.test_copying import unzipped
from breakwater.evidence.tests.world import brought, sealed
from breakwater.people.models import Person
from breakwater.people.selectors import Access

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def kept(channel: Channel, bob: Person) -> Capture:
    return sealed(channel, "1.stray", bob.pk)


def leased(now: datetime = LATER) -> Stamp:
    stamping.expect(now=now)
    (one,) = stamping.lease(limit=4, now=now)
    return one


def got(authority: Authority, stamp: Stamp) -> tokens.Token:
    asked = stamping.query_for(stamp)
    assert asked is not None
    return tokens.read(authority.reply(asked.data), asked, tokens.certificates(authority.root))


def stamped(authority: Authority) -> Stamp:
    one = leased()
    assert stamping.stamped(one, got(authority, one), now=LATER)
    return Stamp.objects.get(pk=one.pk)


def laid_out(data: bytes, folder: Path) -> dict[str, bytes]:
    """What was handed out, in a folder."""
    files = unzipped(data)
    for name, one in files.items():
        (folder / name).write_bytes(one)
    return files


def test_a_stamp_that_counts_names_its_time_and_its_authority(authority: Authority) -> None:
    asked = tokens.query(b"burgers")
    before = datetime.now(UTC).replace(microsecond=0)

    token = tokens.read(authority.reply(asked.data), asked, tokens.certificates(authority.root))

    assert before <= token.at <= datetime.now(UTC)
    assert token.authority == NAME
    assert verify.read_stamp(token.data) == (
        asked.digest.hex(), f"{token.at:%Y-%m-%d %H:%M:%S} UTC",
    )  # fmt: skip


def test_two_questions_over_the_same_have_other_nonces() -> None:
    first, second = tokens.query(b"burgers"), tokens.query(b"burgers")

    assert first.digest == second.digest
    assert first.nonce != second.nonce
    assert first.data != second.data


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        ("stamp_of_another", lambda it, asked: it.reply_to_another(asked.digest)(asked.data)),
        ("stamp_of_another", lambda it, asked: it.reply_to_another(
            asked.nonce.to_bytes(8, "big"))(asked.data)),
        ("stamp_rejected", lambda it, asked: it.refuse(asked.data)),
        ("stamp_signature", lambda it, asked: it.reply_of_a_web_server(asked.data)),
        ("stamp_signature", lambda it, asked: it.reply(asked.data)[:-9] + bytes(9)),
        ("stamp_not_understood", lambda it, asked: it.reply(asked.data)[:-1]),
        ("stamp_not_understood", lambda _it, asked: asked.data),
        ("stamp_not_understood", lambda _it, _asked: b"<html>Welcome</html>"),
        ("stamp_not_understood", lambda _it, _asked: b""),
    ],
)  # fmt: skip
def test_what_was_not_asked_for_or_is_not_signed_for_it_does_not_count(
    authority: Authority, code: str, reply: Callable[[Authority, tokens.Query], bytes]
) -> None:
    asked = tokens.query(b"burgers")
    while asked.nonce < 2**63 or asked.nonce >> 56 == 0xD5:  # stays of eight bytes when changed
        asked = tokens.query(b"burgers")
    answer = reply(authority, asked)

    with pytest.raises(tokens.BadToken) as refused:
        tokens.read(answer, asked, tokens.certificates(authority.root))

    assert refused.value.code == code


def test_whatever_is_changed_in_an_answer_no_other_time_and_no_other_name_counts(
    authority: Authority,
) -> None:
    dice = random.Random(3161)
    asked = tokens.query(b"burgers")
    answer = authority.reply(asked.data)
    roots = tokens.certificates(authority.root)
    found: Counter[object] = Counter()

    for at in range(len(answer)):
        changed = bytearray(answer)
        if at % 3:
            changed[at] ^= 1 << dice.randrange(8)
        else:
            del changed[at : at + dice.randrange(1, 40)]
        try:
            token = tokens.read(bytes(changed), asked, roots)
            found[token.at, token.authority] += 1
        except tokens.BadToken as error:
            found[error.code] += 1

    token = tokens.read(answer, asked, roots)
    codes = {"stamp_not_understood", "stamp_rejected", "stamp_of_another", "stamp_signature"}
    assert set(found) <= {(token.at, token.authority), *codes}
    assert found["stamp_signature"] > 100
    assert found["stamp_of_another"] > 10
    assert found[token.at, token.authority] < len(answer) / 20  # what nobody signs, in its wrapping


def test_a_stamp_that_leads_to_another_root_does_not_count(authority: Authority) -> None:
    asked = tokens.query(b"burgers")
    answer = authority.reply(asked.data)

    with pytest.raises(tokens.BadToken) as refused:
        tokens.read(answer, asked, tokens.certificates(authority.other_root))

    assert refused.value.code == "stamp_signature"


@pytest.mark.django_db
def test_what_is_handed_out_carries_the_stamp_and_openssl_says_ok(
    kept: Capture, authority: Authority, tmp_path: Path
) -> None:
    before = unzipped(bundle(kept))
    one = stamped(authority)
    files = laid_out(bundle(kept), tmp_path)

    said = openssl_verifies(
        tmp_path, "-data", "evidence.wacz", token="evidence.tsr", root=authority.root
    )
    wrong = openssl_verifies(
        tmp_path, "-data", "evidence.wacz", token="evidence.tsr", root=authority.other_root
    )

    assert (said, wrong) == ("Verification: OK", "Verification: FAILED")
    assert files["evidence.tsr"] == blobs.read(one.token)
    assert files[verify.PACKAGE] == before[verify.PACKAGE]
    assert "evidence.tsr" not in before
    assert verify.check(files) == verify.check(before) == proving.prove(kept.workspace_id) == []
    told = Entry.objects.get(verb="evidence.stamped")
    assert (told.subject_id, told.data["authority"], told.data["number"]) == (kept.pk, NAME, 1)


@pytest.mark.django_db
def test_the_script_says_what_it_found_and_prints_the_command_that_checks_it(
    kept: Capture, authority: Authority, tmp_path: Path
) -> None:
    one = stamped(authority)
    laid_out(bundle(kept), tmp_path)
    (tmp_path / "ROOT.pem").write_text(authority.root)

    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=tmp_path, capture_output=True, text=True
    )
    (command,) = [line.strip() for line in done.stdout.splitlines() if "openssl" in line]
    proved = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"(evidence.tsr) says that this package existed at {one.at:%Y-%m-%d %H:%M:%S} UTC" in (
        done.stdout
    )
    assert command == "openssl ts -verify -data evidence.wacz -in evidence.tsr -CAfile ROOT.pem"
    assert (proved.returncode, proved.stdout) == (0, "Verification: OK\n")


@pytest.mark.django_db
def test_without_a_stamp_the_script_says_so(kept: Capture, tmp_path: Path) -> None:
    laid_out(bundle(kept), tmp_path)

    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=tmp_path, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert "It was not time-stamped by a third party." in done.stdout
    assert "openssl" not in done.stdout


@pytest.mark.django_db
def test_a_copy_carries_the_stamp_of_its_original(
    kept: Capture, authority: Authority, bob_at: Access, tmp_path: Path
) -> None:
    one = stamped(authority)
    copy = copy_for_others(bob_at, kept, Cut(), "For the police", now=LATER)
    files = laid_out(copy, tmp_path)
    (tmp_path / "ROOT.pem").write_text(authority.root)

    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=tmp_path, capture_output=True, text=True
    )
    (command,) = [line.strip() for line in done.stdout.splitlines() if "openssl" in line]
    proved = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)

    assert "evidence.tsr" not in files
    assert files["original.tsr"] == blobs.read(one.token)
    assert verify.check(files) == []
    assert f"-digest {one.link.package_digest} -in original.tsr" in command
    assert (proved.returncode, proved.stdout) == (0, "Verification: OK\n")
    stamping.expect(now=LATER)
    assert Stamp.objects.count() == 1  # a copy is not kept, so nobody is asked about it


@pytest.mark.django_db
def test_a_stamp_of_something_else_beside_a_package_is_named(
    kept: Capture, authority: Authority
) -> None:
    stamped(authority)
    files = unzipped(bundle(kept))
    other = authority.reply(tokens.query(b"another package").data)

    changed = verify.check({**files, "evidence.tsr": other})
    broken = verify.check({**files, "evidence.tsr": b"0"})
    moved = verify.check({**files, "original.tsr": other})

    assert ("file evidence.tsr", "is a time stamp over something else") in changed
    assert ("file evidence.tsr", "cannot be read as a time stamp") in broken
    assert ("file original.tsr", "cannot be read as a time stamp") in moved


@pytest.mark.django_db
def test_a_stamp_that_was_lost_is_named_and_keeps_nobody_from_the_package(
    kept: Capture, authority: Authority
) -> None:
    blobs.path(stamped(authority).token).unlink()

    files = unzipped(bundle(kept))
    found = proving.prove(kept.workspace_id)

    assert "evidence.tsr" not in files
    assert found == [(f"link 1, capture {kept.pk}, time stamp", "is not there, or damaged")]


@pytest.mark.django_db
def test_a_stamp_that_was_had_is_never_changed(kept: Capture, authority: Authority) -> None:
    one = stamped(authority)

    for deed in (lambda: Stamp.objects.update(authority="Nobody"), Stamp.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert Stamp.objects.get().authority == one.authority == NAME


@pytest.mark.django_db
def test_nobody_is_asked_about_a_package_before_a_containment_is_through(kept: Capture) -> None:
    stamping.expect(now=NOW)

    assert Stamp.objects.get().due_at == NOW + stamping.SETTLES
    assert stamping.lease(limit=4, now=NOW + timedelta(seconds=14)) == []
    assert len(stamping.lease(limit=4, now=NOW + timedelta(seconds=15))) == 1


@pytest.mark.django_db
def test_packages_from_before_are_asked_for_once_each_and_the_newest_first(
    channel: Channel, bob: Person
) -> None:
    for number in range(3):
        sealed(channel, f"1.{number}", bob.pk)

    for _ in range(3):
        stamping.expect(now=LATER)

    assert [one.link.number for one in stamping.lease(limit=9, now=LATER)] == [3, 2, 1]
    assert Head.objects.get().stamps_to == 3


@pytest.mark.django_db
def test_one_that_was_killed_is_followed_by_another_and_comes_too_late(
    kept: Capture, authority: Authority
) -> None:
    slow = leased()
    late = LATER + stamping.LEASE
    assert stamping.lease(limit=4, now=LATER) == []
    (fast,) = stamping.lease(limit=4, now=late)
    token = got(authority, fast)

    stamping.failed(slow, "stamp_away", now=late)
    first = stamping.stamped(slow, got(authority, slow), now=late)
    second = stamping.stamped(fast, token, now=late)
    stamping.failed(slow, "stamp_away", for_good=True, now=late)

    assert (first, second) == (False, True)
    row = Stamp.objects.get()
    assert (row.outcome, row.tries, blobs.read(row.token)) == ("stamped", 2, token.data)
    assert Entry.objects.filter(verb__startswith="evidence.stamp").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "most"), [("stamp_away", 12), ("stamp_signature", 3)])
def test_one_that_gives_nothing_waits_longer_each_time_and_is_given_up(
    kept: Capture, code: str, most: int
) -> None:
    at, tries = LATER, []
    stamping.expect(now=at)
    while Stamp.objects.get().outcome == "":
        at = max(at, Stamp.objects.get().due_at)
        (one,) = stamping.lease(limit=4, now=at)
        stamping.failed(one, code, now=at)
        tries.append(at)

    waits = [later - earlier for earlier, later in pairwise(tries)]

    assert len(tries) == most
    assert waits == list(stamping.WAITS[: most - 1])
    row = Stamp.objects.get()
    assert (row.outcome, row.trouble, row.token) == ("refused", code, "")
    assert Entry.objects.get(verb="evidence.not_stamped").data == {"number": 1, "why": code}
    assert stamping.ask_again(now=at) == 1
    assert len(stamping.lease(limit=4, now=at)) == 1


@pytest.mark.django_db
def test_one_that_may_have_to_go_waits_and_one_that_is_gone_is_not_asked_for(
    kept: Capture, bob_at: Access, mia_at: Access
) -> None:
    stamping.expect(now=LATER)
    minor(bob_at, kept, now=LATER)
    assert stamping.lease(limit=4, now=LATER) == []
    keep_it(mia_at, kept, now=LATER)
    (one,) = stamping.lease(limit=4, now=LATER)

    assert shred(kept, now=NOW + timedelta(days=366))

    assert stamping.query_for(one) is None


@pytest.mark.django_db
def test_each_package_has_a_stamp_of_its_own_also_one_in_part(
    channel: Channel, bob: Person, authority: Authority
) -> None:
    part = brought()
    part.lacks("media", "too_large")
    one = sealed(channel, "1.stray", bob.pk, part)
    first = stamped(authority)
    assert Link.objects.get().complete is False
    other = sealed(channel, "1.other", bob.pk)

    assert "evidence.tsr" in unzipped(bundle(one))
    assert "evidence.tsr" not in unzipped(bundle(other))
    assert stamped(authority).link.capture_id == other.pk
    assert first.link.capture_id == one.pk
