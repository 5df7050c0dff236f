"""The end of a taking: the package is on disk, then the row says so, and only later a delete may.

Order: file (fsync, rename, fsync of its folder), then one transaction: state, link, audit.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.channels.services import postfigures
from breakwater.core import crypto
from breakwater.domain.errors import Problem, SealBroken, StaleState
from breakwater.evidence import chain, vault
from breakwater.evidence.lifecycle import CAPTURE
from breakwater.evidence.models import Capture, Head, Link
from breakwater.evidence.packing import About, Package, pack
from breakwater.evidence.taken import Taken
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

_YEAR = timedelta(days=365)
_BATCH = 100
log = logging.getLogger(__name__)


def keep(capture: Capture, taken: Taken, *, doubt: str = "", now: datetime) -> Capture:
    """The capture is sealed or partial, with its package on disk; failed where the disk is full.

    capture: leased, with channel, workspace and asked_by. StaleState when its lease went to
    somebody else meanwhile: their package counts, and ours is an unnamed file.
    """
    package = pack(about_of(capture, doubt), taken)
    key = bytes(capture.key) or vault.new_key(capture.pk)
    try:
        blob = vault.store(capture.pk, key, package.data)
    except Problem as error:
        missing = [*package.missing, {"name": "disk", "code": error.code}]
        with transaction.atomic():
            done = move(capture, CAPTURE, "failed", by=None, now=now, missing=missing)
            tell_partial(done, now)
    else:
        with transaction.atomic():
            done = _written(capture, package, key, blob, now)
            postfigures.keep(
                capture.channel, capture.remote_id, taken.counted, zone=capture.workspace.zone,
                now=now,
            )  # fmt: skip
            tell_partial(done, now)
    return done


def tell_partial(row: Capture, now: datetime) -> None:
    """Whoever responds knows at once that a person has to decide. Call in the transaction that says
    so: whoever is killed in between would have told nobody. row: with channel and workspace."""
    if row.state == "sealed":
        return
    workspace = row.workspace
    tell(
        with_right(workspace.pk, Right.RESPOND), "capture_partial",
        key=f"capture_partial:{row.incident or row.pk}:{row.channel_id}",
        data={"channel": str(row.channel)}, path=f"/w/{workspace.slug}/evidence/{row.pk}/",
        workspace_id=workspace.pk, now=now, urgent=True,
    )  # fmt: skip


def reseal() -> tuple[int, int]:
    """The keys of all packages are under the installation's newest key; (how many changed, how many
    do not open). No file is touched. Each is replaced only if it is still the one that was read."""
    found = [_resealed(row) for row in Capture.objects.order_by("pk").iterator(_BATCH) if row.key]
    return sum(one == 1 for one in found), sum(one < 0 for one in found)


def _resealed(row: Capture) -> int:
    old, table = bytes(row.key), Capture._meta.db_table
    try:
        new = crypto.reseal(old, table=table, row=row.pk, column="key")
    except SealBroken as error:
        log.error("seal.broken %s=%s why=%s", table, row.pk, error)
        return -1
    if new == old:
        return 0
    return Capture.objects.filter(pk=row.pk, key=old).update(key=new)


def _written(capture: Capture, package: Package, key: bytes, blob: str, now: datetime) -> Capture:
    row = Capture.objects.select_for_update().get(pk=capture.pk)
    if (row.state, row.begun) != ("taking", capture.begun):
        raise StaleState(subject="capture", id=str(row.pk), wanted="sealed")
    head = locked_head(row)
    link = add_link(head, row, package, blob, by=None, now=now)
    return move(
        row, CAPTURE, "sealed" if package.whole else "partial", by=None, now=now,
        lease_until=None, taken_at=now, missing=package.missing, items=package.items,
        manifest_digest=package.manifest_digest, package_digest=package.digest, blob=blob, key=key,
        number=link.number, kept_until=now + _YEAR * head.years,
    )  # fmt: skip


def add_link(
    head: Head, row: Capture, package: Package, blob: str, *, by: UUID | None, now: datetime
) -> Link:
    """The package is the next in its workspace's chain, and the audit chain has its seal. head: locked.
    blob: "" of a copy, which is handed out and not kept."""
    link = Link(
        workspace_id=row.workspace_id, capture=row, number=head.number + 1, created_at=now,
        complete=package.whole, manifest_digest=package.manifest_digest,
        package_digest=package.digest, blob=blob,
    )  # fmt: skip
    link.seal = chain.seal(head.seal, chain.link_of(link))
    link.save(force_insert=True)
    head.number, head.seal = link.number, link.seal
    head.save(update_fields=["number", "seal"])
    said = {"number": link.number, "manifest": package.manifest_digest, "seal": link.seal}
    record([Fact(row.workspace_id, "evidence.sealed", "capture", row.pk, said)], by=by, now=now)
    return link


def locked_head(row: Capture) -> Head:
    """Where the chain of its workspace ends, until the transaction does."""
    heads = Head.objects.select_for_update()
    return heads.get_or_create(workspace_id=row.workspace_id)[0]


def about_of(capture: Capture, doubt: str) -> About:
    """What is known of it without the network. It must come with channel, workspace, asked_by."""
    channel, person = capture.channel, capture.asked_by
    return About(
        capture=capture.pk, taking=capture.begun, workspace=capture.workspace.name,
        network=channel.network, origin=channel.origin, account=str(channel),
        account_id=channel.remote_id, remote_id=capture.remote_id, url=capture.url,
        why="" if capture.address_only else capture.why,
        asked_by=person.name if person else "Breakwater", asked_at=capture.created_at.isoformat(),
        incident=str(capture.incident or ""), address_only=capture.address_only,
        facts=dict(capture.about), version=settings.VERSION, doubt=doubt,
    )  # fmt: skip
