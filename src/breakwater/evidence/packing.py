"""A package: everything that one taking brought, in one file that anybody can open and check."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from breakwater.evidence import wacz
from breakwater.evidence.rendering import page
from breakwater.evidence.taken import Medium, Taken, ending
from breakwater.evidence.warc import FILE, archive

MANIFEST = "manifest.json"
FORMAT = "breakwater-evidence-1"


@dataclass(frozen=True)
class About:
    """What is known without the network. All values plain; times ISO 8601. doubt: why the desk's
    clock was not believed meanwhile, "" where it was."""

    capture: UUID
    taking: int
    workspace: str
    network: str
    origin: str
    account: str
    account_id: str
    remote_id: str
    url: str
    why: str
    asked_by: str
    asked_at: str
    incident: str
    address_only: bool
    facts: dict[str, Any]
    version: str
    doubt: str = ""


@dataclass(frozen=True)
class Package:
    """data: the WACZ. digest, manifest_digest: SHA-256. items: as the manifest lists them."""

    data: bytes
    digest: str
    manifest_digest: str
    items: list[dict[str, Any]]
    missing: list[dict[str, Any]]
    whole: bool


def pack(about: About, taken: Taken) -> Package:
    software = f"Breakwater {about.version}"
    files, items = _contents(about, taken, software)
    manifest = wacz.as_json(_manifest(about, taken, items))
    data = wacz.wacz(
        {MANIFEST: manifest, **files},
        title=f"{about.account}: {about.remote_id}",
        created=taken.ended.isoformat(), software=software,
    )  # fmt: skip
    return Package(
        data, wacz.sha256(data), wacz.sha256(manifest), items, taken.missing, taken.whole
    )


def _contents(
    about: About, taken: Taken, software: str
) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    if about.address_only:
        return {}, []
    warc = archive(taken.exchanges, capture=about.capture, taking=about.taking, software=software)
    files = {
        "archive/" + FILE: warc.data,
        "indexes/index.cdx.gz": warc.index,
        "pages/pages.jsonl": wacz.pages(about.url, about.account, taken.began.isoformat()),
        "items/post.html": page(taken, url=about.url, who=about.account),
        "items/known.json": wacz.as_json(about.facts),
    }
    told = {
        "post": taken.post, "profile": taken.profile, "comments": taken.comments,
        "figures": taken.figures,
    }  # fmt: skip
    files |= {f"items/{name}.json": wacz.as_json(one) for name, one in told.items() if one}
    media = {f"items/{one.name}{ending(one.mime)}": one for one in taken.media}
    files |= {path: one.data for path, one in media.items()}
    return files, [item(path, data, media.get(path)) for path, data in files.items()]


def item(path: str, data: bytes, medium: Medium | None) -> dict[str, Any]:
    """As a manifest lists it."""
    told = {"name": path, "sha256": wacz.sha256(data), "size": len(data)}
    return {**told, "from": medium.url, "mime": medium.mime} if medium else told


def _manifest(about: About, taken: Taken, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "capture": str(about.capture),
        "taking": about.taking,
        "workspace": about.workspace,
        "network": about.network,
        "origin": about.origin,
        "account": {"id": about.account_id, "name": about.account},
        "post": {"id": about.remote_id, "address": about.url},
        "asked": {"by": about.asked_by, "at": about.asked_at, "why": about.why},
        "incident": about.incident,
        "address_only": about.address_only,
        "taken": {"from": taken.began.isoformat(), "until": taken.ended.isoformat()},
        "clock": about.doubt or "believed",
        "page_status": taken.page_status,
        "software": f"Breakwater {about.version}",
        "items": items,
        "missing": taken.missing,
        "complete": taken.whole,
        "left_out": {
            "sign_in_headers": "of every request",
            "answers_with_a_secret_of_ours_replaced": taken.hidden,
        },
    }
