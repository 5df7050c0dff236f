"""What happens next to a delivery: the algorithm of docs/delivery.md as pure functions.

Every answer is a `Next`: a state to move to (or to stay in), when to look at it again, and
the reason a person will read. The engine and the model of it both call these.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import ACT, DELETE, repeats
from breakwater.domain.timings import Timings

COMMIT_CALLS_FOR_LIFE = 6
BUDGET_USED = "budget_used"
"""Why a call was not made that would have been one more than the network allows in a while."""
_GROWTH = 3
_STEPS = 12  # beyond it every cap is reached
_RENEWALS = 3
_ASKING = {Outcome.SEVERAL: "several", Outcome.UNPROVABLE: "cannot_look"}
"""What a look found that only a person can judge, and why they are asked."""
_LACKING = {DELETE: "still_there", ACT: "not_so"}
"""Why a person is asked when what was accepted is not so afterwards; a post has vanished."""


@dataclass(frozen=True)
class Story:
    """What is known of a delivery when the next step is decided. All instants UTC.

    calls: commit calls so far that may have reached the network. looks: read-backs since it became unknown. doubtful: some
    call may have reached the network. kind: of delivery, deed: of an ACT (domain.kinds).
    unknown_since: when its last call ended without an answer, or its worker was found gone: not
    before then does a late request begin to be late.
    """

    guarantee: Guarantee
    calls: int
    looks: int
    probes: int
    doubtful: bool
    kind: str
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    accepted_at: datetime | None
    missed_at: datetime
    due_at: datetime | None = None
    unknown_since: datetime | None = None
    deed: str = ""

    @property
    def repeats(self) -> bool:
        """Whether it may be made again at will: a delete, an edit, most deeds."""
        return repeats(self.kind, self.deed)


@dataclass(frozen=True)
class Next:
    """state: where it goes (the same state: it only waits). at: not before."""

    state: str
    at: datetime
    reason: str = ""
    probe: bool = False


def backoff(tries: int, chance: float, timings: Timings) -> timedelta:
    """Full jitter: a random part of base x 3^(tries-1), at most the cap. chance: 0 <= c < 1."""
    growth: int = _GROWTH ** min(max(0, tries - 1), _STEPS)
    return min(timings.backoff_cap, timings.backoff_base * growth) * chance


def after_call(
    outcome: Outcome,
    story: Story,
    *,
    now: datetime,
    after_s: float | None,
    reason: str,
    chance: float,
    timings: Timings,
) -> Next:
    """What follows a prepare or commit call that ended in `outcome`."""
    if outcome is Outcome.ACCEPTED:
        return Next("accepted", now + timings.verify_after)
    if outcome is Outcome.UNKNOWN:
        return Next("unknown", now + timings.verify_after, "unknown")
    if outcome is Outcome.REFUSED:
        return _refused(story, now, reason)
    if outcome is Outcome.TOKEN:
        return Next("retry_wait", now + timedelta(seconds=after_s or 0.0), "reconnect")
    following = _again(outcome, story, now, after_s, chance, timings)
    if reason == BUDGET_USED and following.state == "retry_wait":
        return replace(following, reason=reason)
    return following


def after_token(refused: int, timings: Timings) -> timedelta | None:
    """How long a post waits after its sign-in was renewed, which had been `refused` times for it
    before; None: it is not renewed again, a person has to sign in.

    A network that has just given a new token may not know it everywhere for some seconds.
    """
    if refused >= _RENEWALS:
        return None
    growth: int = _GROWTH**refused
    return timings.backoff_base * growth if refused else timedelta(0)


def after_look(
    outcome: Outcome, story: Story, *, now: datetime, timings: Timings, exact: bool = True
) -> Next:
    """What follows a read-back of an `unknown` delivery.

    outcome: FOUND (one, ours), SEVERAL, ABSENT (the look was complete), UNREADABLE, UNPROVABLE
    (this network has nothing to look at). exact: the
    look asked by key or handle. A network that has those and answers with posts to choose
    from says that it is out, but not as which: then ABSENT is no leave to send it again.
    """
    if outcome is Outcome.FOUND:
        return Next("accepted", now + timings.verify_after)
    waited = now - (story.unknown_since or story.last_sent_at or now)
    if outcome is Outcome.UNREADABLE:
        return _cannot_look(now, waited, timings)
    if outcome in _ASKING:
        return Next("needs_human", now, _ASKING[outcome])
    if story.repeats:
        return _resend_at_rising_pauses(story, now, timings)
    if now - (story.first_sent_at or now) > timings.probe_within:
        return Next("needs_human", now, "not_found")  # so late, a person decides
    if story.guarantee in (Guarantee.LASTING_KEY, Guarantee.HANDLE):
        known = _resend_at_rising_pauses(story, now, timings)
        return known if exact else _unseen(now, waited, timings)
    if waited < timings.settle:
        return Next("unknown", now + (timings.settle - waited), "unknown")
    return _settled(story, now, waited, timings)


def after_verify(outcome: Outcome, story: Story, *, now: datetime, timings: Timings) -> Next:
    """What follows a read of an `accepted` delivery.

    outcome: FOUND (as it should be: for a delete, FOUND means "gone"), ABSENT (for a
    delete: still there), ALTERED, SEVERAL, UNREADABLE, UNPROVABLE.
    """
    if outcome is Outcome.FOUND:
        return Next("verified", now)
    if outcome is Outcome.UNPROVABLE:
        return Next("taken", now)
    if outcome in (Outcome.ALTERED, Outcome.SEVERAL):
        return Next("needs_human", now, outcome.value)
    age = now - (story.accepted_at or now)
    patience = timings.verify_give_up if outcome is Outcome.UNREADABLE else timings.verify_within
    if age < patience:
        pause = max(timings.verify_after, age / 2)
        return Next("accepted", now + min(pause, timings.backoff_cap))
    if outcome is Outcome.UNREADABLE:
        return Next("needs_human", now, "cannot_look")
    return Next("needs_human", now, _LACKING.get(story.kind, "vanished"))


def _refused(story: Story, now: datetime, reason: str) -> Next:
    if reason == "duplicate" and not story.repeats:
        # An equal text is up already: ours from a call that we thought lost, or a ghost.
        return Next("unknown", now, "duplicate")
    if story.doubtful:
        # A call before this one may have worked: a definite "no" to this one proves nothing.
        return Next("needs_human", now, reason or "refused")
    return Next("failed", now, reason or "refused")


def _again(
    outcome: Outcome,
    story: Story,
    now: datetime,
    after_s: float | None,
    chance: float,
    timings: Timings,
) -> Next:
    throttled = outcome is Outcome.THROTTLED
    reason = "throttled" if throttled else "not_reached"
    if throttled and story.calls >= COMMIT_CALLS_FOR_LIFE:
        return Next("needs_human", now, "too_many_tries")
    wish = timedelta(seconds=min(after_s or 0.0, timedelta(days=30).total_seconds()))
    at = now + max(wish, backoff(story.calls, chance, timings), _patience(story, now, timings))
    if throttled and at > story.missed_at and not story.doubtful:
        return Next("needs_human", now, "throttled_too_long")
    return Next("retry_wait", at, reason)


def _patience(story: Story, now: datetime, timings: Timings) -> timedelta:
    """A call that never left is not counted: it is made less and less often, until the post is
    missed (or, if an earlier one is in doubt, until a person is asked)."""
    late = now - (story.due_at or now)
    return min(timings.backoff_cap, max(timedelta(0), late) / 4)


def _resend(story: Story, now: datetime, *, probe: bool = False) -> Next:
    if story.calls >= COMMIT_CALLS_FOR_LIFE:
        return Next("needs_human", now, "too_many_tries")
    return Next("retry_wait", now, "same_again", probe=probe)


def _resend_at_rising_pauses(story: Story, now: datetime, timings: Timings) -> Next:
    """Where nothing has to settle, the calls for life would be spent within seconds while a
    network takes writes and answers none: the first repeat goes at once, each later one waits."""
    following = _resend(story, now)
    if story.calls <= 1 or following.state != "retry_wait":
        return following
    return replace(following, at=now + backoff(story.calls, 1.0, timings))


def _settled(story: Story, now: datetime, waited: timedelta, timings: Timings) -> Next:
    since_first = now - (story.first_sent_at or now)
    if story.guarantee is Guarantee.HOUR_KEY and since_first <= timings.key_life:
        return _resend(story, now)
    if story.guarantee is Guarantee.DUPLICATE_REFUSED:
        if story.probes == 0 and since_first <= timings.probe_within:
            return _resend(story, now, probe=True)
        return Next("needs_human", now, "not_found")
    second = timings.settle + timings.second_look
    if story.guarantee is Guarantee.NONE and waited < second:
        return Next("unknown", now + (second - waited), "unknown")
    return Next("needs_human", now, "not_found")


def _unseen(now: datetime, waited: timedelta, timings: Timings) -> Next:
    """It is out and not shown yet: looked for again, until it had time enough."""
    if waited >= timings.settle:
        return Next("needs_human", now, "not_found")
    pause = min(max(timings.verify_after, waited / 2), timings.settle - waited)
    return Next("unknown", now + pause, "unknown")


def _cannot_look(now: datetime, waited: timedelta, timings: Timings) -> Next:
    if waited >= timings.verify_give_up:
        return Next("needs_human", now, "cannot_look")
    pause = min(max(timings.verify_after, waited / 2), timings.backoff_cap)
    return Next("unknown", now + pause, "unknown")
