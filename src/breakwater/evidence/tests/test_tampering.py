"""Whatever is changed in what was handed out is found, and the place is named."""

import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from breakwater.channels.models import Channel
from breakwater.evidence import chain, verify
from breakwater.evidence.models import Capture
from breakwater.evidence.packing import pack
from breakwater.evidence.services.exporting import bundle
from breakwater.evidence.services.sealing import about_of
from breakwater.evidence.tests.world import brought, sealed
from breakwater.evidence.wacz import as_json, sha256, stored
from breakwater.people.models import Person

Files = dict[str, bytes]


@dataclass
class Handed:
    """An export, taken apart; what is done to it; and what must be named then."""

    files: Files
    dice: random.Random
    own: int
    head: str = ""
    places: set[str] = field(default_factory=set)

    def inside(self) -> Files:
        return unzipped(self.files[verify.PACKAGE])

    def put(self, inside: Files) -> None:
        self.files[verify.PACKAGE] = stored(inside)

    def links(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.files[verify.CHAIN].splitlines()]

    def chained(self, links: list[dict[str, object]], *, sealed_anew: bool = False) -> None:
        before = ""
        for link in links if sealed_anew else []:
            before = link["seal"] = verify.seal(before, link)
        self.files[verify.CHAIN] = chain.lines(links)

    def sums(self) -> None:
        """Whoever did it has counted the outer sums again."""
        names = [name for name in self.files if name != verify.SUMS]
        lines = [f"{sha256(self.files[name])}  {name}\n" for name in names]
        self.files[verify.SUMS] = "".join(lines).encode()

    def an_item(self) -> str:
        return self.dice.choice([name for name in self.inside() if name.startswith("items/")])

    def forged(self, name: str) -> Files:
        """The package with that item changed, and described as if it had always been so."""
        inside = self.inside()
        inside[name] += b" "
        return described(inside)


def unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def described(inside: Files) -> Files:
    told = json.loads(inside["datapackage.json"])
    for one in told["resources"]:
        data = inside.get(one["path"], b"")
        one |= {"hash": f"sha256:{sha256(data)}", "bytes": len(data)}
    inside["datapackage.json"] = as_json(told)
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(inside['datapackage.json'])}"}
    inside["datapackage-digest.json"] = as_json(digest)
    return inside


def listed(inside: Files) -> Files:
    """The manifest says what the items are now."""
    manifest = json.loads(inside["manifest.json"])
    for one in manifest["items"]:
        one |= {"sha256": sha256(inside[one["name"]]), "size": len(inside[one["name"]])}
    inside["manifest.json"] = as_json(manifest)
    return described(inside)


def a_byte_of_an_item(it: Handed) -> None:
    name = it.an_item()
    where = it.files[verify.PACKAGE].index(it.inside()[name])
    at = where + it.dice.randrange(len(it.inside()[name]))
    data = bytearray(it.files[verify.PACKAGE])
    data[at] ^= 1 << it.dice.randrange(8)
    it.files[verify.PACKAGE] = bytes(data)
    it.places = {f"item {name}", f"file {verify.PACKAGE}", "package"}


def an_item_and_its_description(it: Handed) -> None:
    name = it.an_item()
    it.put(it.forged(name))
    it.sums()
    it.places = {f"item {name}", "package"}


def an_item_and_the_manifest(it: Handed) -> None:
    it.put(listed(it.forged(it.an_item())))
    it.sums()
    it.places = {"manifest"}


def the_package_and_its_link(it: Handed) -> None:
    it.put(listed(it.forged(it.an_item())))
    links = it.links()
    links[it.own - 1] |= {
        "manifest": sha256(it.inside()["manifest.json"]),
        "package": sha256(it.files[verify.PACKAGE]),
    }
    it.chained(links)
    it.sums()
    it.places = {f"link {it.own}"}


def everything_and_the_whole_chain(it: Handed) -> None:
    the_package_and_its_link(it)
    it.chained(it.links(), sealed_anew=True)
    it.sums()
    it.places = {f"link {it.head.partition(':')[0]}"}


def an_item_taken_out(it: Handed) -> None:
    name, inside = it.an_item(), it.inside()
    del inside[name]
    it.put(inside)
    it.places = {f"item {name}", f"file {verify.PACKAGE}", "package"}


def an_item_put_in(it: Handed) -> None:
    it.put({**it.inside(), "items/more.json": b"{}"})
    it.places = {"item items/more.json", f"file {verify.PACKAGE}", "package"}


def a_record_of_the_archive(it: Handed) -> None:
    inside = it.inside()
    lines = gzip.decompress(inside["indexes/index.cdx.gz"]).decode().splitlines()
    told = json.loads((line := it.dice.choice(lines))[line.index("{") :])
    start, length = int(told["offset"]), int(told["length"])
    data = inside["archive/data.warc.gz"]
    record = gzip.decompress(data[start : start + length]).replace(b"\r\n\r\n", b"\r\n\r\n", 1)
    at = record.index(b"\r\n\r\n", record.index(b"\r\n\r\n") + 4) + 4
    forged = gzip.compress(record[:at] + bytes([record[at] ^ 1]) + record[at + 1 :], mtime=0)
    forged = forged[:length].ljust(length, b"\0")
    inside["archive/data.warc.gz"] = data[:start] + forged + data[start + length :]
    it.put(inside)
    it.places = {
        f"record {told['url']}", "item archive/data.warc.gz", f"file {verify.PACKAGE}", "package",
    }  # fmt: skip


