"""Checks a package of evidence that Breakwater made. Needs Python 3.9 and nothing else.

    python3 verify.py                       the folder that this file lies in, unpacked
    python3 verify.py evidence.zip          or the ZIP as it was handed out
    python3 verify.py … --head 12:ab34…     and the chain reaches the head that somebody noted

It names each thing that does not fit: a file, an item of the package, a record of the archive, the
manifest, a link of the chain. Exit status: 0 all fits, 1 something does not, 2 nothing to check.
What this shows, and what it does not, is in READ-ME.en.txt and READ-ME.fr.txt beside it.
"""

import gzip
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PACKAGE = "evidence.wacz"
CHAIN = "chain.jsonl"
SUMS = "SHA256SUMS"
STAMP, ORIGINAL_STAMP = "evidence.tsr", "original.tsr"
"""Time stamps of others (RFC 3161): over the package, or over the one that a copy was made of."""
FIELDS = ("number", "capture", "at", "complete", "manifest", "package")
_DESCRIBED, _DIGEST, _MANIFEST = "datapackage.json", "datapackage-digest.json", "manifest.json"
_INDEX, _ARCHIVE = "indexes/index.cdx.gz", "archive/data.warc.gz"
_SHA256_OID = bytes.fromhex("608648016503040201")
_DAMAGED = (
    OSError, EOFError, ValueError, KeyError, TypeError, IndexError, AttributeError, RuntimeError,
    zipfile.BadZipFile, NotImplementedError, zlib.error, StopIteration,
)  # fmt: skip

Finding = tuple[str, str]
"""What does not fit, and how: ("item items/post.json", "is not what the manifest names")."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def seal(before: str, link: Mapping[str, Any]) -> str:
    """The seal of a link behind a chain that ended in `before`."""
    told = json.dumps([link[name] for name in FIELDS], separators=(",", ":"), ensure_ascii=True)
    return sha256(f"{before}\n{told}".encode())


def check(files: Mapping[str, bytes], head: str = "") -> list[Finding]:
    """All that does not fit in a package as it was handed out. files: name -> bytes."""
    found = list(_sums(files))
    links, broken = read_chain(files.get(CHAIN, b""))
    found += broken
    found += check_chain(links, head)
    package = files.get(PACKAGE)
    if package is None:
        return [*found, (f"file {PACKAGE}", "is missing")]
    found += check_package(package)
    return [*found, *check_place(package, links), *_stamped(files, package)]


def check_package(package: bytes) -> list[Finding]:
    """All that does not fit inside a package: each item against manifest and description."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            names = opened.namelist()
            contents = {name: _read(opened, name) for name in names}
    except _DAMAGED:
        return [("package", "cannot be opened")]
    found = [(f"item {name}", "is there twice") for name in set(names) if names.count(name) > 1]
    found += [(f"item {name}", "cannot be read") for name, one in contents.items() if one is None]
    there = {name: one for name, one in contents.items() if one is not None}
    return [*found, *_described(there), *_listed(there), *_records(there)]


def check_chain(links: list[dict[str, Any]], head: str = "") -> list[Finding]:
    """Each link's number and seal, and that the chain reaches `head` ("number:seal")."""
    found, before = [], ""
    for place, link in enumerate(links, 1):
        try:
            if link["number"] != place:
                found.append((f"link {place}", f"is number {link['number']}"))
            if seal(before, link) != link["seal"]:
                found.append((f"link {place}", "does not fit the links before it"))
            before = str(link["seal"])
        except _DAMAGED:
            found.append((f"link {place}", "cannot be read"))
            before = ""
    if head:
        found += _reaches(links, head)
    return found


def check_place(package: bytes, links: list[dict[str, Any]]) -> list[Finding]:
    """The package is one that a link of the chain names, by its own digest and its manifest's."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            manifest = opened.read(_MANIFEST)
        told = json.loads(manifest)
        capture, copied = told["capture"], told.get("copy", {}).get("of")
    except _DAMAGED:
        return [("manifest", "cannot be read")]
    own = [link for link in links if link.get("capture") == capture]
    if not own:
        return [(f"capture {capture}", "is in no link of the chain")]
    if sha256(manifest) not in [link.get("manifest") for link in own]:
        return [("manifest", f"is not what link {own[-1].get('number')} names")]
    link = next(one for one in own if one.get("manifest") == sha256(manifest))
    if sha256(package) != link.get("package"):
        return [("package", f"is not what link {link.get('number')} names")]
    before = [{name: one.get(name) for name in ("manifest", "package")} for one in own]
    if copied is not None and copied not in before[: own.index(link)]:
        return [("manifest", "names an original that no link before it names")]
    return []


def read_chain(data: bytes) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The links of a `chain.jsonl`, and the lines that are none."""
    links: list[dict[str, Any]] = []
    found: list[Finding] = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            link = json.loads(line)
            links.append(link if isinstance(link, dict) else {})
        except ValueError:
            links.append({})
            found.append((f"link {number}", "cannot be read"))
    if not links:
        found.append((f"file {CHAIN}", "has no link"))
    return links, found


