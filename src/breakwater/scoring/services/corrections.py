"""What people say is wrong about scores: kept for ever, as facts; the texts only where they let us."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.scoring.adapters import packed_lesson
from breakwater.domain.scoring.banding import Graded
from breakwater.domain.scoring.scores import ABUSE, Head, Item
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.models import Correction, KeptText
from breakwater.scoring.services.scoring import score, taught
from breakwater.scoring.texts import hash_of, sealed, without_names
from breakwater.scoring.verdicts import Stage, Verdict

LONGEST = 20_000


def correct(
    by: Access,
    text: str,
    *,
    should: bool,
    head: Head | None = None,
    consent: bool = False,
    now: datetime,
    model: Graded | None = None,
) -> list[Correction]:
    """What was said of the text is wrong: it should be veiled for `head` (should), or should not.

    head: None with should=False for all that it is veiled for. consent: the text may be kept, and
    given to those who improve the model. The text is scored anew, so that what was said is what we
    say. Names and links are taken out of what is kept. Raises: Forbidden; Invalid: correction_head,
    correction_agreed, correction_term, correction_unscored, scored_too_long.
    """
    checks.may(by, Right.ANSWER)
    if len(text) > LONGEST:
        raise Invalid(code="scored_too_long", field="text", limit=LONGEST)
    (verdict,) = score(by.workspace, [Item(text)], now=now, asks=False, model=model)
    heads = _wrong(verdict, head, should=should)
    made = [_correction(by, text, verdict, one, should, consent, now) for one in heads]
    lessons = taught(by.workspace, text, model=model)
    for row in made:
        if Head(row.head) in lessons:
            row.lesson = packed_lesson(lessons[Head(row.head)])
    with transaction.atomic():
        Correction.objects.bulk_create(made)
        if consent:
            KeptText.objects.bulk_create(_kept(row, text, now) for row in made)
    return made


def take_back_consent(by: Access, correction_id: UUID) -> None:
    """The text of the correction is gone, and the correction is given to nobody; that it was made
    stays. Of one's own, or any by those who may invite. Raises: NotFound."""
    rows = KeptText.objects.filter(correction__workspace=by.workspace, correction_id=correction_id)
    if not by.may(Right.INVITE):
        rows = rows.filter(correction__by=by.person)
    if not rows.delete()[0]:
        raise NotFound(what="correction")


def withdraw(by: Access, correction: Correction, *, now: datetime) -> int:
    """What was said together with this correction, of the same text by the same person at the same
    moment, counts no longer and teaches nothing, and its text is gone; how many rows that were.
    Raises: Forbidden."""
    checks.may(by, Right.ANSWER)
    rows = Correction.objects.filter(
        workspace=by.workspace, text_hash=correction.text_hash, by_id=correction.by_id,
        created_at=correction.created_at, withdrawn_at=None,
    )  # fmt: skip
    with transaction.atomic():
        KeptText.objects.filter(correction__in=rows).delete()
        return rows.update(withdrawn_at=now, lesson=None)


def _wrong(verdict: Verdict, head: Head | None, *, should: bool) -> Sequence[Head]:
    """The heads that are corrected. Raises: Invalid."""
    if verdict.score.abstained is not None:
        raise Invalid(code="correction_unscored", field="text")
    if head is None:
        if should:
            raise Invalid(code="correction_head", field="head")
        if verdict.stage is Stage.TERM:
            raise Invalid(code="correction_term", field="text")
        heads: Sequence[Head] = verdict.reasons
    else:
        heads = [head] if head in ABUSE and head in verdict.score.chances else []
        if not heads:
            raise Invalid(code="correction_head", field="head")
    wrong = [one for one in heads if (one in verdict.reasons) is not should]
    if not wrong:
        raise Invalid(code="correction_agreed", field="head")
    return wrong


def _correction(
    by: Access,
    text: str,
    verdict: Verdict,
    head: Head,
    should: bool,
    consent: bool,
    now: datetime,
) -> Correction:
    return Correction(
        workspace=by.workspace,
        text_hash=hash_of(by.workspace.pk, text),
        language=verdict.score.language,
        head=head.value,
        said=verdict.score.chances[head],
        veiled=head in verdict.reasons,
        should=should,
        model=verdict.score.model,
        consent=consent,
        by=by.person,
        created_at=now,
    )


def _kept(row: Correction, text: str, now: datetime) -> KeptText:
    kept = KeptText(correction=row, created_at=now)
    kept.sealed = sealed(without_names(text), table=KeptText._meta.db_table, row=kept.pk)
    return kept
