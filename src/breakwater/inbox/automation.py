"""What rules know of messages, and what a rule would have done lately: reading, nothing is written."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from breakwater.channels.selectors import allows
from breakwater.delivery.services.talking import NEEDS
from breakwater.domain.automation import Case, Condition, conditions_of, matches
from breakwater.domain.automation_deeds import HARMLESS, Action, actions_of
from breakwater.domain.business_hours import Hours, parse
from breakwater.domain.errors import NotFound
from breakwater.domain.shield import USUAL
from breakwater.domain.triage import Category
from breakwater.inbox import guard
from breakwater.inbox.deeds import unfit
from breakwater.inbox.desk import setups_of
from breakwater.inbox.models import Item, Rule, RuleRun
from breakwater.networks.base import Deed
from breakwater.people.models import Workspace

DAYS = 30
MOST = 20_000
"""Messages that a dry run looks at: the newest."""
SAMPLES = 10
SOME = 500
"""Different words that are asked for by themselves; for more, everything is looked through."""
_HOUR = timedelta(hours=1)
_WITH = ("arrival__channel", "contact", "thread")
_DEEDS = {"hide": Deed.HIDE, "mute": Deed.MUTE}


@dataclass(frozen=True)
class Counts:
    """Per author the ids of messages of theirs, and of abusive ones; per words when they came. Empty
    where nobody asks."""

    theirs: Mapping[UUID | None, Sequence[int]] = field(default_factory=dict)
    abusive: Mapping[UUID | None, Sequence[int]] = field(default_factory=dict)
    said: Mapping[tuple[UUID, int | None], Sequence[datetime]] = field(default_factory=dict)

    def case(self, item: Item) -> Case:
        """The item must come with its arrival, channel and contact."""
        so_far, veiled = self._author(item)
        moments = self.said.get((item.workspace_id, item.digest), ())
        equal = bisect_right(moments, item.at) - bisect_left(moments, item.at - _HOUR)
        return Case(
            item.arrival.channel.network, item.what, item.arrival.text, item.category, item.at,
            item.chances, item.rank, item.language, so_far, veiled, max(equal, 1),
        )  # fmt: skip

    def _author(self, item: Item) -> tuple[int, int]:
        """What is known of them now, less what came later."""
        if item.contact is None:
            return 1, 0
        later = _after(self.theirs.get(item.contact_id, ()), item.pk)
        worse = _after(self.abusive.get(item.contact_id, ()), item.pk)
        return max(item.contact.items - later, 1), max(item.contact.veiled - worse, 0)


@dataclass
class Tried:
    """A dry run. looked: messages; capped: there were more. actions: action -> messages; spared:
    (action, why) -> messages that it would have left to people. categories: -> messages; samples: the
    newest items of each. busiest: messages in one hour, at most."""

    since: datetime
    looked: int = 0
    capped: bool = False
    matched: int = 0
    busiest: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    spared: Counter[tuple[str, str]] = field(default_factory=Counter)
    categories: Counter[Category] = field(default_factory=Counter)
    samples: dict[Category, list[Item]] = field(default_factory=dict)


def rules_of(workspace_id: UUID) -> list[Rule]:
    """In the order in which they act. One query."""
    return list(Rule.objects.select_related("by").filter(workspace_id=workspace_id))


def rule_of(workspace_id: UUID, rule_id: UUID) -> Rule:
    """Raises: NotFound for none and for another workspace's alike."""
    row = Rule.objects.select_related("by").filter(workspace_id=workspace_id, pk=rule_id).first()
    if row is None:
        raise NotFound(what="rule")
    return row


def runs_of(rule: Rule, *, limit: int = 20) -> list[RuleRun]:
    """The newest, with their items. One query."""
    rows = RuleRun.objects.select_related("item__arrival", "item__thread").filter(rule=rule)
    return list(rows.order_by("-created_at", "-pk")[:limit])


def hours_of(workspaces: Collection[Workspace]) -> dict[UUID, Hours]:
    """By workspace. One query."""
    setups = setups_of(workspaces)
    return {
        one.pk: parse(setups[one.pk].hours, setups[one.pk].closing_days, one.zone)
        for one in workspaces
    }


def counts_of(items: Sequence[Item], names: AbstractSet[str]) -> Counts:
    """What conditions of these names want to know of these items. At most two queries."""
    counts = Counts()
    if not items:
        return counts
    if names & {"author", "author_veiled"}:
        counts = _of_authors(items)
    if "equal" in names:
        counts = Counts(counts.theirs, counts.abusive, _of_words(items))
    return counts


