"""How long packages are kept, who is told before they end, and who knows where the chain ends."""

from datetime import datetime, timedelta

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid
from breakwater.domain.text import one_line, storable
from breakwater.evidence import files
from breakwater.evidence.models import Capture, Head
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

WARNED = timedelta(days=30)
YEARS = range(1, 11)
_DAY = timedelta(days=1)
_AT_ONCE = 50
WHY_MAX = 500


def tend(*, now: datetime) -> None:
    """What ends within thirty days is told once; what is over is shredded; new heads are told once
    a day. May run twice at once without harm."""
    _tell_of_ends(now)
    for row in Capture.objects.filter(
        kept_until__lte=now, held_why="", shredded_at=None, end_told=True
    ).exclude(blob="")[:_AT_ONCE]:
        shred(row, now=now)
    tell_heads(now=now)


def shred(capture: Capture, *, now: datetime) -> bool:
    """Key and packages are gone; row, digests and chain stay. False where somebody keeps it on."""
    with transaction.atomic():
        row = Capture.objects.select_for_update().get(pk=capture.pk)
        if row.held_why or row.shredded_at or not row.kept_until or row.kept_until > now:
            return False
        row.key, row.shredded_at = b"", now
        row.save(update_fields=["key", "shredded_at"])
        record(
            [Fact(row.workspace_id, "evidence.shredded", "capture", row.pk, {})], by=None, now=now
        )
        names = files.of(row)
    files.remove(names)
    return True


def hold_on(by: Access, capture: Capture, why: str, *, now: datetime) -> None:
    """It is kept, whatever the day (a court case). Empty: no longer. Raises: Forbidden."""
    checks.may(by, Right.RESPOND)
    said = one_line(storable(why))[:WHY_MAX]
    with transaction.atomic():
        row = Capture.objects.select_for_update().get(pk=capture.pk)
        row.held_why, row.held_by = said, by.person if said else None
        row.save(update_fields=["held_why", "held_by"])
        verb = "evidence.held" if said else "evidence.let_go"
        record(
            [Fact(row.workspace_id, verb, "capture", row.pk, {"why": said})],
            by=by.person.pk, now=now,
        )  # fmt: skip


def set_years(by: Access, years: int, *, now: datetime) -> None:
    """So long packages of this workspace are kept that are made from now on.

    Raises: Forbidden; Invalid("evidence_years")."""
    checks.may(by, Right.INVITE)
    if years not in YEARS:
        raise Invalid(code="evidence_years", field="years", least=YEARS[0], most=YEARS[-1])
    with transaction.atomic():
        Head.objects.update_or_create(workspace=by.workspace, defaults={"years": years})
        workspace = by.workspace.pk
        fact = Fact(workspace, "evidence.years", "workspace", workspace, {"years": years})
        record([fact], by=by.person.pk, now=now)


def tell_heads(*, now: datetime) -> None:
    """Owners and managers, at least two persons where there are two, know where the chain ends: so a
    chain that is made anew does not fit what they have."""
    for head in Head.objects.select_related("workspace").exclude(number=0):
        if head.number == head.told_number or (head.told_at and head.told_at > now - _DAY):
            continue
        workspace = head.workspace
        tell(
            _two(with_right(workspace.pk, Right.INVITE), with_right(workspace.pk, Right.AUDIT)),
            "evidence_head", key=f"evidence_head:{workspace.pk}:{head.number}",
            data={"number": head.number, "seal": head.seal, "workspace": workspace.name},
            path=f"/w/{workspace.slug}/evidence/", workspace_id=workspace.pk, now=now,
        )  # fmt: skip
        Head.objects.filter(pk=head.pk).update(told_at=now, told_number=head.number)


def _two(first: list[Person], others: list[Person]) -> list[Person]:
    return first if len(first) > 1 else list({one.pk: one for one in (*first, *others)}.values())


def _tell_of_ends(now: datetime) -> None:
    ending = Capture.objects.filter(
        kept_until__lte=now + WARNED, end_told=False, held_why="", shredded_at=None
    ).exclude(blob="")
    for row in ending.select_related("workspace", "channel")[:_AT_ONCE]:
        assert row.kept_until is not None
        until = max(
            row.kept_until, now + WARNED
        )  # told late (restored, stopped): thirty days still
        workspace = row.workspace
        tell(
            with_right(workspace.pk, Right.RESPOND), "evidence_ends", key=f"evidence_ends:{row.pk}",
            data={"channel": str(row.channel), "day": until.date().isoformat()},
            path=f"/w/{workspace.slug}/evidence/{row.pk}/", workspace_id=workspace.pk, now=now,
        )  # fmt: skip
        Capture.objects.filter(pk=row.pk).update(end_told=True, kept_until=until)