def a_field_of_a_link(it: Handed) -> None:
    links = it.links()
    place = it.dice.choice([n for n in range(len(links)) if n != it.own - 1])
    name = it.dice.choice(["at", "complete", "manifest", "package", "capture", "seal"])
    links[place][name] = not links[place][name] if name == "complete" else "0" * 64
    it.chained(links)
    it.sums()
    later = f"link {place + 2}"
    it.places = {f"link {place + 1}"} | ({later} if name == "seal" else set())
    it.places -= {f"link {len(links) + 1}"}


def two_links_changed_about(it: Handed) -> None:
    links = it.links()
    place = it.dice.randrange(len(links) - 1)
    links[place], links[place + 1] = links[place + 1], links[place]
    it.chained(links)
    it.sums()
    it.places = {f"link {place + 1}", f"link {place + 2}"}


def a_link_taken_out(it: Handed) -> None:
    links = it.links()
    place = it.dice.choice([n for n in range(len(links) - 1) if n != it.own - 1])
    del links[place]
    it.chained(links)
    it.sums()
    it.places = {f"link {place + 1}"}


def the_tail_cut(it: Handed) -> None:
    it.chained(it.links()[: it.dice.randrange(it.own, len(it.links()))])
    it.sums()
    it.places = {"chain"}


def the_capture_cut_off(it: Handed) -> None:
    it.chained(it.links()[: it.own - 1])
    it.sums()
    it.places = {"chain"}


def a_file_beside_it(it: Handed) -> None:
    name = it.dice.choice(["READ-ME.en.txt", "READ-ME.fr.txt", "verify.py"])
    it.files[name] += b" "
    it.places = {f"file {name}"}


def a_file_taken_away(it: Handed) -> None:
    name = it.dice.choice(["READ-ME.en.txt", "READ-ME.fr.txt", "verify.py"])
    del it.files[name]
    it.places = {f"file {name}"}


TAMPERS: list[Callable[[Handed], None]] = [
    a_byte_of_an_item, an_item_and_its_description, an_item_and_the_manifest,
    the_package_and_its_link, everything_and_the_whole_chain, an_item_taken_out, an_item_put_in,
    a_record_of_the_archive, a_field_of_a_link, two_links_changed_about, a_link_taken_out,
    the_tail_cut, the_capture_cut_off, a_file_beside_it, a_file_taken_away,
]  # fmt: skip


@pytest.fixture
def captures(channel: Channel, bob: Person) -> list[Capture]:
    """Five, of which one is partial."""
    found = []
    for number in range(5):
        taken = brought(f"Burger {number}")
        if number == 1:
            taken.lacks("media", "too_large", url="http://harbour.internal/m/3")
        found.append(sealed(channel, f"1.{number}", bob.pk, taken))
    return found


def tampered(captures: list[Capture], seed: int) -> tuple[Handed, set[str]]:
    """An export after one tamper, and the places that verify.py names."""
    dice = random.Random(seed)
    own = dice.randrange(1, 4)
    files = unzipped(bundle(captures[own - 1]))
    links = verify.read_chain(files[verify.CHAIN])[0]
    it = Handed(files, dice, own, head=f"{len(links)}:{links[-1]['seal']}")
    TAMPERS[seed % len(TAMPERS)](it)
    return it, {place for place, _ in verify.check(it.files, it.head)}


def missed(captures: list[Capture], seeds: range) -> list[tuple[int, str, set[str], set[str]]]:
    """Tampers whose place was not named, or where items that nobody touched were."""
    wrong = []
    for seed in seeds:
        it, named = tampered(captures, seed)
        items = {one for one in named if one.startswith(("item items/", "record "))}
        if not it.places <= named or not items <= it.places:
            wrong.append((seed, TAMPERS[seed % len(TAMPERS)].__name__, it.places, named))
    return wrong


def test_two_hundred_tampers_are_found_and_located(captures: list[Capture]) -> None:
    assert [one.state for one in captures].count("partial") == 1

    assert missed(captures, range(200)) == []


@pytest.mark.slow
def test_a_thousand_tampers_are_found_and_located(captures: list[Capture]) -> None:
    assert missed(captures, range(200, 1200)) == []


def test_what_nobody_touched_fits(captures: list[Capture]) -> None:
    for one in captures:
        assert verify.check(unzipped(bundle(one))) == []


@pytest.mark.parametrize("packed", [True, False])
def test_the_script_needs_nothing_of_ours(
    captures: list[Capture], tmp_path: Path, packed: bool
) -> None:
    data = bundle(captures[0])
    (tmp_path / "evidence.zip").write_bytes(data)
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, one in unzipped(data).items():
        (folder / name).write_bytes(one)
    where = [str(tmp_path / "evidence.zip")] if packed else []

    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-I", "-S", folder / "verify.py", *where], capture_output=True, text=True
    )

    assert sums.returncode == 0
    assert (done.returncode, done.stderr) == (0, "")
    assert str(captures[0].pk) in done.stdout
    assert "The chain ends at 5:" in done.stdout


def test_the_script_says_what_does_not_fit(captures: list[Capture], tmp_path: Path) -> None:
    it, _ = tampered(captures, 0)
    for name, one in it.files.items():
        (tmp_path / name).write_bytes(one)

    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "verify.py"], capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "DOES NOT FIT  item items/" in done.stdout


def test_the_same_taking_gives_the_same_package(captures: list[Capture]) -> None:
    row = Capture.objects.select_related("channel", "workspace", "asked_by").get(pk=captures[0].pk)

    again = pack(about_of(row, ""), brought("Burger 0"))

    assert (again.digest, again.manifest_digest) == (row.package_digest, row.manifest_digest)
