"""Delete or leave: advice from what is known about a post, each line with its source. Never a verdict.

The default is to leave: screenshots exist, and hiding looks worse (the article). The exceptions are
listed in `_outcome`, in the order in which they count. Pure, and said in codes: pages put them into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from breakwater.domain.sources import OFFICIAL, OWN, PRACTICE, STUDIES, STUDY, THEORY

EDITION = "2026-11-28"
"""Of this table; kept with each advice, so that an old one can be read by what held then."""

ORIGINS = ("ours", "agency", "insider", "intruder", "platform")
HARMS = ("obscene", "graphic", "hateful", "dangerous", "personal", "false", "tasteless")
MINORS = ("no", "audience", "shown")
REPUTATIONS = ("good", "neutral", "bad")
PRESSED = ("nobody", "people", "partner", "superior", "authority")

LEAVE, DELETE, DELETE_FAST, CORRECT = "leave", "delete", "delete_fast", "correct"
OUTCOMES = (LEAVE, CORRECT, DELETE, DELETE_FAST)
VICTIM, ACCIDENTAL, PREVENTABLE = "victim", "accidental", "preventable"
CLUSTERS = (VICTIM, ACCIDENTAL, PREVENTABLE)


@dataclass(frozen=True)
class Facts:
    """What people know. minors: whether young people follow the account, or are shown in the post.

    captured_elsewhere, evident: None if nobody knows. evident: everybody can see that it is not us.
    history: something like it happened before. negligence: codes of how access was badly kept, None if
    nobody has said. age_min: minutes since it was posted. reach: people who saw it, None unknown.
    """

    origin: str
    harm: frozenset[str] = frozenset()
    minors: str = "no"
    captured_elsewhere: bool | None = None
    history: bool = False
    reputation: str = "neutral"
    negligence: frozenset[str] | None = None
    evident: bool | None = None
    age_min: int = 0
    reach: int | None = None
    pressed_by: str = "nobody"


@dataclass(frozen=True)
class Line:
    """A reason, or a caution. source: of domain.sources.SOURCES; strength: of STRENGTHS."""

    code: str
    source: str
    strength: str


@dataclass(frozen=True)
class Advice:
    """outcome: of OUTCOMES. cluster: how much people will hold us responsible. responses: what to
    say, in order. lines: why. steps: what to do, in order."""

    outcome: str
    cluster: str
    responses: tuple[str, ...]
    lines: tuple[Line, ...]
    steps: tuple[str, ...]


LINES: Mapping[str, Line] = {
    line.code: line
    for line in (
        Line("leave_is_default", "article", PRACTICE),
        Line("hiding_looks_worse", "article", PRACTICE),
        Line("copies_exist", "article", PRACTICE),
        Line("copies_likely", "article", PRACTICE),
        Line("obscene", "article", PRACTICE),
        Line("young_followers", "article", PRACTICE),
        Line("minor_shown", "breakwater", OWN),
        Line("danger", "breakwater", OWN),
        Line("personal", "breakwater", OWN),
        Line("hateful", "breakwater", OWN),
        Line("false", "breakwater", OWN),
        Line("hack_accepted", "article", PRACTICE),
        Line("hack_doubted", "article", PRACTICE),
        Line("hack_not_evident", "article", PRACTICE),
        Line("badly_kept", "article", PRACTICE),
        Line("posture_unknown", "article", PRACTICE),
        Line("pressed", "breakwater", OWN),
        Line("authority", "breakwater", OWN),
        Line("fresh", "breakwater", OWN),
        Line("victim", "coombs", THEORY),
        Line("accidental", "coombs", THEORY),
        Line("preventable", "coombs", THEORY),
        Line("history", "coombs", THEORY),
        Line("reputation", "coombs", THEORY),
        Line("inform_enough", "coombs", THEORY),
        Line("over_apology", "incidentlake", PRACTICE),
        Line("who_says_sorry", "article", PRACTICE),
        Line("higher_is_serious", "theses", STUDY),
        Line("no_bulk_hiding", "liao", STUDIES),
        Line("secure_access", "x_help", OFFICIAL),
        Line("breach_notice", "gdpr", OFFICIAL),
    )
}

_FAST: Mapping[str, str] = {
    "obscene": "obscene",
    "graphic": "obscene",
    "dangerous": "danger",
    "personal": "personal",
}
_FRESH_MIN = 10


def advise(facts: Facts) -> Advice:
    """What the sources say about it. Raises: ValueError for a value that the lists above lack."""
    _check(facts)
    outcome, why = _outcome(facts)
    cluster, weighed = _cluster(facts)
    codes = [*why, *_cautions(facts, outcome), *weighed, *_saying(facts, cluster)]
    lines = tuple(LINES[code] for code in dict.fromkeys(codes))
    return Advice(outcome, cluster, _responses(facts, cluster), lines, _steps(facts, outcome))


def _check(facts: Facts) -> None:
    pairs = (
        (facts.origin, ORIGINS),
        (facts.minors, MINORS),
        (facts.reputation, REPUTATIONS),
        (facts.pressed_by, PRESSED),
        *((one, HARMS) for one in facts.harm),
    )
    for value, allowed in pairs:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {allowed}")


def _outcome(facts: Facts) -> tuple[str, list[str]]:
    if facts.minors == "shown" and facts.harm & {"obscene", "graphic", "personal"}:
        return DELETE_FAST, ["minor_shown"]
    fast = [code for harm, code in _FAST.items() if harm in facts.harm]
    if fast:
        return DELETE_FAST, fast
    if facts.origin == "intruder":
        return _of_intruder(facts)
    if "false" in facts.harm:
        return CORRECT, ["false", "hiding_looks_worse"]
    return LEAVE, ["leave_is_default", "hiding_looks_worse"]


def _of_intruder(facts: Facts) -> tuple[str, list[str]]:
    if facts.negligence:
        return LEAVE, ["badly_kept", "hiding_looks_worse"]
    if facts.negligence is None:
        return LEAVE, ["posture_unknown", "leave_is_default"]
    if not facts.evident:
        return LEAVE, ["hack_not_evident", "leave_is_default"]
    return DELETE, ["hack_accepted", "hack_doubted"]


def _cautions(facts: Facts, outcome: str) -> list[str]:
    """What bears on it whatever the outcome is."""
    fresh = facts.age_min < _FRESH_MIN and not facts.captured_elsewhere
    found = {
        "young_followers": facts.minors == "audience" and outcome == DELETE_FAST,
        "hateful": "hateful" in facts.harm,
        "copies_exist": bool(facts.captured_elsewhere),
        "copies_likely": facts.captured_elsewhere is None and not fresh,
        "fresh": fresh and facts.captured_elsewhere is not None,
        "authority": facts.pressed_by == "authority",
        "pressed": facts.pressed_by in ("people", "partner", "superior"),
        "no_bulk_hiding": True,
        "secure_access": facts.origin in ("intruder", "insider"),
        "breach_notice": facts.origin == "intruder" or "personal" in facts.harm,
    }
    return [code for code, holds in found.items() if holds]


def _cluster(facts: Facts) -> tuple[str, list[str]]:
    """How much people hold us responsible; history and a bad name make it one step more."""
    first = {"intruder": VICTIM, "platform": ACCIDENTAL}.get(facts.origin, PREVENTABLE)
    if facts.origin == "intruder" and facts.negligence:
        first = PREVENTABLE
    heavier = [
        code
        for code, holds in (
            ("history", facts.history),
            ("reputation", facts.reputation == "bad"),
        )
        if holds
    ]
    step = CLUSTERS.index(first) + (1 if heavier else 0)
    return CLUSTERS[min(step, len(CLUSTERS) - 1)], [first, *heavier]


def _light(facts: Facts, cluster: str) -> bool:
    """Little responsibility, nothing like it before, no bad name: to inform is enough."""
    return cluster == VICTIM and not facts.history and facts.reputation != "bad"


def _saying(facts: Facts, cluster: str) -> list[str]:
    if _light(facts, cluster):
        return ["inform_enough", "over_apology"]
    if cluster == PREVENTABLE:
        return ["who_says_sorry", "higher_is_serious"]
    return []


def _responses(facts: Facts, cluster: str) -> tuple[str, ...]:
    """What to do comes first, then concern; only then words about responsibility."""
    if _light(facts, cluster):
        return ("instruct", "adjust")
    return ("instruct", "adjust", "apologise" if cluster == PREVENTABLE else "explain")


def _steps(facts: Facts, outcome: str) -> tuple[str, ...]:
    shown = facts.minors == "shown" and outcome == DELETE_FAST
    found = {
        "address_only": shown,
        "seal": not shown,
        "report_minor": shown,
        "delete_now": outcome == DELETE_FAST,
        "delete": outcome == DELETE,
        "leave": outcome == LEAVE,
        "correct": outcome == CORRECT,
        "say_our_part": bool(facts.negligence),
        "ask_lawyer": facts.pressed_by == "authority" or "hateful" in facts.harm,
        "secure_access": facts.origin in ("intruder", "insider"),
        "ask_dpo": facts.origin == "intruder" or "personal" in facts.harm,
        "holding_line": True,
        "watch_mentions": True,
        "review": True,
    }
    return tuple(code for code, holds in found.items() if holds)