def read_stamp(answer: bytes) -> tuple[str, str]:
    """What an answer of a time-stamping authority is over (SHA-256, hexadecimal), and its time (UTC). Its
    signature is not looked at: that takes more than Python has.

    Raises: ValueError, IndexError for what is no such answer."""
    (response,) = _der(answer)
    status, content = _der(response[1])[:2]
    signed = _der(_der(_der(content[1])[1][1])[0][1])
    info = _der(_der(_der(_der(signed[2][1])[1][1])[0][1])[0][1])
    algorithm, digest = _der(info[2][1])
    if _der(status[1])[0][1] not in (b"\0", b"\1") or _der(algorithm[1])[0][1] != _SHA256_OID:
        raise ValueError("not granted, or not over a SHA-256")
    at = info[4][1].decode("ascii")
    return digest[1].hex(), f"{at[:4]}-{at[4:6]}-{at[6:8]} {at[8:10]}:{at[10:12]}:{at[12:14]} UTC"


def _der(data: bytes) -> list[tuple[int, bytes]]:
    """The values of DER one after the other: (tag, contents)."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length == 0x80:
            raise ValueError("of no length")
        if length > 0x80:
            size = length - 0x80
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("cut off")
        found.append((tag, data[at : at + length]))
        at += length
    return found


def _stamped(files: Mapping[str, bytes], package: bytes) -> Iterator[Finding]:
    """Each time stamp, against what it has to be over."""
    for name in (STAMP, ORIGINAL_STAMP):
        if name in files:
            try:
                if read_stamp(files[name])[0] != _stamp_is_over(name, package):
                    yield f"file {name}", "is a time stamp over something else"
            except _DAMAGED:
                yield f"file {name}", "cannot be read as a time stamp"


def _stamp_is_over(name: str, package: bytes) -> str:
    if name == STAMP:
        return sha256(package)
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return str(json.loads(opened.read(_MANIFEST))["copy"]["of"]["package"])


def _reaches(links: list[dict[str, Any]], head: str) -> Iterator[Finding]:
    number, _, noted = head.partition(":")
    if not number.isdigit() or not 0 < int(number) <= len(links):
        yield "chain", f"ends at link {len(links)}, before the head {number} that was noted"
    elif links[int(number) - 1].get("seal") != noted:
        yield f"link {number}", "is not the head that was noted"


def _sums(files: Mapping[str, bytes]) -> Iterator[Finding]:
    told: dict[str, str] = {}
    for line in files.get(SUMS, b"").decode(errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        told[name] = digest
    if not told:
        yield f"file {SUMS}", "is missing or empty"
    for name, digest in told.items():
        if name not in files:
            yield f"file {name}", "is missing"
        elif sha256(files[name]) != digest:
            yield f"file {name}", f"is not what {SUMS} names"


def _described(there: Mapping[str, bytes]) -> Iterator[Finding]:
    """The description of the web archive: its own digest, and each file's."""
    try:
        named = json.loads(there[_DIGEST])["hash"]
        resources = {one["path"]: one for one in json.loads(there[_DESCRIBED])["resources"]}
    except _DAMAGED:
        yield f"item {_DESCRIBED}", "or its digest cannot be read"
        return
    if named != f"sha256:{sha256(there[_DESCRIBED])}":
        yield f"item {_DESCRIBED}", f"is not what {_DIGEST} names"
    for name, one in resources.items():
        if name not in there:
            yield f"item {name}", "is missing"
        elif one.get("hash") != f"sha256:{sha256(there[name])}":
            yield f"item {name}", f"is not what {_DESCRIBED} names"
    for name in set(there) - set(resources) - {_DESCRIBED, _DIGEST}:
        yield f"item {name}", f"is not named in {_DESCRIBED}"


