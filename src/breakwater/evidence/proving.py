"""Proving what is here: chain, rows, files and packages, as `breakwater evidence verify` does."""

from collections.abc import Iterator
from uuid import UUID

from breakwater.audit import selectors as audit
from breakwater.core import blobs
from breakwater.domain.errors import BreakwaterError
from breakwater.evidence import chain, vault, verify
from breakwater.evidence.models import Capture, Head, Link, Stamp
from breakwater.evidence.verify import Finding


def prove(workspace_id: UUID) -> list[Finding]:
    """All that does not fit in a workspace: links against head and audit chain, and each package
    that is still kept against its link. Reads every package."""
    links = chain.links_of(workspace_id)
    found = verify.check_chain(links, _head(workspace_id))
    found += _audited(workspace_id)
    for row in Link.objects.filter(workspace_id=workspace_id).order_by("number").iterator():
        found += prove_link(row)
    return found


def prove_link(row: Link) -> list[Finding]:
    """The package of one link; nothing of one that was shredded, nor of a copy, which is not here."""
    if not row.blob:
        return []
    capture = Capture.objects.get(pk=row.capture_id)
    if capture.shredded_at or (capture.address_only and row.blob != capture.blob):
        return []
    place = f"link {row.number}, capture {capture.pk}"
    try:
        data = vault.package(capture, row.blob)
    except BreakwaterError as error:
        return [(place, f"has no package that opens ({error.code})")]
    inside = [(f"{place}, {one}", words) for one, words in verify.check_package(data)]
    own = verify.check_place(data, [{**chain.link_of(row), "seal": row.seal}])
    return [*inside, *((f"{place}, {one}", words) for one, words in own), *_stamp(row, place)]


def _stamp(row: Link, place: str) -> Iterator[Finding]:
    """The time stamp is there, and over this package. Its signature was checked when it came."""
    stamp = Stamp.objects.filter(link=row, outcome="stamped").first()
    try:
        if stamp and verify.read_stamp(blobs.read(stamp.token))[0] != row.package_digest:
            yield f"{place}, time stamp", "is over something else"
    except (BreakwaterError, ValueError, IndexError):
        yield f"{place}, time stamp", "is not there, or damaged"


def heads() -> dict[UUID, tuple[int, str]]:
    """Where each workspace's chain ends."""
    return {row.pk: (row.number, row.seal) for row in Head.objects.exclude(number=0)}


def missing_files(workspace_id: UUID) -> list[UUID]:
    """Captures that say they are on disk and are not. Reads no package."""
    rows = Capture.objects.filter(workspace_id=workspace_id, shredded_at=None).exclude(blob="")
    return [row.pk for row in rows.iterator() if not blobs.exists(row.blob)]


def _head(workspace_id: UUID) -> str:
    head = Head.objects.filter(pk=workspace_id).first()
    return f"{head.number}:{head.seal}" if head and head.number else ""


def _audited(workspace_id: UUID) -> Iterator[Finding]:
    """What the audit chain, whose key is not in the database, says of each link."""
    told = {}
    ids = Capture.objects.filter(workspace_id=workspace_id).values_list("pk", flat=True)
    for entry in audit.about(list(ids), "evidence.sealed"):
        told[entry.data.get("number")] = entry.data.get("seal")
    seals = dict(Link.objects.filter(workspace_id=workspace_id).values_list("number", "seal"))
    for number in sorted({*told, *seals}, key=lambda one: int(one or 0)):
        if told.get(number) != seals.get(number):
            yield f"link {number}", "is not what the audit chain says"
