"""The scorer is wrong, says a person: at once so for this message and for those that say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Arrival
from breakwater.domain.errors import Invalid
from breakwater.domain.grouping.nearness import Signature, alike, signature
from breakwater.domain.grouping.words import words
from breakwater.domain.scoring.scores import ABUSE, Head
from breakwater.inbox.models import Item
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services import judging
from breakwater.inbox.services.judging import JUDGED, Judged, override
from breakwater.inbox.services.locking import lock_talks_of
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.turns import wait_for_intake
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.models import Correction
from breakwater.scoring.services import correct as say
from breakwater.scoring.services import withdraw
from breakwater.scoring.services.corrections import LONGEST

ALIKE = 0.8
"""Share of two texts from which what is said of one counts for the other of the same pile."""
MOST = 2_000
"""Messages that one correction changes; the newest. Later ones are met by their words."""
AT_ONCE = 200
"""Messages that are scored again in one transaction."""
_SLACK = 0.05
"""So much more abusive than the corrected one a variant may be, and is still said to be none."""
_NOTHING_TO_SAY = ("correction_agreed", "correction_unscored")


Seen = Mapping[int, datetime | None]
"""Item id -> `words_at` as it was read."""


@dataclass(frozen=True)
class Corrected:
    """item: as it is now. changed: how many messages were changed with it, itself among them."""

    item: Item
    changed: int


def correct(by: Access, item_id: int, *, should: Head | None, now: datetime) -> Corrected:
    """The message is abusive of this kind, or (None) not abusive, and so are those of the same words
    in the workspace and its variants in the same pile; what it says feeds the workspace's
    thresholds. What others said meanwhile is replaced. Raises: Forbidden; NotFound; Invalid: what
    scoring.services.correct raises, and correction_own, correction_head."""
    checks.may(by, Right.ANSWER)
    item = item_of(by.workspace.pk, item_id)
    if item.own:
        raise Invalid(code="correction_own", field="head")
    if should is not None and should not in ABUSE:
        raise Invalid(code="correction_head", field="head")
    like = _like(item, milder=should is None)
    said = _said(by, item.arrival.text, should, now)
    with transaction.atomic():
        wait_for_intake()
        rows = _locked({**_same(item), **like})
        for row in rows:
            override(row, should=should, text=row.arrival.text, rating=row.arrival.rating)
            row.correction = said
        _store(rows, now)
        _tell(by, item, "text.corrected", len(rows), should, now)
    return Corrected(item_of(by.workspace.pk, item_id), len(rows))


def undo(by: Access, item_id: int, *, now: datetime) -> Corrected:
    """All that was said with this correction counts no longer: those messages are what the scorer
    says they are, AT_ONCE at a time and this one last, so that whoever is interrupted can say it
    again. Nothing happens where nobody said anything. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    item = item_of(by.workspace.pk, item_id)
    changed, over = 0, not item.corrected
    while not over:
        some = _next_said_with(item)
        judged = judging.judge([one.arrival for one in some], now=now)
        with transaction.atomic():
            wait_for_intake()
            changed += _scored_again(item, some, judged, now)
            over = not _said_with(item).exists()
            if over and changed:
                _take_back(by, item, changed, now)
    return Corrected(item_of(by.workspace.pk, item_id), changed)


def as_corrected(items: Sequence[Item], arrivals: Mapping[int, Arrival]) -> None:
    """New messages of words that somebody corrected are what they said of them last. One query, and a
    row for each text, however many copies there are."""
    asked = {item.digest for item in items if item.digest is not None and not item.own}
    if not asked:
        return
    rows = Item.objects.filter(
        workspace_id__in={item.workspace_id for item in items}, digest__in=asked, corrected=True
    )
    newest = rows.values("workspace_id", "digest").annotate(last=Max("pk")).values("last")
    rows = Item.objects.filter(pk__in=newest)
    known = {(row.workspace_id, row.digest): row for row in rows}
    for item in items:
        like = known.get((item.workspace_id, item.digest))
        if like is None or item.own:
            continue
        should = Head(like.reasons[0]) if like.reasons else None
        override(item, should=should, text=arrivals[item.pk].text, rating=arrivals[item.pk].rating)
        item.correction_id = like.correction_id


