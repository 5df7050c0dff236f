"""What somebody types as an answer is kept as they type, each person's own; and how it may sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.scoring.scores import ABUSE, Band, Head, Item, Span
from breakwater.domain.shield import SWEARS
from breakwater.inbox.models import Draft
from breakwater.inbox.selectors import thread_of
from breakwater.people import checks
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.services import score

LONGEST = 100_000
_WORDS = 3
_SPEAKS = 0.2
"""Share of a kind from which a word explains it."""


@dataclass(frozen=True)
class Temper:
    """How one's own words may sound. kinds: none where they are calm; "abuse" only where nothing says
    which. words: of the draft."""

    kinds: tuple[Head, ...] = ()
    words: tuple[str, ...] = ()


def keep_draft(by: Access, thread_id: UUID, text: str, *, revision: str, now: datetime) -> Draft:
    """What this person has typed in the conversation. revision: `revision_of` what their page began
    from, "" for nothing.

    Raises: Forbidden; NotFound; Invalid; StaleState "draft_elsewhere" when they typed in another
    window meanwhile; nothing is written then.
    """
    checks.may(by, Right.ANSWER)
    if len(text) > LONGEST:
        raise Invalid(code="field_too_long", field="text", most=LONGEST)
    thread = thread_of(by.workspace.pk, thread_id)
    with transaction.atomic():
        own, fresh = Draft.objects.select_for_update().get_or_create(
            thread=thread, person=by.person,
            defaults={"text": text, "saved_at": now, "created_at": now},
        )  # fmt: skip
        if fresh:
            return own
        if revision_of(own) != revision and own.text != text:
            raise StaleState(code="draft_elsewhere")
        own.text, own.saved_at = text, max(now, own.saved_at)
        own.save(update_fields=["text", "saved_at"])
    return own


def revision_of(draft: Draft | None) -> str:
    return draft.saved_at.isoformat() if draft else ""


def temper(workspace: Workspace, text: str, *, now: datetime) -> Temper:
    """Whether it may sound angry or insulting, and by which words. Nobody else is asked or told; it
    holds nothing back."""
    if not text.strip():
        return Temper()
    verdict = score(workspace, [Item(text)], now=now, explain=True, asks=False)[0]
    chances, kinds = verdict.score.chances, list(verdict.reasons)
    if verdict.band in (Band.VEILED, Band.HELD) and not kinds:
        kinds = [Head.ABUSIVE]
    if chances.get(Head.PROFANITY, 0.0) >= SWEARS and Head.PROFANITY not in kinds:
        kinds.append(Head.PROFANITY)
    if not kinds:
        return Temper()
    if len(kinds) > 1:
        kinds = [one for one in kinds if one is not Head.ABUSIVE]
    return Temper(tuple(kinds), _words(text, verdict.score.spans, kinds))


def _words(text: str, spans: Sequence[Span], kinds: Sequence[Head]) -> tuple[str, ...]:
    """Those that speak most for it, as they stand in the text. What explains an insult may be what
    makes it abuse, and the other way round."""
    wanted = {*kinds, *(ABUSE if {*ABUSE} & {*kinds} else ())}
    telling = [one for one in spans if one.head in wanted and one.weight >= _SPEAKS]
    ordered = sorted(telling, key=lambda one: -one.weight)
    found = dict.fromkeys(text[one.start : one.end].strip() for one in ordered)
    return tuple(word for word in found if word)[:_WORDS]
