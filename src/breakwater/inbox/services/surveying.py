"""Asking people how it was (CSAT), once, and hearing what they say without a conversation of it.

Asked is who wrote us directly and was answered by a person, some minutes after it was done, as that
person and by the rules of any answer. Never somebody in danger, nor after abuse.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zlib import crc32

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, Problem
from breakwater.domain.shield import Level
from breakwater.domain.surveys import LANGUAGES, WITHIN, question_in, score_in
from breakwater.domain.triage import Category
from breakwater.inbox.models import Answer, Item, Setup, Survey, Thread
from breakwater.inbox.services.answering import Sending, check_words, send
from breakwater.inbox.services.own_setup import own_setup
from breakwater.inbox.services.settling import locked
from breakwater.networks.base import What
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access

PAUSE = timedelta(minutes=10)
"""After it was done: not in the same breath, and not where it is opened again at once."""
LATEST = timedelta(hours=2)
"""Who was not asked by then is not asked: somebody has to remember what it is about."""
AT_ONCE = 20
"""Conversations of each workspace that are tried in one turn."""
LONGEST = 500
_HURTS = (Category.DANGER, Category.THREAT, Category.ABUSE)


def choose(by: Access, texts: Mapping[str, str], *, on: bool, now: datetime) -> None:
    """Whether people are asked, and in which words of the workspace's own, by language. Raises:
    Forbidden; Invalid("field_too_long")."""
    checks.may(by, Right.INVITE)
    kept = {code: texts.get(code, "").strip() for code in LANGUAGES}
    for code, words in kept.items():
        if len(words) > LONGEST:
            raise Invalid(code="field_too_long", field=f"text_{code}", most=LONGEST)
    with transaction.atomic():
        row = own_setup(by.workspace.pk, now=now)
        row.survey, row.survey_texts = on, {code: one for code, one in kept.items() if one}
        row.save(update_fields=["survey", "survey_texts"])
        fact = Fact(by.workspace.pk, "inbox.survey", "workspace", by.workspace.pk, {"on": on})
        record([fact], by=by.person.pk, now=now)


def ask(*, now: datetime) -> int:
    """How many people were asked. Run twice at once, each is asked by one of the two. No workspace
    waits for another; where many are due in one, others of them are tried each time, so that those who
    cannot be asked keep nobody waiting. Two queries for each workspace, and one."""
    due = _due(now).order_by().values_list("workspace_id").annotate(n=Count("pk"))
    return sum(
        _ask(workspace_id, thread_id, now)
        for workspace_id, count in due for thread_id in _some(workspace_id, count, now)
    )  # fmt: skip


def hear(items: Sequence[Item], texts: Mapping[int, str]) -> int:
    """How many of these new messages say how it was; they wait for nothing. Only the next message
    of who was asked is taken for it. Call it inside the intake's transaction. One query where none
    of them looks like a score. texts: item id -> its words."""
    scores = {
        one.pk: score for one in items
        if not one.own and one.what == What.MESSAGE and not one.danger
        and (score := score_in(texts.get(one.pk, "")))
    }  # fmt: skip
    rows = Item.objects.filter(pk__in=scores).order_by("at", "pk") if scores else []
    return sum(_heard(item, scores[item.pk]) for item in rows)


def _some(workspace_id: UUID, count: int, now: datetime) -> list[UUID]:
    """Ids of AT_ONCE of those that are due there, of another part of them at another moment."""
    part = crc32(now.isoformat().encode()) % -(-count // AT_ONCE)
    rows = _due(now).filter(workspace_id=workspace_id).values_list("pk", flat=True)
    return list(rows[part * AT_ONCE : (part + 1) * AT_ONCE])


def _due(now: datetime) -> QuerySet[Thread]:
    on = Setup.objects.filter(survey=True, approval=False).values("workspace_id")
    rows = Thread.objects.filter(
        workspace_id__in=on, what=What.MESSAGE, state="done", danger=False,
        state_at__lte=now - PAUSE, state_at__gt=now - LATEST,
    )  # fmt: skip
    mine = Answer.objects.filter(thread=OuterRef("pk"), deed="", by__isnull=False)
    fresh = rows.filter(Exists(mine), ~Exists(Survey.objects.filter(thread=OuterRef("pk"))))
    calm = fresh.exclude(Exists(_hurtful().filter(thread=OuterRef("pk"))))
    return calm.order_by("state_at", "pk")


def _hurtful() -> QuerySet[Item]:
    """Messages after which nobody is asked: also what nobody could score."""
    unkind = Q(category__in=_HURTS) | Q(rank__lte=Level.ABUSE) | Q(rank=None)
    return Item.objects.filter(Q(danger=True) | unkind, own=False)


def _ask(workspace_id: UUID, thread_id: UUID, now: datetime) -> bool:
    try:
        with transaction.atomic():
            thread = locked(workspace_id, thread_id)
            if thread is None or not _due(now).filter(pk=thread.pk).exists():
                return False
            return _sent(thread, now)
    except (Problem, Forbidden, NotFound):
        return False


def _sent(thread: Thread, now: datetime) -> bool:
    """By who answered last. Raises what an answer does, and NotFound or Forbidden for who may not
    answer there any more."""
    said = Answer.objects.filter(thread=thread, deed="", by__isnull=False).select_related("by")
    by = said.latest("created_at").by
    theirs = Item.objects.filter(thread=thread, own=False, gone=False).select_related("arrival")
    last = theirs.order_by("-at", "-pk").first()
    setup = Setup.objects.select_related("workspace").get(workspace_id=thread.workspace_id)
    if by is None or last is None:
        return False
    access(by, setup.workspace.slug, Right.ANSWER)
    code, words = question_in(
        thread.language, setup.survey_texts, otherwise=setup.workspace.language
    )
    check_words(last, thread.channel, words, now=now)
    request = uuid5(thread.pk, "survey")
    sending = Sending(words, code, request, author=by.pk, by=by.pk, upto=0, keep_open=True)
    made = send(thread, last, sending, now=now)
    Survey.objects.create(
        workspace_id=thread.workspace_id, thread=thread, answer=made, created_at=now
    )
    return True


def _heard(item: Item, score: int) -> bool:
    waiting = Survey.objects.filter(
        thread_id=item.thread_id, score=None, created_at__lte=item.at,
        created_at__gte=item.at - WITHIN,
    )  # fmt: skip
    survey = waiting.select_for_update().first()
    if survey is None:
        return False
    before = Item.objects.filter(thread_id=item.thread_id, own=False, at__gt=survey.created_at)
    if before.filter(Q(at__lt=item.at) | Q(at=item.at, pk__lt=item.pk)).exists():
        return False
    waiting.filter(pk=survey.pk).update(score=score, item=item)
    Item.objects.filter(pk=item.pk).update(closed=True)
    return True