def _said(by: Access, text: str, should: Head | None, now: datetime) -> Correction | None:
    """What scoring keeps of it; None where the model says the same by now, or said nothing."""
    try:
        return say(by, text[:LONGEST], should=should is not None, head=should, now=now)[0]
    except Invalid as error:
        if error.code in _NOTHING_TO_SAY:
            return None
        raise


def _like(item: Item, *, milder: bool) -> Seen:
    """The message, those of the same words, and its variants in its pile."""
    variants = {one.pk: one.words_at for one in _variants(item, milder=milder)}
    return {item.pk: item.words_at, **_same(item), **variants}


def _same(item: Item) -> dict[int, datetime | None]:
    """Those of the same words as it; one query. Asked again once the intake is waited for: a copy that
    was being taken in is there by then, and one that comes later sees what was said (as_corrected)."""
    if item.digest is None:
        return {}
    rows = Item.objects.filter(workspace_id=item.workspace_id, digest=item.digest, own=False)
    return dict(rows.order_by("-pk").values_list("pk", "words_at")[:MOST])


def _variants(item: Item, *, milder: bool) -> list[Item]:
    """milder: those alone that the scorer does not find more abusive than the corrected one."""
    own = signature(words(item.arrival.text))
    if own is None or item.pile_id is None:
        return []
    rows = (
        Item.objects.filter(pile_id=item.pile_id, own=False)
        .select_related("arrival")
        .defer("arrival__raw")
    )
    most = _abusive(item) + _SLACK
    known: dict[str, Signature | None] = {}
    like = []
    for row in rows.order_by("-pk")[:MOST]:
        text = row.arrival.text
        if text not in known:
            known[text] = signature(words(text))
        other = known[text]
        near = other is not None and alike(own, other) >= ALIKE
        if near and not (milder and _abusive(row) > most):
            like.append(row)
    return like


def _abusive(item: Item) -> float:
    return max((item.chances.get(head.value, 0.0) for head in ABUSE), default=0.0)


def _said_with(item: Item) -> QuerySet[Item]:
    """The messages that were corrected with this one, itself among them."""
    rows = Item.objects.filter(workspace_id=item.workspace_id, corrected=True)
    if item.correction_id is not None:
        return rows.filter(correction_id=item.correction_id)
    same = Q(pk=item.pk) if item.digest is None else Q(digest=item.digest)
    return rows.filter(same, correction=None)


def _next_said_with(item: Item) -> list[Item]:
    rows = _said_with(item).select_related("arrival__workspace").order_by("-pk")
    return list(rows.exclude(pk=item.pk)[:AT_ONCE]) or list(rows)


def _scored_again(item: Item, some: Sequence[Item], judged: Judged, now: datetime) -> int:
    """How many of these are what the scorer says: those of which nobody said anything else since."""
    locked = _locked({one.pk: one.words_at for one in some})
    rows = [row for row in locked if row.corrected and row.correction_id == item.correction_id]
    for row in rows:
        said = row.arrival
        judging.apply(row, judged.texts.get(row.pk), text=said.text, rating=said.rating)
    _store(rows, now)
    return len(rows)


def _take_back(by: Access, item: Item, changed: int, now: datetime) -> None:
    if item.correction is not None:
        withdraw(by, item.correction, now=now)
    _tell(by, item, "text.uncorrected", changed, None, now)


def _locked(seen: Seen) -> list[Item]:
    """Those whose words are still the ones that were seen, after their conversations."""
    lock_talks_of(seen)
    of = ("self",) if connection.features.has_select_for_update_of else ()
    rows = Item.objects.select_for_update(of=of).filter(pk__in=seen)
    locked = rows.select_related("arrival").defer("arrival__raw").order_by("pk")
    return [row for row in locked if row.words_at == seen[row.pk]]


def _store(rows: Sequence[Item], now: datetime) -> None:
    Item.objects.bulk_update(rows, JUDGED, batch_size=200)
    roll_up({row.thread_id for row in rows}, now=now)


def _tell(
    by: Access,
    item: Item,
    verb: str,
    changed: int,
    should: Head | None,
    now: datetime,
) -> None:
    data = {"item": item.pk, "kind": should.value if should else "", "messages": changed}
    fact = Fact(by.workspace.pk, verb, "thread", item.thread_id, data)
    record([fact], by=by.person.pk, now=now)
