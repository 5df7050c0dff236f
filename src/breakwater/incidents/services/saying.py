"""A statement about an incident: checked, written as a post that passes a pause, and never without
somebody else's yes where there is somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery, UUIDField

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain import statements
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.kinds import PUBLISH
from breakwater.domain.statements import APOLOGY, KINDS, PARTS, Words
from breakwater.evidence.models import Capture
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import PROMISE
from breakwater.incidents.models import Incident, Statement, Task
from breakwater.incidents.services.tasks import copy, somebody
from breakwater.incidents.services.timeline import note
from breakwater.notices.services import tell
from breakwater.notices.services.bounding import enough, key_for
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Decision, Post
from breakwater.publishing.ruling import STATEMENT
from breakwater.publishing.services import new_post, send_late, send_now, submit

PART_MAX = 2000
PROOF_MAX = 1000
_TASK_MAX = 500
PROMISED_WITHIN = timedelta(days=14)
_PLANNED_IN = timedelta(hours=1)
"""It leaves at the yes; this is only until when it waits for one without asking again."""
_YES_LASTS = timedelta(hours=1)
"""A yes that nothing came of for so long no longer sends: a person looks at it again."""
_WAITED_FOR = timedelta(days=1)
_PINNED_WITHIN = timedelta(minutes=5)
_AT_ONCE = 20
RINGS = "statement"
"""Under keys of this sort whoever may approve is rung."""


@dataclass(frozen=True)
class Draft:
    """What a person typed. parts: of statements.OF_KIND. proof: what shows that somebody broke in, ""
    where that is not claimed. alone: they confirm it themselves, where nobody else could say yes.
    as_thread: one post for each part. due_at: until when what changes has changed. of: the statement
    that it translates."""

    kind: str
    language: str
    parts: Mapping[str, str]
    channels: tuple[UUID, ...]
    signer: UUID | None = None
    signer_named: bool = False
    author_willing: bool | None = None
    claims_hack: bool = False
    proof: str = ""
    alone: bool = False
    as_thread: bool = False
    due_at: datetime | None = None
    of: UUID | None = field(default=None)


def write(by: Access, incident: Incident, draft: Draft, *, now: datetime) -> Statement:
    """The statement waits for somebody else's yes, and leaves with it, whatever is paused.

    Raises: Forbidden; Invalid "statement_stops" with `findings` (domain.statements), "findings_stop"
    with those of its post, "statement_author_named", "statement_alone" where nobody else can say yes
    and `alone` was not chosen; "statement_translation"; NotFound; StaleState "incident_closed".
    """
    checks.may(by, Right.RESPOND)
    checks.may(by, Right.WRITE)
    of = _original(incident, draft)
    if of is not None:  # what shows it shows it in each language
        draft = replace(draft, proof=draft.proof or proof_of(of))
    said = _checked(by, incident, draft)
    with transaction.atomic():
        silent = enough(by.workspace.pk, RINGS, by.person.pk, now=now)
        post = new_post(
            by.workspace.pk, by=by.person.pk, content=_content(by, draft, said, now),
            purpose=STATEMENT, now=now,
            statement={"kind": draft.kind, "proved": bool(draft.proof.strip())},
        )  # fmt: skip
        row = _row(by, incident, draft, post, of, now)
        _submit(post, by, draft, now)
        _promise(row, draft, said, now)
        data = {"kind": draft.kind}
        note(incident, "statement", by=by.person.pk, data=data, now=now)
        _ring(by, incident, post, now, silent=silent)
    return row


def let_leave(now: datetime) -> int:
    """Statements that somebody said yes to lately leave now, in the name of that person, however late
    the yes came. How many."""
    about = Decision.objects.filter(version_id=OuterRef("version_id"))
    yes = about.filter(
        approved=True, revoked_at=None, about="version", created_at__gt=now - _YES_LASTS
    )
    waiting = Post.objects.filter(purpose=STATEMENT, state="scheduled", left_at=None).filter(
        Exists(yes), ~Exists(about.filter(about="now"))
    )
    done = 0
    who = Subquery(yes.values("person_id")[:1], output_field=UUIDField())
    for post in waiting.annotate(yes=who).order_by("pk")[:_AT_ONCE]:
        try:
            _leave(post, by=post.yes, now=now)
        except (Forbidden, StaleState):
            continue
        done += 1
    return done


def _leave(post: Post, *, by: UUID, now: datetime) -> None:
    """What was put aside meanwhile because the yes came late, and all the rest with it."""
    late = Delivery.objects.filter(source__in=[post.version_id], kind=PUBLISH, state="missed")
    with transaction.atomic():
        for one in late.order_by("pk"):
            send_late(one, by=by, now=now)
        send_now(post, by=by, now=now)


def waits(incident: Incident, now: datetime) -> bool:
    """A statement about it, not older than a day, waits for its yes, is on its way out, or has just
    left and is read back and pinned: its channels are still needed."""
    waiting = Q(
        post__left_at=None, post__state__in=("in_review", "approved", "scheduled"),
        created_at__gt=now - _WAITED_FOR,
    )  # fmt: skip
    return Statement.objects.filter(
        waiting | Q(post__left_at__gt=now - _PINNED_WITHIN), incident=incident
    ).exists()


def words_of(draft: Draft) -> Words:
    return Words(
        draft.kind, draft.parts, draft.language, draft.claims_hack, 1 if draft.proof.strip() else 0
    )


def _checked(by: Access, incident: Incident, draft: Draft) -> Words:
    if incident.state != "open":
        raise StaleState(code="incident_closed")
    one_of(draft.kind, KINDS, "kind")
    one_of(draft.language, ("en", "fr"), "language")
    for part, text in draft.parts.items():
        words(text, part, PART_MAX, needed=False)
    words(draft.proof, "proof", PROOF_MAX, needed=False)
    said = words_of(draft)
    stops = [one for one in statements.check(said) if one.stop]
    if stops:
        raise Invalid(code="statement_stops", findings=stops)
    if draft.author_willing and draft.signer_named:
        raise Invalid(code="statement_author_named", field="signer_named")
    known = Channel.objects.filter(workspace=by.workspace, pk__in=draft.channels).count()
    if not draft.channels or known != len(set(draft.channels)):
        raise Invalid(code="field_missing", field="channels")
    return said


def _content(by: Access, draft: Draft, said: Words, now: datetime) -> Content:
    wall = (now + _PLANNED_IN).astimezone(ZoneInfo(by.workspace.zone))
    texts = (
        statements.text_of(said).split("\n\n") if draft.as_thread else [statements.text_of(said)]
    )
    return Content(
        text=texts[0], thread=tuple(texts[1:]), language=draft.language,
        targets={channel: TargetOf() for channel in draft.channels},
        wall=f"{wall:%Y-%m-%dT%H:%M}", zone=by.workspace.zone,
    )  # fmt: skip


def proof_of(statement: Statement) -> str:
    """What shows that somebody broke in, in the words of whoever wrote it."""
    return next((str(one["said"]) for one in statement.proof if "said" in one), "")


def _original(incident: Incident, draft: Draft) -> Statement | None:
    """The statement that it translates: of the same kind, in another language, once in each."""
    if draft.of is None:
        return None
    of = Statement.objects.filter(incident=incident, pk=draft.of).first()
    if of is None:
        raise NotFound(what="statement")
    there = {of.language, *of.translations.values_list("language", flat=True)}
    if of.of_id is not None or of.kind != draft.kind or draft.language in there:
        raise Invalid(code="statement_translation", field="of")
    return of


def _row(
    by: Access,
    incident: Incident,
    draft: Draft,
    post: Post,
    of: Statement | None,
    now: datetime,
) -> Statement:
    sealed = Capture.objects.filter(incident=incident.pk, state="sealed").values_list(
        "pk", flat=True
    )
    proof = [{"said": draft.proof.strip()}, *({"capture": str(pk)} for pk in sealed)]
    return Statement.objects.create(
        incident=incident, kind=draft.kind, post=post, language=draft.language, of=of,
        parts={part: draft.parts.get(part, "") for part in (*PARTS, statements.NEXT)},
        signer=somebody(by, draft.signer), signer_named=draft.signer_named,
        author_willing=draft.author_willing, claims_hack=bool(draft.proof.strip()),
        proof=proof if draft.proof.strip() else [], by=by.person, created_at=now,
    )  # fmt: skip


def _submit(post: Post, by: Access, draft: Draft, now: datetime) -> None:
    """Where nobody else could say yes, the author's own word stands for it."""
    try:
        submit(post, by=by.person.pk, now=now)
    except Invalid as error:
        if error.code != "confirmation_needed":
            raise
        if not draft.alone:
            raise Invalid(code="statement_alone", field="alone") from error
        submit(post, by=by.person.pk, now=now, confirmed_digest=str(error.data["digest"]))


def _promise(row: Statement, draft: Draft, said: Words, now: datetime) -> None:
    due = draft.due_at or now + PROMISED_WITHIN
    promising = draft.kind == APOLOGY and row.of_id is None  # a translation promises nothing new
    tasks = [
        Task(
            key=f"promise:{row.pk}:{at}", text=text[:_TASK_MAX], source=PROMISE, due_at=due,
            nag_at=due, who=row.signer, position=200 + at, created_at=now,
        )
        for at, text in enumerate(statements.promises(said) if promising else ())
    ]  # fmt: skip
    copy(row.incident, tasks)


def _ring(by: Access, incident: Incident, post: Post, now: datetime, *, silent: bool) -> None:
    """silent: those who approve were rung lately: they find it in the same list, and by their mail."""
    key = f"{RINGS}_quiet:{post.pk}" if silent else key_for(RINGS, by.person.pk, post.pk)
    others = [one for one in with_right(by.workspace.pk, Right.APPROVE) if one != by.person]
    tell(
        others, "statement_to_approve", key=key,
        data={"who": by.person.name, "number": incident.number},
        path=f"/w/{by.workspace.slug}/posts/{post.pk}/", workspace_id=by.workspace.pk, now=now,
        urgent=not silent,
    )  # fmt: skip