def _listed(there: Mapping[str, bytes]) -> Iterator[Finding]:
    """The manifest's own list of items."""
    try:
        items = {one["name"]: one for one in json.loads(there[_MANIFEST])["items"]}
    except _DAMAGED:
        yield "manifest", "cannot be read"
        return
    for name, one in items.items():
        if name not in there:
            yield f"item {name}", "is missing"
        elif (one.get("sha256"), one.get("size")) != (sha256(there[name]), len(there[name])):
            yield f"item {name}", "is not what the manifest names"
    for name in set(there) - set(items) - {_DESCRIBED, _DIGEST, _MANIFEST}:
        yield f"item {name}", "is not named in the manifest"


def _records(there: Mapping[str, bytes]) -> Iterator[Finding]:
    """Each answer in the web archive, against the digest that the index names."""
    if _INDEX not in there or _ARCHIVE not in there:
        return
    try:
        lines = gzip.decompress(there[_INDEX]).decode().splitlines()
    except _DAMAGED:
        yield f"item {_INDEX}", "cannot be read"
        return
    for line in lines:
        url = line
        try:
            told = json.loads(line[line.index("{") :])
            url, start = str(told["url"]), int(told["offset"])
            part = there[_ARCHIVE][start : start + int(told["length"])]
            if f"sha256:{sha256(_answer(gzip.decompress(part)))}" != told["digest"]:
                yield f"record {url}", "is not what the index names"
        except _DAMAGED:
            yield f"record {url}", "cannot be read"


def _answer(record: bytes) -> bytes:
    """The body of a response record: behind the record's own head and the answer's."""
    head, _, rest = record.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().splitlines()
        if line.startswith(b"content-length:")
    )
    return rest[:length].partition(b"\r\n\r\n")[2]


def _read(opened: zipfile.ZipFile, name: str) -> "bytes | None":
    try:
        return opened.read(name)
    except _DAMAGED:
        return None


def _files(where: Path) -> dict[str, bytes]:
    if where.is_dir():
        return {one.name: one.read_bytes() for one in where.iterdir() if one.is_file()}
    with zipfile.ZipFile(where) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _what(package: bytes) -> str:
    """Which capture it is, of which post, and when it was taken."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        told = json.loads(opened.read(_MANIFEST))
    what = f"capture {told['capture']}, {told['post']['address']}, {told['taken']['until']}"
    if "copy" not in told:
        return what
    gone = sum(one["times"] for one in told["copy"]["taken_out"])
    original = told["copy"]["of"]["manifest"]
    return f"{what}\nIt is a copy with {gone} things taken out, of manifest {original}"


def _stamps(files: Mapping[str, bytes]) -> str:
    """What is said of time stamps, with the command that checks their signature."""
    told = []
    for name in (STAMP, ORIGINAL_STAMP):
        if name in files:
            digest, at = read_stamp(files[name])
            over = f"-data {PACKAGE}" if name == STAMP else f"-digest {digest}"
            what = "this package" if name == STAMP else "the original of this copy"
            told.append(
                f"A time stamp ({name}) says that {what} existed at {at}.\n"
                "Its signature is not checked here. With the authority's root certificate, which it "
                "publishes:\n"
                f"  openssl ts -verify {over} -in {name} -CAfile ROOT.pem\n"
            )
    return "".join(told) or "It was not time-stamped by a third party.\n"


def main(arguments: list[str]) -> int:
    head = ""
    if "--head" in arguments:
        at = arguments.index("--head")
        head = arguments[at + 1] if at + 1 < len(arguments) else "none"
        arguments = arguments[:at] + arguments[at + 2 :]
    where = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        files = _files(where)
    except _DAMAGED as error:
        sys.stderr.write(f"Nothing to check at {where}: {error}\n")
        return 2
    found = check(files, head)
    for place, words in found:
        sys.stdout.write(f"DOES NOT FIT  {place}: {words}\n")
    if not found:
        links, _ = read_chain(files[CHAIN])
        end = f"{links[-1]['number']}:{links[-1]['seal']}"
        sys.stdout.write(f"All fits: {_what(files[PACKAGE])}\nThe chain ends at {end}\n")
        sys.stdout.write(_stamps(files))
        if not head:
            sys.stdout.write("Compare it with a head that somebody noted: --head NUMBER:SEAL\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
