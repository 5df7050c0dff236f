"""What can be done on the network about a message, what was done, and how far that is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import all_allowed, manifest
from breakwater.core.messages import say, sentence
from breakwater.delivery.services.talking import NEEDS, refusal
from breakwater.domain import deeds
from breakwater.domain.errors import NotFound, Problem, Unsupported
from breakwater.domain.kinds import OPPOSITES
from breakwater.domain.triage import Category
from breakwater.inbox.models import Answer, Item
from breakwater.networks.base import Deed

OFFERED = (
    Deed.LIKE, Deed.HIDE, Deed.REMOVE, Deed.MUTE, Deed.BLOCK, Deed.UNFOLLOW, Deed.REPORT,
)  # fmt: skip
"""In the order in which they are offered; their opposites only as a way back."""

NEVER_WAS = frozenset({"failed", "cancelled"})
"""States of a delivery after which its deed is not done."""


_BEFORE = {
    "cannot_there": "deed_not_there", "cannot_not_granted": "deed_not_granted",
    "cannot_refused": "deed_refused_before",
}  # fmt: skip
"""Code of a refusal -> the same, said before anybody tries."""


@dataclass(frozen=True)
class Powers:
    """What one account may. no: deed -> a sentence that says why not. notes: what the network makes
    of a deed that it has. for_good: deeds that nothing takes back there."""

    no: Mapping[Deed, str] = field(default_factory=dict)
    notes: Mapping[Deed, str] = field(default_factory=dict)
    for_good: Collection[Deed] = ()


@dataclass(frozen=True)
class Possible:
    """Whether a deed can be done to one message. why: a sentence where not; note: where it can."""

    deed: Deed
    yes: bool
    why: str = ""
    note: str = ""
    for_good: bool = False


def powers_of(channel: Channel) -> Powers:
    """One query."""
    if channel.state == "disconnected":
        return Powers(dict.fromkeys(OFFERED, sentence("channel_disconnected")))
    try:
        may, known = all_allowed(channel), manifest(channel.network)
    except Unsupported as error:
        return Powers(dict.fromkeys(OFFERED, say(error)))
    no, notes = {}, {}
    for deed in OFFERED:
        can = NEEDS[deed]
        problem = refusal(channel, can, may[can])
        capability = known.can.get(can)
        if problem is not None:
            no[deed] = _why(problem)
        elif capability is not None and capability.note:
            notes[deed] = gettext(capability.note)
    lasting = [one for one in OFFERED if one in known.for_good or one.value not in OPPOSITES]
    return Powers(no, notes, lasting)


def _why(problem: Problem) -> str:
    """The network's own note where there is one: it says what to do instead."""
    note = problem.data.get("note")
    if problem.code == "cannot_there" and note:
        return str(note)
    return sentence(_BEFORE[problem.code], problem.data)


def possible(item: Item, powers: Powers) -> list[Possible]:
    """What can be done about this message; of what cannot, why not. item: with its contact."""
    return [one_of(item, deed, powers) for deed in OFFERED] if not item.own else []


def one_of(item: Item, deed: Deed, powers: Powers) -> Possible:
    if deed in powers.no:
        return Possible(deed, False, powers.no[deed])
    code = unfit(item, deed)
    if code:
        return Possible(deed, False, sentence(code))
    return Possible(deed, True, note=powers.notes.get(deed, ""), for_good=deed in powers.for_good)


def unfit(item: Item, deed: Deed) -> str:
    """Code of why this very message does not let it be done; "" where it does."""
    if item.own:
        return "deed_own_message"
    if item.gone and deed.value not in deeds.ON_PEOPLE:
        return "deed_message_gone"
    author = item.contact_id is not None
    return "" if deeds.fits(deed.value, item.what, author=author) else "deed_not_for_this"


def ranked(item: Item) -> deeds.Ranked:
    return Category(item.category), item.rank


def answer_of(workspace_id: UUID, answer_id: UUID) -> Answer:
    """A deed, with all that is shown of it. Raises: NotFound for none and another workspace's."""
    rows = Answer.objects.filter(workspace_id=workspace_id, pk=answer_id).exclude(deed="")
    row = rows.select_related("delivery__channel", "item__contact", "by", "undone").first()
    if row is None or row.item is None:
        raise NotFound(what="deed")
    return row


def done_to(items: Sequence[Item]) -> dict[int, list[Answer]]:
    """Item id -> deeds on it, or on who wrote it by way of another message of the channel, oldest
    first; of a deed and what took it back the later one. items: with their arrivals. One query."""
    people = {item.contact_id for item in items if item.contact_id}
    on_people = Q(item__contact_id__in=people, deed__in=deeds.ON_PEOPLE)
    rows = Answer.objects.filter(
        Q(item_id__in=[item.pk for item in items]) | on_people,
        workspace_id__in={item.workspace_id for item in items},
    ).exclude(deed="")
    related = ("delivery__channel", "item__contact", "by", "undone")
    return by_item(items, list(rows.select_related(*related).order_by("created_at", "pk")))


def by_item(items: Sequence[Item], rows: Sequence[Answer]) -> dict[int, list[Answer]]:
    """As `done_to`, of rows that were read already (answers.around). No query."""
    done = [one for one in rows if one.deed]
    return {item.pk: _latest(one for one in done if _about(one, item)) for item in items}


def _about(answer: Answer, item: Item) -> bool:
    if answer.item_id == item.pk:
        return True
    if answer.item is None or item.contact_id is None or answer.deed not in deeds.ON_PEOPLE:
        return False
    here = answer.delivery.channel_id == item.arrival.channel_id
    return here and answer.item.contact_id == item.contact_id


def _latest(answers: Iterable[Answer]) -> list[Answer]:
    """Of a deed and its opposite the last one."""
    last: dict[str, Answer] = {}
    for one in answers:
        name = one.deed.removeprefix("un") if one.deed in OPPOSITES else one.deed
        last.pop(name, None)
        last[name] = one
    return list(last.values())


def reported(items: Sequence[Item]) -> set[int]:
    """Ids of those that were reported: a network counts each report. One query."""
    rows = Answer.objects.filter(item_id__in=[item.pk for item in items], deed=Deed.REPORT)
    return set(rows.exclude(delivery__state__in=NEVER_WAS).values_list("item_id", flat=True))


def stands(answer: Answer) -> bool:
    """Whether it is done, or on its way."""
    return answer.delivery.state not in NEVER_WAS


def undoable(answer: Answer, powers: Powers) -> bool:
    """Whether it can be taken back: by its opposite, or because it has not left yet."""
    deed = answer.deed
    if deed.startswith("un") or not stands(answer) or deed not in OPPOSITES:
        return False
    return Deed(deed) not in powers.no and Deed(deed) not in powers.for_good