def spared(do: str, item: Item) -> str:
    """Why a machine leaves this to people; "" where it need not. The item must come with its thread."""
    if do in HARMLESS:
        return ""
    if not guard.may_machine_answer(item) or not guard.may_set_aside(item.thread):
        return "danger"
    if item.rank is None:
        return "unscored"
    if do in ("answer", "done") and guard.is_threat(item):
        return "threat"
    return ""


def try_out(rule: Rule, workspace: Workspace, *, now: datetime) -> Tried:
    """What it would have done in the last DAYS, by what is known of those messages today; at most MOST
    of them are looked at. Raises: Invalid for a rule that says what nobody knows."""
    conditions, actions = conditions_of(rule.conditions), actions_of(rule.actions)
    hours = hours_of([workspace])[workspace.pk]
    tried = Tried(since=now - timedelta(days=DAYS))
    rows = Item.objects.filter(workspace=workspace, own=False, gone=False, at__gte=tried.since)
    items = list(
        rows.select_related(*_WITH).defer("arrival__raw").order_by("-at", "-pk")[: MOST + 1]
    )
    tried.capped, items = len(items) > MOST, items[:MOST]
    tried.looked = len(items)
    found = _matching(items, conditions, hours)
    able = _Able()
    for item in found:
        _note(tried, item, actions, able)
    tried.matched = len(found)
    tried.busiest = busiest([item.at for item in found])
    return tried


def busiest(moments: Sequence[datetime]) -> int:
    """How many of these lie within one hour, at most."""
    ordered, first, most = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= _HOUR:
            first += 1
        most = max(most, last - first + 1)
    return most


class _Able:
    """Whether accounts can do a deed, each asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, Deed], bool] = {}

    def __call__(self, item: Item, deed: Deed) -> bool:
        key = item.arrival.channel_id, deed
        if key not in self._known:
            self._known[key] = allows(item.arrival.channel, NEEDS[deed]).yes
        return self._known[key] and not unfit(item, deed)


def _matching(items: Sequence[Item], conditions: Sequence[Condition], hours: Hours) -> list[Item]:
    counts = counts_of(items, {one.name for one in conditions})
    return [item for item in items if matches(counts.case(item), conditions, hours)]


def _note(tried: Tried, item: Item, actions: Sequence[Action], able: _Able) -> None:
    category = Category(item.category)
    tried.categories[category] += 1
    if len(tried.samples.setdefault(category, [])) < SAMPLES:
        tried.samples[category].append(item)
    for action in actions:
        why = spared(action.do, item)
        if not why and action.do in _DEEDS and not able(item, _DEEDS[action.do]):
            why = "cannot"
        if why:
            tried.spared[action.do, why] += 1
        else:
            tried.actions[action.do] += 1


def _of_authors(items: Sequence[Item]) -> Counts:
    rows = Item.objects.filter(
        workspace_id__in={one.workspace_id for one in items}, own=False, contact__isnull=False,
        pk__gte=min(one.pk for one in items),
    )  # fmt: skip
    theirs: dict[UUID | None, list[int]] = defaultdict(list)
    abusive: dict[UUID | None, list[int]] = defaultdict(list)
    newest = rows.order_by("-pk").values_list("pk", "contact_id", "rank")[: 2 * MOST]
    for pk, contact_id, rank in reversed(newest):
        theirs[contact_id].append(pk)
        if rank is not None and rank <= USUAL:
            abusive[contact_id].append(pk)
    return Counts(theirs, abusive)


def _of_words(items: Sequence[Item]) -> dict[tuple[UUID, int | None], list[datetime]]:
    moments = [one.at for one in items]
    rows = Item.objects.filter(
        workspace_id__in={one.workspace_id for one in items}, own=False, digest__isnull=False,
        at__gte=min(moments) - _HOUR, at__lte=max(moments),
    )  # fmt: skip
    digests = {one.digest for one in items if one.digest is not None}
    if len(digests) <= SOME:
        rows = rows.filter(digest__in=digests)
    said = defaultdict(list)
    newest = rows.order_by("-at", "-pk").values_list("workspace_id", "digest", "at")[:MOST]
    for workspace_id, digest, at in reversed(newest):
        said[workspace_id, digest].append(at)
    return said


def _after(ids: Sequence[int], pk: int) -> int:
    return len(ids) - bisect_right(ids, pk)
