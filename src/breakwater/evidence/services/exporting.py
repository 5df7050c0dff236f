"""Handing out a package: by name, noted, and checkable without us."""

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.core import blobs
from breakwater.domain.errors import Forbidden, NotFound, Problem, StaleState
from breakwater.evidence import chain, vault, verify
from breakwater.evidence.models import Access as Look
from breakwater.evidence.models import Capture
from breakwater.evidence.selectors import doubt_about, stamp_of
from breakwater.evidence.wacz import stored
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

_HERE = Path(__file__).resolve().parent.parent
_READ_ME = ("READ-ME.en.txt", "READ-ME.fr.txt")
SEEN, EXPORTED, PICTURED, COPIED = "seen", "exported", "pictured", "copied"


def export(by: Access, capture: Capture, *, via: str = "page", now: datetime) -> bytes:
    """A ZIP: evidence.wacz, chain.jsonl, verify.py, READ-ME in two languages, SHA256SUMS, and
    evidence.tsr where an authority has time-stamped it.

    It is noted who took it. Raises: Forbidden; NotFound("evidence_shredded"); SealBroken; Problem
    with blob_damaged.
    """
    note_look(by, capture, EXPORTED, via=via, now=now)
    return bundle(capture)


def bundle(capture: Capture) -> bytes:
    """The same, noted nowhere: for who notes it. Raises: as export."""
    return handed(capture, vault.package(capture))


def handed(capture: Capture, package: bytes, *, stamp_as: str = verify.STAMP) -> bytes:
    """The ZIP around a package of this capture, or a copy of it. stamp_as: the name in it of the time
    stamp over the package that is kept."""
    files = {
        verify.PACKAGE: package,
        verify.CHAIN: chain.lines(chain.links_of(capture.workspace_id)),
        "verify.py": script(),
        **{name: (_HERE / "data" / name).read_bytes() for name in _READ_ME},
        **_stamp(capture, stamp_as),
    }
    sums = "".join(f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in files.items())
    return stored({**files, verify.SUMS: sums.encode()})


def _stamp(capture: Capture, name: str) -> dict[str, bytes]:
    """The time stamp as a file; none where there is none. One whose file is lost keeps nobody from the
    package: `breakwater evidence verify` names it."""
    stamp = stamp_of(capture)
    if stamp is None or stamp.outcome != "stamped":
        return {}
    try:
        return {name: blobs.read(stamp.token)}
    except (NotFound, Problem):
        return {}


def script() -> bytes:
    """`verify.py`, as it is handed out."""
    return (_HERE / "verify.py").read_bytes()


def note_look(by: Access, capture: Capture, what: str, *, via: str = "page", now: datetime) -> None:
    """This person had it in hand. Raises: Forbidden; StaleState("capture_doubted") while somebody says
    that it has to go."""
    may_look(by)
    if doubt_about(capture) is not None:
        raise StaleState(code="capture_doubted")
    _note(capture, by.person.pk, what, via, now)


def may_look(by: Access) -> None:
    """Raises: Forbidden, for who neither responds nor audits."""
    if not (by.may(Right.RESPOND) or by.may(Right.AUDIT)):
        raise Forbidden(right=Right.RESPOND.value, role=by.role)


def _note(capture: Capture, person: UUID, what: str, via: str, now: datetime) -> None:
    with transaction.atomic():
        Look.objects.create(capture=capture, person_id=person, via=via, what=what, created_at=now)
        fact = Fact(capture.workspace_id, f"evidence.{what}", "capture", capture.pk, {"via": via})
        record([fact], by=person, now=now)
