"""A veiled message with its insults masked: read without being exposed to them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from breakwater.domain.masking import Looked, Piece, masked
from breakwater.domain.scoring.scores import Band, Head
from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.shield import SWEARS, Level, Shield
from breakwater.domain.triage import Category
from breakwater.inbox.models import Item
from breakwater.inbox.reading import Message, Opened, message, why_unlooked
from breakwater.inbox.selectors import item_of
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.scoring.services import score
from breakwater.wellbeing.selectors import shield_of

_GRAVE = {Head.THREAT.value, Head.IDENTITY_HATE.value, Head.SEXUAL.value}


def without_insults(by: Access, item_id: int, *, now: datetime) -> Message:
    """The message as the person is shown it, with its masked text where its text is veiled: no
    exposure, so nothing is counted. Several passes of the scorer. Raises: NotFound."""
    item = item_of(by.workspace.pk, item_id)
    shield = shield_of(by.person, by.workspace.pk)
    shown = message(item, shield)
    if shown.text is not None:
        return shown
    return message(item, shield, Opened(masked={item.pk: pieces(by.workspace, item, shield, now)}))


def pieces(workspace: Workspace, item: Item, shield: Shield, now: datetime) -> Sequence[Piece]:
    """() where nothing harmless is left, or nobody could say."""
    if item.rank is None or why_unlooked(item):
        return ()
    kind = Head(item.reasons[0]) if item.reasons else Head.ABUSIVE

    def look(texts: Sequence[str], *, spans: bool) -> Sequence[Looked]:
        some = [Text(text, item.language) for text in texts]
        said = score(workspace, some, now=now, explain=spans, asks=False)
        return [Looked(one.rank, one.score.spans) for one in said]

    def offending(words: Collection[str]) -> Collection[str]:
        said = score(workspace, [Text(one, item.language) for one in words], now=now, asks=False)
        return [
            word for word, one in zip(words, said, strict=True)
            if one.band in (Band.VEILED, Band.HELD)
            or one.score.chances.get(Head.PROFANITY, 0.0) >= SWEARS
        ]  # fmt: skip

    found = masked(
        item.arrival.text, look, worst=_worst(item, shield), kind=kind, offending=offending,
        names=(workspace.name,),
    )  # fmt: skip
    return found or ()


def _worst(item: Item, shield: Shield) -> int:
    """What remains of hate or a threat has to be as harmless as for a careful reader: its words are
    mostly none that a scorer finds one by one."""
    grave = item.category == Category.THREAT or not _GRAVE.isdisjoint(item.reasons)
    least = Level.CAREFUL if grave else Level.ABUSE
    return int(max(least, min(shield.level, Level.CAREFUL)))
