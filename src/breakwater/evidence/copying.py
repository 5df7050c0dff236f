"""A copy of a package for somebody outside, without what is of third parties. Pure.

It is a package as any other: archive, items, manifest. The manifest names the original's digest, and
says what was taken out, how often and why; never a digest of a thing that was: a name is soon guessed.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from breakwater.channels.tapes import Exchange
from breakwater.evidence import wacz
from breakwater.evidence.blackout import KINDS, WORDS, Blackout, as_tree, leaves
from breakwater.evidence.packing import MANIFEST, Package, item
from breakwater.evidence.rendering import page
from breakwater.evidence.taken import Medium, Taken, ending
from breakwater.evidence.warc import FILE, archive, exchanges

PICTURES = "pictures"
WHY = {
    "names": "names of third parties",
    "handles": "handles and ids of third parties",
    "avatars": "pictures of third parties, and where they are",
    "addresses": "addresses of third parties, and what leads to them",
    "texts": "words of third parties, or that are not known to be ours",
    WORDS: "words that whoever made this copy named",
    PICTURES: "pictures and films were not wanted in it",
}
_HEADERS = {"accept", "content-type", "date", "host", "user-agent"}
_OWN = ("post", "profile", "figures", "known")
_SAID = ("account", "post", "network", "origin", "workspace")


@dataclass(frozen=True)
class Cut:
    """What goes: kinds of blackout.KINDS; pictures: whether ours stay; words: further ones."""

    kinds: frozenset[str] = frozenset(KINDS)
    pictures: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """Who made it, when (ISO 8601), for whom and what."""

    by: str
    at: str
    why: str


@dataclass
class _Original:
    """A package, opened. digest: of its manifest."""

    data: bytes
    digest: str
    manifest: dict[str, Any]
    told: dict[str, Any]
    media: list[Medium]
    exchanges: list[Exchange] = field(default_factory=list)


def redacted(package: bytes, cut: Cut, made: Made) -> Package:
    """package: the original. The same in, the same out."""
    original = _opened(package)
    known = [original.manifest.get(name) for name in _SAID]
    own = [*leaves(known), *leaves([original.told.get(name) for name in _OWN])]
    out = Blackout(cut.kinds, cut.words, own)
    files: dict[str, bytes] = {}
    for _ in range(2):
        out.begin()
        files = _files(original, cut, out, made)
    media = {f"items/{one.name}{ending(one.mime)}": one for one in original.media}
    items = [item(path, data, media.get(path)) for path, data in files.items()]
    manifest = _manifest(original, out, made, items)
    data = wacz.wacz(
        {MANIFEST: wacz.as_json(manifest), **files},
        title=f"{manifest['account']['name']}: {manifest['post']['id']}",
        created=made.at, software=str(manifest["software"]),
    )  # fmt: skip
    digest = wacz.sha256(wacz.as_json(manifest))
    return Package(
        data, wacz.sha256(data), digest, items, manifest["missing"], manifest["complete"]
    )


def _opened(package: bytes) -> _Original:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(files[MANIFEST])
    told = {
        name.removeprefix("items/").removesuffix(".json"): json.loads(data)
        for name, data in files.items()
        if name.startswith("items/") and name.endswith(".json")
    }
    media = [
        Medium(one["name"].rsplit("/", 1)[-1].split(".")[0], one["from"], one["mime"],
               files[one["name"]])
        for one in manifest["items"] if "mime" in one
    ]  # fmt: skip
    archived = exchanges(files["archive/" + FILE]) if "archive/" + FILE in files else []
    digest = wacz.sha256(files[MANIFEST])
    return _Original(package, digest, manifest, told, media, archived)


def _files(original: _Original, cut: Cut, out: Blackout, made: Made) -> dict[str, bytes]:
    told, manifest = original.told, original.manifest
    capture = uuid5(UUID(manifest["capture"]), f"copy {made.at}")
    shown = {name: out.tree(one, f"items/{name}.json") for name, one in told.items()}
    kept = [replace(one, url=out.ours(one.url, "media")) for one in original.media]
    if not cut.pictures:
        for one in kept:
            out.note(f"items/{one.name}{ending(one.mime)}", PICTURES)
        kept = []
    bodies = {one.data for one in kept}
    clean = [_exchange(one, number, out, bodies) for number, one in enumerate(original.exchanges)]
    software = str(manifest["software"])
    warc = archive(clean, capture=capture, taking=0, software=software)
    who = out.ours(manifest["account"]["name"], MANIFEST)
    url = out.ours(manifest["post"]["address"], MANIFEST)
    drawn = page(_drawn(manifest, shown, kept), url=url, who=who, copy=True)
    return {
        "archive/" + FILE: warc.data,
        "indexes/index.cdx.gz": warc.index,
        "pages/pages.jsonl": wacz.pages(url, who, manifest["taken"]["from"]),
        "items/post.html": drawn,
        **{f"items/{name}.json": wacz.as_json(one) for name, one in shown.items()},
        **{f"items/{one.name}{ending(one.mime)}": one.data for one in kept},
    }


def _drawn(manifest: Mapping[str, Any], shown: Mapping[str, Any], kept: list[Medium]) -> Taken:
    began, ended = (datetime.fromisoformat(manifest["taken"][one]) for one in ("from", "until"))
    return Taken(
        began, ended, post=shown.get("post"), comments=shown.get("comments", []), media=kept
    )


def _exchange(one: Exchange, number: int, out: Blackout, bodies: set[bytes]) -> Exchange:
    where = f"archive: answer {number + 1}"
    kept = tuple((k, v) for k, v in one.asked if k.lower() in _HEADERS)
    answered = tuple((k, v) for k, v in one.answered if k.lower() in _HEADERS)
    return replace(
        one, url=out.url(one.url, where), asked=kept, answered=answered,
        sent=_body(one.sent, "", where, out, bodies),
        body=_body(one.body, _mime(one), where, out, bodies),
    )  # fmt: skip


def _body(data: bytes, mime: str, where: str, out: Blackout, bodies: set[bytes]) -> bytes:
    if not data or data in bodies:
        return data
    tree = as_tree(data)
    if tree is not None:
        return wacz.as_json(out.tree(tree, where))
    if mime.startswith("text/") or not mime or "xml" in mime or "json" in mime:
        return out.page(data, where)
    out.note(where, PICTURES)
    return b""


def _mime(one: Exchange) -> str:
    told = next((v for k, v in one.answered if k.lower() == "content-type"), "")
    return told.partition(";")[0].strip().lower()


def _manifest(
    original: _Original, out: Blackout, made: Made, items: list[dict[str, Any]]
) -> dict[str, Any]:
    told = original.manifest
    first = {"manifest": original.digest, "package": wacz.sha256(original.data)}
    asked = {
        "by": told["asked"]["by"], "at": told["asked"]["at"],
        "why": out.ours(told["asked"]["why"], MANIFEST),
    }  # fmt: skip
    missing = [_lack(one, out) for one in told["missing"]]
    account = {name: out.ours(one, MANIFEST) for name, one in told["account"].items()}
    post = {name: out.ours(one, MANIFEST) for name, one in told["post"].items()}
    gone = [
        {"where": where, "kind": kind, "times": times, "why": WHY[kind]}
        for (where, kind), times in sorted(out.gone.items())
    ]
    copy = {
        "of": first, "by": made.by, "at": made.at, "for": made.why,
        "taken_out": gone,
        "headers": "of requests and answers, all but " + ", ".join(sorted(_HEADERS)),
    }  # fmt: skip
    return {
        **told, "account": account, "post": post, "asked": asked, "missing": missing,
        "items": [
            {**one, "from": out.ours(one["from"], "media")} if "from" in one else one
            for one in items
        ],
        "copy": copy,
    }  # fmt: skip


def _lack(one: Mapping[str, Any], out: Blackout) -> dict[str, Any]:
    return {**one, "url": out.ours(one["url"], MANIFEST)} if "url" in one else dict(one)
